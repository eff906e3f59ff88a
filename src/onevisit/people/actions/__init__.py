"""What can be done to people and with their accounts: one write a file."""

from onevisit.people.actions.correct_name import correct_name
from onevisit.people.actions.known_persons import known_persons
from onevisit.people.actions.make_accounts import make_accounts
from onevisit.people.actions.make_machine import close_machine, make_machine
from onevisit.people.actions.record_look import record_look, record_refused_look
from onevisit.people.actions.register_walk_in import register_walk_in

__all__ = [
    "close_machine",
    "correct_name",
    "known_persons",
    "make_accounts",
    "make_machine",
    "record_look",
    "record_refused_look",
    "register_walk_in",
]
