"""Whether the parties of a case may still give their word, themselves or by mandate."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from onevisit.cases.party_errors import MandateExpired
from onevisit.cases.queries.deaths import check_alive_as
from onevisit.cases.queries.presence import Present
from onevisit.cases.rules.parties import named
from onevisit.core.china import day_of
from onevisit.core.parties import party_name
from onevisit.core.text import Text


def check_may_sign(case: UUID, present: Present, parties: Collection[str], now: datetime) -> None:
    """Raise PartyDied, or MandateExpired if the last day, in China, of the mandate of one of them is over."""
    check_alive_as(case, present, parties)
    today = day_of(now)
    for one in named(present.event, present.facts):
        if one.party in parties and one.until is not None and not one.may_sign(today):
            raise MandateExpired(who=party_name(present.event, one.party), day=Text.day(one.until))
