"""What others read of the catalogue: what is in force, and the versions on their way through the publishing gate."""

from onevisit.catalogue.queries.in_force import (
    Published,
    agency,
    by_snapshot,
    calendar,
    current,
    events,
    forget,
    in_force,
    place,
    words_of,
)
from onevisit.catalogue.queries.lists import consultations, listed
from onevisit.catalogue.queries.versions import (
    VersionView,
    document,
    proof_file,
    public_draft,
    record_of,
    version,
    versions,
)

__all__ = [
    "Published",
    "VersionView",
    "agency",
    "by_snapshot",
    "calendar",
    "consultations",
    "current",
    "document",
    "events",
    "forget",
    "in_force",
    "listed",
    "place",
    "proof_file",
    "public_draft",
    "record_of",
    "version",
    "versions",
    "words_of",
]
