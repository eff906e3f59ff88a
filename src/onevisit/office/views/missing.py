"""Tell what is missing: chosen among the papers and facts of the procedure, said in words."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from onevisit.cases import actions, queries
from onevisit.cases.errors import FromGovernment, IdentityIsKnown, NothingMissing, NotOfThisService, TooLong
from onevisit.cases.values import MissingInput, WorkView
from onevisit.core.text import Text
from onevisit.office.page import page
from onevisit.office.views.acts import READ_OR_SEND, attempt, not_now
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.ui.words import say


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that can be missing, with what was typed about it."""

    name: str  # of the fields: evidence:KEY or fact:KEY
    id: str
    label: Text
    shown: Text  # what is there now
    chosen: bool
    what: str
    error: str = ""

    @property
    def missing(self) -> MissingInput:
        """As the action takes it."""
        kind, _, key = self.name.partition(":")
        return MissingInput(key if kind == "evidence" else "", key if kind == "fact" else "", self.what)


@READ_OR_SEND
@roles(Role.OFFICER)
def missing(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """The form; sent, it goes into the case's one notice."""
    work = queries.work(procedure, by=request.actor, now=timezone.now())
    papers, facts = _rows(request, work)
    chosen = [row for row in (*papers, *facts) if row.chosen]
    kept = "\n".join(row.what for row in chosen)
    if "missing" not in work.can:
        return not_now(request, work, kept=kept)
    errors = [(f"#{row.id}", row.error) for row in chosen if row.error]
    if request.method == "POST" and not errors:
        items = [row.missing for row in chosen]
        try:
            return attempt(
                request, procedure,
                lambda: actions.report_missing(procedure, items, by=request.actor, now=timezone.now()), kept=kept,
            )  # fmt: skip
        except (NothingMissing, TooLong, NotOfThisService, FromGovernment, IdentityIsKnown) as refused:
            first = (chosen or papers or facts)[0]
            errors = [(f"#{first.id}", said(refused))]
    context = {
        "work": work, "papers": papers, "facts": facts, "facts_open": any(row.chosen for row in facts),
        "errors": errors, "due": work.procedure.clock.due,
    }  # fmt: skip
    return page(request, "office/missing.html", context, status=422 if errors else 200)


def _rows(request: HttpRequest, work: WorkView) -> tuple[list[Row], list[Row]]:
    """Papers and facts of the procedure, each once; not who the applicant is, which his account says."""
    papers = {one.slot: (one.name, one.source) for one in work.evidence if not one.kind.is_licence}
    facts = {one.key: (one.label, one.shown) for one in work.facts if not one.identity}
    return (
        [_row(request, f"evidence:{key}", f"p{n}", *words) for n, (key, words) in enumerate(papers.items(), 1)],
        [_row(request, f"fact:{key}", f"f{n}", *words) for n, (key, words) in enumerate(facts.items(), 1)],
    )


def _row(request: HttpRequest, name: str, id_: str, label: Text, shown: Text) -> Row:
    """What was typed counts as chosen, also without its tick."""
    what = request.POST.get(f"what-{name}", "").strip()
    chosen = bool(what or request.POST.get(f"has-{name}"))
    error = gettext("请写“%(label)s”要补什么、为什么。") % {"label": say(label)} if chosen and not what else ""
    return Row(name, id_, label, shown, chosen, what, error)
