"""What somebody typed into a form whose session had ended, carried signed over the sign-in page."""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

_SALT = "onevisit.people.carry"
_SECONDS = 12 * 3600
NEVER = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True, slots=True)
class Carried:
    """A form on its way: where it goes, its fields in order, and the names of files that could not be carried."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


def pack(request: HttpRequest) -> str:
    """The posted fields, signed, for a hidden field of the sign-in page; a password is not carried anywhere."""
    fields = [[name, value] for name, values in request.POST.lists() for value in values if name not in NEVER]
    files = [upload.name for _, uploads in request.FILES.lists() for upload in uploads]
    return signing.dumps({"path": request.get_full_path(), "fields": fields, "files": files}, salt=_SALT, compress=True)


def unpack(token: str) -> Carried | None:
    """What `pack` packed; None when it is too old or was not packed here."""
    try:
        kept = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return Carried(kept["path"], tuple((name, value) for name, value in kept["fields"]), tuple(kept["files"]))
