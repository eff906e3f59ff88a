"""What can be done with programs and their answers: one write a file."""

from onevisit.machines.actions.clients import close_client, make_client, new_secret
from onevisit.machines.actions.once import begin, finish, forget_old, release

__all__ = ["begin", "close_client", "finish", "forget_old", "make_client", "new_secret", "release"]
