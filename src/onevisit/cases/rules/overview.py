"""What a case as a whole is in, and what its applicant has to do now. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

from onevisit.cases.correcting_values import CorrectionView
from onevisit.cases.rules.procedure import promised
from onevisit.core.catalogue import Service
from onevisit.core.facts import Facts
from onevisit.core.law.procedure import State
from onevisit.core.law.worktime import Calendar
from onevisit.core.text import Text

STATES = {
    "running": Text("办理中", "in progress"),
    "correction": Text("等您补正", "waiting for you"),
    "done": Text("已办结", "done"),
    "withdrawn": Text("已撤回", "withdrawn"),
    "ended": Text("已终止", "ended"),
}
NOTHING = Text(
    "您现在不用做什么。进展随时在这里看；要您补什么，也写在这里。",
    "There is nothing for you to do now. Progress shows here, and so does anything you are asked to supply.",
)
DONE = Text("全部办结。证照可以在这里查看和下载。", "All is done. Licences can be read and downloaded here.")
WITHDRAWN = Text("申请已撤回，不再办理。", "The application was withdrawn and is not handled any more.")
ENDED = Text(
    "有当事人去世，没有办完的已经终止。接下来可以怎么办，写在给您的终止办理告知书里。",
    "A party has died: what was not done yet is ended. What you can do next stands in the notice to you.",
)


def case_state(states: Iterable[State], *, correction_open: bool) -> str:
    """ "running", "correction" (the applicant has to supply), "done", "withdrawn" or "ended", from its procedures'."""
    found = list(states)
    if any(state.open for state in found):
        return "correction" if correction_open else "running"
    if State.ENDED in found:
        return "ended"
    return "withdrawn" if found and all(state is State.WITHDRAWN for state in found) else "done"


def now_words(state: str, correction: CorrectionView | None) -> Text:
    """What the applicant has to do now; nothing is an answer."""
    if state == "correction" and correction is not None:
        day = Text.day(correction.due)
        zh, en = _or_else(correction)
        return Text(f"请在{day.zh}前补齐下面列出的内容；{zh}。", f"Please supply what is listed by {day.en}; {en}.")
    return {"done": DONE, "withdrawn": WITHDRAWN, "ended": ENDED}.get(state, NOTHING)


def _or_else(correction: CorrectionView) -> tuple[str, str]:
    """What becomes of that which does not come: told to be missing (11(3)), or accepted without it (11(2))."""
    lapses = ("哪一项到期没补齐，哪一项视为撤回申请", "what is not complete by then is withdrawn")
    revoked = ("已经容缺受理的，到期没补就撤销受理", "what was accepted without it loses its acceptance")
    if correction.later:
        return revoked
    if any(one.open and one.due for one in correction.items):
        return f"{lapses[0]}；{revoked[0]}", f"{lapses[1]}; {revoked[1]}"
    return lapses


def latest_day(
    rows: Iterable[Mapping[str, object]],
    services: Mapping[str, Service],
    facts: Facts,
    calendar: Calendar,
    today: date,
) -> date | None:
    """By when all is decided as promised: known last days, and for what is not accepted yet its check and its promise.

    `rows`: service, state, due, check_due, on_promise, ordered_after. None when nothing is open.
    """
    by_service = {str(row["service"]): row for row in rows}
    known: dict[str, date] = {}

    def last(key: str) -> date:
        if key in known:
            return known[key]
        row = by_service[key]
        known[key] = today  # orders form no circle; if they did, this ends it
        due = row["due"]
        if not State(str(row["state"])).open:
            return known[key]
        if not isinstance(due, date):
            before = [last(other) for other in _keys(row["ordered_after"]) if other in by_service]
            check = row["check_due"]
            start = max([*before, check if isinstance(check, date) else today, today])
            due = calendar.last_day(start, promised(services[key], facts, on_promise=bool(row["on_promise"])))
        known[key] = due
        return due

    days = [last(key) for key, row in by_service.items() if State(str(row["state"])).open]
    return max(days, default=None)


def _keys(value: object) -> list[str]:
    return [str(key) for key in value] if isinstance(value, list | tuple) else []
