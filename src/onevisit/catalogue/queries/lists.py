"""The public lists: events past one visit that are in force, and drafts under public comment."""

from datetime import date

from onevisit.catalogue.build import build
from onevisit.catalogue.models import CatalogueVersion, ListEntry
from onevisit.catalogue.queries.in_force import in_force
from onevisit.catalogue.queries.rows import entry_of, light, row_of
from onevisit.catalogue.rules.gate import PublicList, State
from onevisit.catalogue.values import ListedView, VersionRow
from onevisit.core.text import Text


def listed(region: str, which: str) -> list[ListedView]:
    """Entries of a public list (exceptions, not-yet), of the versions in force."""
    rows = ListEntry.objects.filter(list=PublicList(which), version__snapshot__in=in_force(region).values())
    return [_listed(one) for one in rows.select_related("version").order_by("version__event")]


def _listed(one: ListEntry) -> ListedView:
    version, name = one.version, build(Text, one.version.document["name"])
    proof = version.proof or {}
    worst = {channel: int(proof[channel]["worst"]) for channel in ("online", "walk_in")}
    return ListedView(version.event, name, version.pk, version.snapshot, **worst, entry=entry_of(one))


def consultations(region: str, today: date) -> list[VersionRow]:
    """Drafts that were made public for comment and are not decided yet, the latest first."""
    rows = light(CatalogueVersion.objects.filter(region=region, state=State.COMMENTING))
    return [row_of(row, today) for row in rows.order_by("-comment_from", "event")]
