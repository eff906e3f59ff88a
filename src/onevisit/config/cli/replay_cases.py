"""`onevisit replay DRAFT --cases PERIOD`: past cases under a draft of the catalogue, beside the versions in force."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings

from onevisit.cases.queries import past_cases, submitted_cases
from onevisit.catalogue import queries
from onevisit.config.cli import replay
from onevisit.config.cli.replaying.report import Replay
from onevisit.config.cli.replaying.running import Chosen, choose, draft_of, run_all
from onevisit.config.plain import Plain
from onevisit.core.replay.outcome import Outcome
from onevisit.core.replay.pairs import pair_of
from onevisit.core.text import gettext_noop as _
from onevisit.insight.replaying.work import Past
from onevisit.people.actions import record_look
from onevisit.people.actor import SYSTEM

arguments = replay.arguments
_PURPOSE = _("比较目录草稿，只看汇总")


def run(options: argparse.Namespace) -> int:
    """Replay past cases; the look is recorded before the first is read. Raises Plain, and the rooms' refusals."""
    if options.against:
        raise Plain("--against is for --synthetic: past cases are compared with the versions in force.")
    now = datetime.now(UTC)
    versions = {one.event.key: (one.event, one.snapshot) for one in queries.events(settings.REGION)}
    chosen = choose(versions, draft_of(options.draft), options)
    when = options.cases
    counts = {s: submitted_cases(s, settings.REGION, when.first, when.last) for s in chosen.sides}
    number = sum(counts.values())
    if number:
        what = f"{when}: {', '.join(f'{slug} {count}' for slug, count in counts.items() if count)}"
        record_look(by=SYSTEM, subject=None, case=None, what=what, purpose=_PURPOSE, now=now)
    outcomes = run_all(chosen, _cases(chosen, options, counts), number, options.jobs)
    _record_examples(outcomes, now)
    source = {"period": str(when), "cases": number}
    names = str(options.draft), "in force"
    replay.show(options, Replay(False, source, *names, outcomes, chosen.unchanged, chosen.added, chosen.removed))
    return 0


def _cases(chosen: Chosen, options: argparse.Namespace, counts: Mapping[str, int]) -> Iterator[Past]:
    """Pages of cases, read when a process is free for them."""
    when = options.cases
    for slug, own in chosen.sides.items():
        facts = {domain.key for domain in pair_of(own.before, own.after).domains}
        first = 0
        for page in past_cases(slug, settings.REGION, when.first, when.last, facts=facts) if counts[slug] else ():
            yield Past(slug, first, page)
            first += len(page)


def _record_examples(outcomes: tuple[Outcome, ...], now: datetime) -> None:
    """Whose answers are printed as an example, without a name, reads it in his own log."""
    found = [e for one in outcomes for examples in one.tally.examples.values() for e in examples]
    shown: dict[UUID, UUID] = {e.case: e.person for e in found if e.case is not None and e.person is not None}
    for case, person in shown.items():
        what = _("办件里决定怎么办的回答，不带姓名")
        record_look(by=SYSTEM, subject=person, case=case, what=what, purpose=_PURPOSE, now=now)
