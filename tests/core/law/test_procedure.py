"""The law's tables: every row has its article, and no history whatever reaches an unlawful state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.core.basis import Mark
from onevisit.core.catalogue import Regime
from onevisit.core.law import articles
from onevisit.core.law.articles import cite, cite_all, in_han
from onevisit.core.law.procedure import (
    DECIDED,
    FAILED,
    FINAL,
    SUCCEEDED,
    TABLES,
    Check,
    ClockEffect,
    Command,
    NotLawful,
    State,
    apply,
    check_period,
    lawful,
    submitted,
)

REGIMES = st.sampled_from(sorted(TABLES))
COMMANDS = st.lists(st.sampled_from(sorted(Command)), max_size=25)
DECISIONS = {Command.GRANT, Command.REFUSE, Command.NOT_ACCEPT}


def run(regime, serial, commands):
    """The lawful part of a history: [(command, transition)], unlawful commands refused."""
    at = submitted(regime, serial=serial)
    done = [(Command.SUBMIT_SERIAL if serial else Command.SUBMIT, at)]
    for command in commands:
        try:
            at = apply(regime, at.to, command, at.check)
        except NotLawful:
            continue
        done.append((command, at))
    return done


@given(REGIMES, st.booleans(), COMMANDS)
def test_no_illegal_state_is_reachable(regime, serial, commands):
    for _, at in run(regime, serial, commands):
        assert at.to is not State.ACCEPTED or at.check in (Check.COMPLETE, Check.PROVISIONAL)
        assert at.check is not Check.PROVISIONAL or at.to in (
            State.ACCEPTED,
            State.WITHDRAWN,
            State.ENDED,
            State.ACCEPTANCE_REVOKED,
        )
        assert at.to not in SUCCEEDED | {State.REFUSED} or at.check is Check.COMPLETE
        if at.to in FINAL:
            assert lawful(regime, at.to, at.check) <= {Command.DELIVER}


@given(REGIMES, st.booleans(), COMMANDS)
def test_decided_once_and_for_good(regime, serial, commands):
    done = run(regime, serial, commands)
    decisions = [n for n, (command, _) in enumerate(done) if command in DECISIONS]
    assert len(decisions) <= 1
    if decisions:
        after = done[decisions[0] + 1 :]
        assert all(command is Command.DELIVER for command, _ in after)
        assert len(after) <= 1


@given(REGIMES, st.booleans(), COMMANDS)
def test_what_is_missing_is_told_once(regime, serial, commands):
    done = [command for command, _ in run(regime, serial, commands)]
    assert done.count(Command.REPORT_MISSING) <= 1
    assert done.count(Command.SUPPLY) <= 1


@given(REGIMES, st.booleans(), COMMANDS)
def test_nobody_decides_before_acceptance(regime, serial, commands):
    states = [None, *(at.to for _, at in run(regime, serial, commands))]
    for (command, _), before in zip(run(regime, serial, commands), states, strict=False):
        if command in (Command.GRANT, Command.REFUSE):
            assert before is State.ACCEPTED


@given(REGIMES, st.booleans(), COMMANDS)
def test_nothing_is_decided_while_something_is_still_to_come(regime, serial, commands):
    waits = False
    for command, at in run(regime, serial, [Command.ACCEPT_PROVISIONALLY, *commands]):
        waits = (waits or command is Command.ACCEPT_PROVISIONALLY) and command is not Command.SUPPLY
        assert not (waits and command in DECISIONS)
        assert not waits or at.to in (State.ACCEPTED, State.WITHDRAWN, State.ENDED, State.ACCEPTANCE_REVOKED)


@given(REGIMES, COMMANDS)
def test_a_serial_one_has_no_clock_before_its_predecessors_notice(regime, commands):
    noticed = False
    for command, at in run(regime, True, commands):
        noticed = noticed or command is Command.RECEIVE
        if not noticed:
            assert at.clock is not ClockEffect.START
            assert at.clock is not ClockEffect.START_AT_RECEIPT


@given(REGIMES, st.booleans(), COMMANDS)
def test_the_clock_runs_once(regime, serial, commands):
    starts = [at.clock for _, at in run(regime, serial, commands) if at.clock is not ClockEffect.NONE]
    assert len(starts) <= 1


@given(REGIMES, st.booleans(), COMMANDS)
def test_withdrawn_only_before_the_decision(regime, serial, commands):
    states = [None]
    for command, at in run(regime, serial, commands):
        if command in (Command.WITHDRAW, Command.LAPSE):
            assert states[-1] not in DECIDED
        states.append(at.to)


@pytest.mark.parametrize("regime", sorted(Regime))
def test_a_service_of_every_regime_can_be_submitted_and_granted(regime):
    """What the catalogue's gate accepts must be runnable: no case may break at its submission."""
    at = submitted(regime, serial=False)
    for command in (Command.ACCEPT, Command.GRANT, Command.DELIVER):
        at = apply(regime, at.to, command, at.check) if command in lawful(regime, at.to, at.check) else at
    assert at.to is State.DELIVERED


@pytest.mark.parametrize("regime", sorted(TABLES))
def test_every_row_has_its_basis(regime):
    for row in TABLES[regime].values():
        assert row.basis, row
        for basis in row.basis:
            assert basis.law or (basis.mark is Mark.ASSUMED and basis.note)


@pytest.mark.parametrize("regime", sorted(TABLES))
def test_every_open_state_has_a_way_out_and_can_be_withdrawn(regime):
    reached = {(row.to, row.check) for row in TABLES[regime].values()}
    for state, check in reached:
        if state.open:
            assert Command.WITHDRAW in lawful(regime, state, check)
            assert len(lawful(regime, state, check)) > 1


@pytest.mark.parametrize(
    ("regime", "state", "check", "command", "to", "article"),
    [
        (Regime.LICENCE, State.RECEIVED, Check.OPEN, Command.ACCEPT, State.ACCEPTED, "32(1)(5)"),
        (Regime.LICENCE, State.RECEIVED, Check.OPEN, Command.ACCEPT_BY_SILENCE, State.ACCEPTED, "32(1)(4)"),
        (Regime.LICENCE, State.RECEIVED, Check.MISSING, Command.ACCEPT_BY_SILENCE, State.ACCEPTED, "32(1)(4)"),
        (Regime.LICENCE, State.RECEIVED, Check.OPEN, Command.NOT_ACCEPT, State.NOT_ACCEPTED, "32(1)(1)"),
        (Regime.LICENCE, State.RECEIVED, Check.SUPPLIED, Command.NOT_ACCEPT, State.NOT_ACCEPTED, "11(3)"),
        (Regime.LICENCE, State.RECEIVED, Check.MISSING, Command.LAPSE, State.WITHDRAWN, "11(3)"),
        (Regime.LICENCE, State.RECEIVED, Check.OPEN, Command.ACCEPT_PROVISIONALLY, State.ACCEPTED, "11(2)"),
        (
            Regime.REGISTRATION,
            State.ACCEPTED,
            Check.PROVISIONAL,
            Command.REVOKE_ACCEPTANCE,
            State.ACCEPTANCE_REVOKED,
            "11(2)",
        ),
        (Regime.LICENCE, State.WAITING, Check.COMPLETE, Command.RECEIVE, State.ACCEPTED, "5(3)"),
        (Regime.LICENCE, State.ACCEPTED, Check.COMPLETE, Command.GRANT, State.GRANTED, "38(1)"),
        (Regime.LICENCE, State.ACCEPTED, Check.COMPLETE, Command.REFUSE, State.REFUSED, "38(2)"),
        (Regime.LICENCE, State.GRANTED, Check.COMPLETE, Command.DELIVER, State.DELIVERED, "44"),
        (Regime.REGISTRATION, State.ACCEPTED, Check.COMPLETE, Command.GRANT, State.GRANTED, "13"),
        (Regime.FILING, None, Check.OPEN, Command.SUBMIT, State.ACCEPTED, "5(3)"),
        (Regime.REAL_ESTATE, State.RECEIVED, Check.OPEN, Command.ACCEPT, State.ACCEPTED, "17(1)(1)"),
        (Regime.REAL_ESTATE, State.RECEIVED, Check.SUPPLIED, Command.ACCEPT, State.ACCEPTED, "17(1)(1)"),
        (Regime.REAL_ESTATE, State.RECEIVED, Check.OPEN, Command.REPORT_MISSING, State.RECEIVED, "17(1)(3)"),
        (Regime.REAL_ESTATE, State.RECEIVED, Check.SUPPLIED, Command.NOT_ACCEPT, State.NOT_ACCEPTED, "17(1)(3)"),
        (Regime.REAL_ESTATE, State.RECEIVED, Check.OPEN, Command.NOT_ACCEPT, State.NOT_ACCEPTED, "17(1)(4)"),
        (Regime.REAL_ESTATE, State.RECEIVED, Check.OPEN, Command.ACCEPT_BY_SILENCE, State.ACCEPTED, "17(2)"),
        (Regime.REAL_ESTATE, State.RECEIVED, Check.SUPPLIED, Command.ACCEPT_BY_SILENCE, State.ACCEPTED, "17(2)"),
        (Regime.REAL_ESTATE, State.ACCEPTED, Check.COMPLETE, Command.WITHDRAW, State.WITHDRAWN, "15(2)"),
        (Regime.REAL_ESTATE, State.ACCEPTED, Check.COMPLETE, Command.GRANT, State.GRANTED, "21(1)"),
        (Regime.REAL_ESTATE, State.ACCEPTED, Check.COMPLETE, Command.REFUSE, State.REFUSED, "22"),
        (Regime.REAL_ESTATE, State.GRANTED, Check.COMPLETE, Command.DELIVER, State.DELIVERED, "21(2)"),
        (Regime.CONFIRMATION, State.ACCEPTED, Check.COMPLETE, Command.GRANT, State.GRANTED, "13"),
        (Regime.BENEFIT, State.ACCEPTED, Check.COMPLETE, Command.REFUSE, State.REFUSED, "13"),
        (Regime.TAX, State.ACCEPTED, Check.COMPLETE, Command.GRANT, State.GRANTED, "28(1)"),
        (Regime.TAX, State.GRANTED, Check.COMPLETE, Command.DELIVER, State.DELIVERED, "34"),
        (Regime.PUBLIC_SERVICE, State.ACCEPTED, Check.COMPLETE, Command.REFUSE, State.REFUSED, "12(2)"),
    ],
)
def test_rows_as_the_law_says(regime, state, check, command, to, article):
    row = apply(regime, state, command, check)
    assert row.to is to
    assert row.basis[0].article == article


@pytest.mark.parametrize("regime", sorted(TABLES))
def test_a_death_ends_what_is_open_and_nothing_else(regime):
    """民法典 13; of real estate nobody can apply jointly any more (不动产登记暂行条例 14(1), 22(1)(1))."""
    reached = {(row.to, row.check) for row in TABLES[regime].values()}
    for state, check in reached:
        assert state.open == (Command.END in lawful(regime, state, check))
    row = apply(regime, State.ACCEPTED, Command.END, Check.COMPLETE)
    assert row.to is State.ENDED and row.clock is ClockEffect.NONE
    estate = regime is Regime.REAL_ESTATE
    assert [one.article for one in row.basis] == (["14(1)", "22(1)(1)"] if estate else ["13", ""])


def test_silence_is_the_licensing_laws_only_for_licences():
    licence = apply(Regime.LICENCE, State.RECEIVED, Command.ACCEPT_BY_SILENCE, Check.OPEN)
    other = apply(Regime.REGISTRATION, State.RECEIVED, Command.ACCEPT_BY_SILENCE, Check.OPEN)
    assert licence.basis == (articles.TOLD_IN_FIVE_DAYS,)
    assert other.basis == (articles.SILENCE_LIKEWISE,)
    assert licence.clock is ClockEffect.START_AT_RECEIPT


def test_a_filing_is_never_refused():
    assert Command.REFUSE not in lawful(Regime.FILING, State.ACCEPTED, Check.COMPLETE)
    assert submitted(Regime.FILING, serial=False).to is State.ACCEPTED
    assert submitted(Regime.LICENCE, serial=True).to is State.WAITING


@given(st.booleans(), COMMANDS)
def test_a_tax_is_never_refused_on_its_merits(serial, commands):
    for command, at in run(Regime.TAX, serial, commands):
        assert at.to is not State.REFUSED
        assert at.to is not State.NOT_ACCEPTED or (command is Command.NOT_ACCEPT and at.check is Check.SUPPLIED)


@given(st.sampled_from([*set(TABLES) - {Regime.LICENCE, Regime.REAL_ESTATE}]), st.booleans(), COMMANDS)
def test_only_two_laws_order_what_silence_means(regime, serial, commands):
    for command, at in run(regime, serial, commands):
        if command is Command.ACCEPT_BY_SILENCE:
            assert {basis.mark for basis in at.basis} == {Mark.ASSUMED}


@given(st.booleans(), COMMANDS)
def test_a_real_estate_registry_is_held_to_its_own_regulation_once_it_has_received(serial, commands):
    before = None
    for command, at in run(Regime.REAL_ESTATE, serial, commands):
        if before in (State.RECEIVED, State.ACCEPTED) and command not in (Command.SUPPLY, Command.LAPSE):
            assert {basis.law for basis in at.basis} == {articles.ESTATE}
        before = at.to


def test_who_serves_by_reference_says_by_which():
    last = {regime: submitted(regime, serial=False).basis[-1] for regime in Regime}
    assert last[Regime.PUBLIC_SERVICE] == articles.UTILITIES_LIKEWISE
    assert last[Regime.TAX] == articles.STATIONED_LIKEWISE
    assert last[Regime.CONFIRMATION] == last[Regime.BENEFIT] == articles.COVERED


@pytest.mark.parametrize("regime", sorted(TABLES))
def test_only_a_real_estate_registry_has_to_say_it_on_the_spot(regime):
    assert check_period(regime, State.WAITING) == articles.CHECK
    assert check_period(regime, State.RECEIVED).amount == (0 if regime is Regime.REAL_ESTATE else 5)


def test_what_no_table_knows_is_not_lawful():
    with pytest.raises(NotLawful):
        apply(Regime.FILING, State.ACCEPTED, Command.REFUSE)
    with pytest.raises(NotLawful):  # where the check makes a difference it must be said
        apply(Regime.LICENCE, State.WAITING, Command.RECEIVE)
    assert apply(Regime.LICENCE, State.RECEIVED, Command.WITHDRAW).to is State.WITHDRAWN


def test_states_are_open_or_final():
    assert FAILED | SUCCEEDED == FINAL
    for state in State:
        assert state.open != (state in FINAL)


def test_articles_are_cited_as_lawyers_do():
    assert cite(articles.TOLD_IN_FIVE_DAYS) == "《行政许可法》第三十二条第一款第四项"
    assert cite(articles.DELIVER) == "《行政许可法》第四十四条"
    assert cite(articles.OUR_PROMISE).startswith("本平台的承诺")
    assert cite_all((articles.DELIVER, articles.DELIVER, articles.GRANT)).count("、") == 1
    assert [in_han(n) for n in (1, 10, 11, 20, 45, 100, 101, 110, 203)] == [
        "一", "十", "十一", "二十", "四十五", "一百", "一百零一", "一百一十", "二百零三"
    ]  # fmt: skip


def test_a_real_estate_registry_accepts_nothing_that_is_incomplete():
    """不动产登记暂行条例 17(1)(3): no provincial rule lets a paper come later."""
    assert not [key for key in TABLES[Regime.REAL_ESTATE] if Check.PROVISIONAL in key]
    assert Command.ACCEPT_PROVISIONALLY in lawful(Regime.LICENCE, State.RECEIVED, Check.OPEN)
