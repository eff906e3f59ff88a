"""What stands in the way of submitting a draft. Pure."""

from datetime import date

from onevisit.cases.rules.body import hindrances
from onevisit.cases.rules.intake import PAPER, Held, is_supplied, open_facts
from onevisit.cases.rules.parties import expired, same_person
from onevisit.core.catalogue import AcceptKind, LifeEvent
from onevisit.core.facts import Facts, FactSpec, slot
from onevisit.core.parties import all_specs
from onevisit.core.planning.model import Plan, PlannedEvidence, Truth
from onevisit.core.text import Text

HINDRANCE = "hindrance"  # what no further answer of this applicant's mends


def obstacles(
    event: LifeEvent,
    plan: Plan,
    held: Held,
    facts: Facts,
    uploaded: frozenset[str],
    excused: frozenset[str] = frozenset(),
    *,
    today: date,
) -> tuple[tuple[str, Text], ...]:
    """What stands in the way of submitting, in the order of the pages: code and sentence; empty when ready.

    `excused`: evidence that a window tells to be missing, or lets come later.
    """
    specs = all_specs(event)
    found = [(HINDRANCE, sentence) for sentence in hindrances(event, plan, held, facts)]
    found += [("form", sentence) for sentence in (*same_person(event, facts), *expired(event, facts, today))]
    for question in plan.questions:
        if question.fact in specs:
            found.append(("questions" if question.deciding else "form", _answer(specs[question.fact])))
    for key in open_facts(held, specs):
        label = specs[key].label
        found.append(("confirm", Text(f"请确认“{label.zh}”", f"please confirm “{label.of('en')}”")))
    for need in plan.evidence:
        waits_for_answers = need.kind is AcceptKind.RESOURCE and plan.questions  # one of them is its look-up key
        if (
            not waits_for_answers
            and slot(need.evidence, need.party) not in excused
            and not is_supplied(need, held, uploaded)
        ):
            found.append(("uploads", _supply(need)))
    if not any(p.status is Truth.YES for p in plan.procedures):
        found.append(("questions", Text("没有需要办的事项，不用提交", "nothing needs to be done: do not submit")))
    return tuple(found)


def _answer(spec: FactSpec) -> Text:
    return Text(f"请填“{spec.label.zh}”", f"please answer “{spec.label.of('en')}”")


def _supply(need: PlannedEvidence) -> Text:
    if need.kind in PAPER:
        return Text(f"请在窗口出示“{need.name.zh}”", f"please show “{need.name.of('en')}” at the window")
    if need.kind is AcceptKind.RESOURCE:
        return Text(f"还没有取到“{need.name.zh}”，请刷新", f"“{need.name.of('en')}” is not fetched yet: reload")
    return Text(f"请上传“{need.name.zh}”", f"please upload “{need.name.of('en')}”")
