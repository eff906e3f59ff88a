"""Lists stay quick in a county that has collected for years: none reads a table through, or more rows than it must."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from onevisit.cases import queries
from onevisit.exchange.queries import fetches_of
from onevisit.halls.actions import check_in
from onevisit.halls.queries import came_on
from onevisit.licences import queries as licences
from onevisit.notices.queries import of_case, to_post
from onevisit.people.queries import looks_at
from tests.grown.filling import AGENCY, HALL, MANY, TABLES, County, fill, uuid_of
from tests.grown.plans import plans, scans

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("grown")]
Reads = dict[str, Callable[[], object]]
TIMES = 10  # PostgreSQL may plan a statement anew when it comes for the ninth time
MOST = 1000  # rows of one scan: as many as a tab counts
COMMON = MANY // 5 + 1  # titles that hold a common word
RARE_WORDS, COMMON_WORDS = ("独一味酒家", "独一", "独", "没有的店", "没有"), ("面馆", "馆", "bar")
NUMBERS = ("3305212025010000077701", "330521202501000007", "330521", "3")


def inboxes(county: County, now: datetime) -> Reads:
    """Each tab, its first page and one far behind."""
    found: Reads = {}
    for tab in ("check", "decide", "waiting", "done"):
        read = partial(queries.inbox, by=county.officer, now=now, tab=tab)
        page = read()
        for _ in range(30):
            assert len(page.rows) == 20
            page = read(after=page.next)
        found |= {tab: read, f"{tab}, far behind": partial(read, after=page.next)}
    return found


def searches(county: County, now: datetime, words: tuple[str, ...]) -> Reads:
    """The inbox with words in the field."""
    read = partial(queries.inbox, by=county.officer, now=now, tab="check")
    return {f"search for {q}": partial(read, q=q) for q in words}


def lists(county: County, now: datetime) -> Reads:
    """Everybody's lists of cases, drafts and licences, the logs, and what is told of one case."""
    found: Reads = {}
    for name in ("clerk", "quiet", "person", "other", "agent", "company"):
        who = getattr(county, name)
        found[f"cases of {name}"] = partial(queries.cases_of, who)
        found[f"cases of {name}, behind"] = partial(queries.cases_of, who, before=str(uuid_of("c", MANY // 2)))
        found[f"drafts of {name}"] = partial(queries.drafts_of, who)
    for who in (county.person, county.other, county.company):
        found[f"licences of {who.name} {who.organisation}"] = partial(licences.of_person, who.person, who.organisation)
    for q in ("", "示范", "示范12", "示范12000"):
        found[f"the agency's licences {q}"] = partial(licences.of_agency, AGENCY, q=q)
    for who in (county.clerk, county.quiet):
        kinds = [(bool(one.steps or one.due), one.supply) for one in queries.waiting(by=who, now=now)]
        assert who is county.quiet or (len(kinds) >= 50 and any(supply for _, supply in kinds))
        found[f"what waits at {who.hall}"] = partial(queries.waiting, by=who, now=now)
        found[f"letters to post at {who.hall}"] = partial(to_post, who.hall)
        found[f"who came to {who.hall}"] = partial(came_on, who.hall, now.date())
    check_in(county.person.person, HALL, by=county.clerk, now=now)
    return found | {
        "who came, with what he has": partial(queries.at_desk, county.person.person, by=county.clerk, now=now),
        "looks": partial(looks_at, county.person.person),
        "look-ups": partial(fetches_of, county.person.person),
        "ledger": partial(queries.ledger, county.number, by=county.applicant, now=now),
        "case": partial(queries.case, county.number, by=county.applicant, now=now),
        "procedure": partial(queries.work, uuid_of("1", 4), by=county.officer, now=now),
        "notices": partial(of_case, uuid_of("c", 4)),
    }


def too_much(reads: Reads, most: int) -> dict[str, list[str]]:
    """By read, its scans of a whole table, and those that look at more than `most` rows."""
    found = {}
    for name, read in reads.items():
        told = plans(read, TIMES)
        assert told, name
        bad = [one for plan in told for one in scans(plan) if _bad(one.how, one.of, one.rows, most)]
        found[name] = [f"{one.how} of {one.of}: {one.rows} rows" for one in bad]
    return {name: bad for name, bad in found.items() if bad}


def _bad(how: str, of: str, rows: int, most: int) -> bool:
    return rows > most or (how == "Seq Scan" and of in TABLES)


def test_no_list_reads_more_than_it_must(now: datetime) -> None:
    county = fill(now)
    assert too_much(inboxes(county, now), MOST) == {}
    assert too_much(searches(county, now, RARE_WORDS + NUMBERS), MOST) == {}
    assert too_much(searches(county, now, COMMON_WORDS), COMMON) == {}
    assert too_much(lists(county, now), MOST) == {}
