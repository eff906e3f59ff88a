"""What the window does with each procedure as it takes papers in: accepts, accepts provisionally, tells what lacks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from onevisit.cases.rules.intake import PAPER, UPLOADED
from onevisit.cases.window_errors import NotAsked, NotLater, WhatMissing
from onevisit.cases.window_values import Intake
from onevisit.core.catalogue import LifeEvent, Provisional, Service
from onevisit.core.facts import slot
from onevisit.core.law import articles
from onevisit.core.law.procedure import Command, State, Transition, apply, submitted
from onevisit.core.law.provisional import knows, may_come_later
from onevisit.core.parties import of_party
from onevisit.core.planning.model import Plan, PlannedEvidence

LONGEST = 500  # characters on one missing thing, as of an officer's


@dataclass(frozen=True, slots=True)
class Begun:
    """How a procedure begins: its steps, in order, and the evidence that is missing for it."""

    steps: tuple[Transition, ...]
    lacks: tuple[str, ...] = ()  # told on the spot, in the case's one notice
    later: tuple[str, ...] = ()  # accepted without them, provisionally

    @property
    def last(self) -> Transition:
        """Where it stands."""
        return self.steps[-1]


def begin(service: Service, needs: Iterable[PlannedEvidence], intake: Intake, *, serial: bool) -> Begun:
    """How a procedure begins. `needs`: the plan's evidence; `serial`: an article orders another procedure first."""
    received = submitted(service.regime, serial=serial)
    own = [slot(need.evidence, need.party) for need in needs if service.key in need.services]
    lacks = tuple(key for key in own if key in intake.lacks)
    later = tuple(key for key in own if key in intake.later)
    if received.to is State.ACCEPTED or not (intake.checks and service.window_accepts):
        return Begun((received,), lacks, later)
    accept = Command.ACCEPT_PROVISIONALLY if later else Command.ACCEPT
    command = Command.REPORT_MISSING if lacks else accept
    step = apply(service.regime, received.to, command, received.check)
    entrusted = (articles.ENTRUSTED, articles.ALL_ACCEPTED, articles.WINDOW_ASSUMED)
    if step.to is State.ACCEPTED:
        step = replace(step, basis=(*step.basis, *entrusted))
    return Begun((received, step), lacks, later)


def later_of(event: LifeEvent, need: PlannedEvidence) -> Provisional | None:
    """How long a planned evidence may come later; None: it has to be there."""
    return may_come_later(event, need.evidence, need.services)


def check(event: LifeEvent, plan: Plan, intake: Intake) -> None:
    """Raise what is wrong with what the clerk says: NotAsked, NotLater, WhatMissing."""
    needs = {slot(need.evidence, need.party): need for need in plan.evidence if need.kind in UPLOADED | PAPER}
    names = {key: of_party(event, need.party, need.name).zh for key, need in needs.items()}
    closed = {one.key for one in event.services if not (one.window_accepts and knows(one, Command.REPORT_MISSING))}
    for key in intake.excused:
        if key not in needs or (key in intake.lacks and closed & set(needs[key].services)):
            raise NotAsked(item=names.get(key, key))
    for key, what in (*intake.lacks.items(), *intake.later.items()):
        if len(what) > LONGEST or (key in intake.lacks and not what.strip()):
            raise WhatMissing(item=names[key], most=LONGEST)
    for key in intake.later:
        if later_of(event, needs[key]) is None:
            raise NotLater(item=names[key])
