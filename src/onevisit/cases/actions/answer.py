"""Write down answers: the readable ones at once, the others come back with a sentence each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.gather import gather
from onevisit.cases.errors import AnswersRefused
from onevisit.cases.models import Draft
from onevisit.cases.queries.loading import held_of, open_draft, published_for
from onevisit.cases.rules.answers import from_json, parse, to_json
from onevisit.cases.rules.intake import applicant, effective, is_identity
from onevisit.cases.rules.sentences import BadAnswer
from onevisit.catalogue.queries import current
from onevisit.core.facts import FactSpec, Value, spec_of
from onevisit.core.planning.graph import Graph
from onevisit.core.text import Text
from onevisit.people.actor import Actor

Raw = Mapping[str, str | Sequence[str]]


def check_readable(event: str, region: str, raw: Raw) -> None:
    """Raise AnswersRefused for answers that no draft of the event in force could keep."""
    specs, errors = _asked(current(event, region).graph), {}
    for key, typed in raw.items():
        try:
            _read(key, typed, specs)
        except BadAnswer as bad:
            errors[key] = bad.sentence
    if errors:
        raise AnswersRefused(errors)


def _asked(graph: Graph) -> dict[str, FactSpec]:
    """What somebody may answer: the code of what is founded on the way its registration gives, nobody else."""
    code = graph.event.founding.code if graph.event.founding else ""
    return {key: spec for key, spec in graph.specs.items() if key != code}


def _read(key: str, typed: str | Sequence[str], specs: Mapping[str, FactSpec]) -> tuple[FactSpec, Value | None]:
    spec = spec_of(key, specs)
    if spec is None:
        raise BadAnswer.no_such_question()
    return spec, parse(spec, typed)


def answer(draft: UUID, raw: Raw, *, by: Actor | None, now: datetime) -> None:
    """Keep what can be read; "" takes an answer back. An answer that differs from a register's is a dispute of it
    (浙江规定 7), one that agrees confirms it. Registers whose look-up key is new are asked.

    Raises AnswersRefused after keeping the good ones; NotFound, AlreadySubmitted.
    """
    errors: dict[str, Text] = {}
    with transaction.atomic():
        row = open_draft(draft, by, lock=True)
        graph = published_for(row).graph
        party = applicant(graph.event, effective(held_of(row), graph.specs))
        specs = _asked(graph)
        for key, typed in raw.items():
            try:
                _keep(row, key, typed, specs, party)
            except BadAnswer as bad:
                errors[key] = bad.sentence
        row.updated_at = now
        row.save()
    if by is not None and row.account is not None:
        gather(draft, by=by, now=now)
    if errors:
        raise AnswersRefused(errors)


def _keep(row: Draft, key: str, typed: str | Sequence[str], specs: Mapping[str, FactSpec], party: str) -> None:
    spec, value = _read(key, typed, specs)
    if key in row.fetched:
        _beside_register(row, key, value, from_json(spec, row.fetched[key]["value"]), party)
    elif value is None:
        row.answers.pop(key, None)
    else:
        row.answers[key] = to_json(value)
    row.answered = [k for k in row.answered if k != key] if value is None else list(dict.fromkeys([*row.answered, key]))


def _beside_register(row: Draft, key: str, value: Value | None, known: Value | None, party: str) -> None:
    """An answer to what is known already: the same value confirms it, another disputes it, none reopens it."""
    if value is not None and value != known and is_identity(key, party, row.person_id, row.organisation_id):
        raise BadAnswer.from_account()
    row.confirmed = [k for k in row.confirmed if k != key]
    row.disputed = [k for k in row.disputed if k != key]
    row.answers.pop(key, None)
    if value == known:
        row.confirmed.append(key)
    elif value is not None:
        row.disputed.append(key)
        row.answers[key] = to_json(value)
