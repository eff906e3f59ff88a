"""The publishing gate: its table, and what no sequence of commands ever reaches."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.catalogue.errors import (
    CommentsClosed,
    CommentsOpen,
    NoListEntry,
    NotNow,
    NotPastOneVisit,
    TooEarly,
    TooFewDays,
    Unanswered,
)
from onevisit.catalogue.rules import gate
from onevisit.catalogue.rules.gate import LEAST_COMMENT, NEXT, STATES, TABLE, Command, Standing, State
from onevisit.core.basis import Mark
from onevisit.core.errors import Refusal
from onevisit.core.text import Text
from onevisit.people.actor import Role
from onevisit.people.errors import NotYourRole

TODAY = date(2026, 11, 24)
EVENT = Text("开餐饮店", "Opening a restaurant")
OFFICE, OPERATOR = Role.REFORM, Role.SYSTEM
LEAST = timedelta(days=LEAST_COMMENT.amount - 1)


def proved(worst: int = 1) -> Standing:
    return gate.proved(gate.drafted(Standing(EVENT), OFFICE), worst, OFFICE)


def open_to(worst: int = 1) -> Standing:
    standing = proved(worst)
    standing = gate.entered(standing, OFFICE) if worst > 1 else standing
    return gate.commented_on(standing, TODAY, TODAY + LEAST, OFFICE, TODAY)


def test_each_row_names_its_article_and_each_state_what_to_do_next():
    for (state, command), row in TABLE.items():
        assert row.basis.article or row.basis.mark is Mark.ASSUMED, (state, command)
        assert row.basis.note is not None and row.basis.note.en
    assert set(STATES) == set(NEXT) == set(State)
    assert all(text.zh and text.en for text in (*STATES.values(), *NEXT.values()))


def test_only_the_operator_skips_the_comment_and_only_by_his_own_command():
    for (state, command), row in TABLE.items():
        if row.to is State.PUBLISHED and state is not State.PUBLISHED:
            at_once = (state, command) == (State.PROVED, Command.PUT_AT_ONCE)
            after_comment = (state, command) == (State.COMMENTING, Command.PUT_IN_FORCE)
            assert at_once or after_comment
            assert row.roles == ({OPERATOR} if at_once else {OFFICE})
        if not row.roles:
            assert command is Command.COMMENT


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.CLERK, Role.OFFICER])
def test_nobody_else_does_anything_but_comment(role):
    for state, command in TABLE:
        if command is not Command.COMMENT:
            with pytest.raises(NotYourRole):
                gate.transition(Standing(EVENT, state), command, role)
    assert gate.commented(open_to(), role, TODAY).unanswered == 1


def test_a_command_at_the_wrong_time_says_where_it_stands_and_what_is_next():
    with pytest.raises(NotNow) as refused:
        gate.scheduled(gate.drafted(Standing(EVENT), OFFICE), TODAY, OFFICE, TODAY)
    assert str(refused.value) == "这个版本现在是“草案”，不能这样做。请先审核并证明。"


def test_the_days_of_comment():
    with pytest.raises(TooEarly):
        gate.commented_on(proved(), TODAY - timedelta(days=1), TODAY + LEAST, OFFICE, TODAY)
    with pytest.raises(TooFewDays):
        gate.commented_on(proved(), TODAY, TODAY + LEAST - timedelta(days=1), OFFICE, TODAY)
    standing = open_to()
    last = TODAY + LEAST
    assert (last - TODAY).days + 1 == 30
    with pytest.raises(TooFewDays):  # never shorter
        gate.commented_on(standing, TODAY, last - timedelta(days=1), OFFICE, TODAY)
    longer = gate.commented_on(standing, TODAY, last + timedelta(days=5), OFFICE, TODAY)
    assert (longer.comment_from, longer.comment_until) == (TODAY, last + timedelta(days=5))
    for day, taken in ((TODAY - timedelta(days=1), False), (TODAY, True), (last, True), (last + timedelta(1), False)):
        assert standing.commenting_on(day) is taken
        if not taken:
            with pytest.raises(CommentsClosed):
                gate.commented(standing, None, day)


def test_in_force_after_the_last_day_with_every_comment_answered_and_not_in_the_past():
    standing, after = open_to(), TODAY + LEAST + timedelta(days=1)
    with pytest.raises(CommentsOpen):
        gate.scheduled(standing, after, OFFICE, TODAY + LEAST)
    with pytest.raises(Unanswered):
        gate.scheduled(gate.commented(standing, None, TODAY), after, OFFICE, after)
    with pytest.raises(TooEarly):
        gate.scheduled(standing, TODAY, OFFICE, after)
    assert gate.scheduled(standing, after, OFFICE, after).state is State.PUBLISHED


def test_past_one_visit_only_with_an_entry_and_no_entry_without_need():
    with pytest.raises(NoListEntry):
        gate.commented_on(proved(2), TODAY, TODAY + LEAST, OFFICE, TODAY)
    with pytest.raises(NoListEntry):
        gate.put_at_once(proved(2), TODAY, OPERATOR)
    assert gate.put_at_once(gate.entered(proved(2), OPERATOR), TODAY, OPERATOR).state is State.PUBLISHED
    with pytest.raises(NotPastOneVisit):
        gate.entered(proved(1), OFFICE)


def test_what_was_withdrawn_begins_again():
    again = gate.drafted(gate.withdrawn(gate.entered(proved(2), OFFICE), OFFICE), OFFICE)
    assert again == Standing(EVENT, State.DRAFT)


ACTS = st.lists(st.integers(0, 2**32 - 1), max_size=25)  # each number holds a whole act


def act_of(number: int, state: State | None) -> tuple[Command, Role, int, int]:
    """Command and role, mostly ones that may be; the visits that a proof finds (3: findings instead); days."""
    number, which = divmod(number, 60)
    number, anybody = divmod(number, 9)
    number, worst = divmod(number, 4)
    possible = [command for at, command in TABLE if at is state]
    command = [*possible, *possible, *Command][which % (2 * len(possible) + len(Command))]
    row = TABLE.get((state, command))
    may = sorted(row.roles)[0] if row and row.roles else OFFICE
    return command, ([*Role][anybody] if anybody < len(Role) else may), worst, number % 86 - 5


def done(standing: Standing, command: Command, role: Role, worst: int, days: int, today: date) -> Standing:
    """The command, as the actions do it."""
    day = today + timedelta(days=days)
    answered = max(standing.unanswered - 1, 0)
    if command is Command.PROVE:
        return gate.found_faulty(standing, role) if worst == 3 else gate.proved(standing, worst, role)
    if command in (Command.ANSWER, Command.HIDE):
        gate.transition(standing, command, role)
        return Standing(**{one: getattr(standing, one) for one in Standing.__slots__} | {"unanswered": answered})
    return {
        Command.DRAFT: lambda: gate.drafted(standing, role),
        Command.ENTER_LIST: lambda: gate.entered(standing, role),
        Command.OPEN_COMMENT: lambda: gate.commented_on(standing, today, day, role, today),
        Command.COMMENT: lambda: gate.commented(standing, role, today),
        Command.PUT_IN_FORCE: lambda: gate.scheduled(standing, day, role, today),
        Command.PUT_AT_ONCE: lambda: gate.put_at_once(standing, day, role),
        Command.WITHDRAW: lambda: gate.withdrawn(standing, role),
    }[command]()


@given(ACTS)
def test_no_sequence_of_commands_publishes_without_proof_entry_and_comment(acts):
    standing, today, commented = Standing(EVENT), TODAY, None
    for number in acts:
        before = standing
        command, role, worst, days = act_of(number, standing.state)
        try:
            standing = done(standing, command, role, worst, days, today)
        except Refusal:
            assert standing == before
        else:
            commented = today if command is Command.OPEN_COMMENT and before.state is State.PROVED else commented
            if standing.state is State.PUBLISHED:
                assert standing.worst is not None, "with its proof"
                assert standing.worst <= 1 or standing.listed, "past one visit only with an entry"
            if standing.state is State.PUBLISHED and before.state is State.COMMENTING:
                assert role is OFFICE and (today - commented).days >= LEAST_COMMENT.amount
                assert not standing.unanswered and standing.in_force_from >= today
            if standing.state is State.PUBLISHED and before.state is State.PROVED:
                assert role is OPERATOR
        today += timedelta(days=max(days, 0))
