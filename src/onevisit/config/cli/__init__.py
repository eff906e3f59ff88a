"""The command line `onevisit`: one file a command.

A command's module has `arguments(parser)` and `run(options) -> exit code`. It is imported only when it is called,
after Django is ready where the command needs Django, so that `onevisit plan` starts at once and needs no database.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

import django
from django.db import OperationalError

from onevisit.config.plain import Plain
from onevisit.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its module here, one line about it, whether it needs Django."""

    module: str
    about: str
    django: bool = True
    on_flag: tuple[str, str] = ("", "")  # a flag with which another module, which needs Django, does it


COMMANDS = {
    "run": Entry("run", "start everything: database, web server, worker, demonstration services", django=False),
    "plan": Entry("plan", "plan a life event for given facts", django=False, on_flag=("--database", "plan_published")),
    "replay": Entry(
        "replay", "what a draft of the catalogue would mean", django=False, on_flag=("--cases", "replay_cases")
    ),
    "schema": Entry("schema", "print a format: plan, content, check, or facts EVENT", django=False),
    "prove": Entry("prove", "prove how often anybody has to come, or check a proof", django=False),
    "why": Entry("why", "why somebody comes more often than the target", django=False),
    "reform": Entry("reform", "the cheapest levers that reach a target, or the best within a budget", django=False),
    "check": Entry("check", "examine content/ and its levers, prove every life event", django=False),
    "database": Entry("database", "start only the database, to restore or upgrade it", django=False),
    "migrate": Entry("migrate", "bring the database's tables up to date"),
    "publish": Entry("publish", "publish content/ at once, each event with its proof (the operator's way)"),
    "draft": Entry("draft", "lay content down as drafts for the reform office"),
    "demo-accounts": Entry("demo_accounts", "make the demonstration accounts, print them"),
    "prepare": Entry("prepare", "migrate, publish, make accounts, collect static files"),
    "worker": Entry("worker", "render documents, watch clocks, seal checkpoints"),
    "client": Entry("client", "make, list, renew, close the clients of programs (API)"),
    "hooks": Entry("hooks", "list webhook messages, send them again"),
    "openapi": Entry("openapi", "print the OpenAPI document of the API"),
    "licence": Entry("licence", "verify a licence's file"),
    "ledger": Entry("ledger", "verify the ledger"),
    "reconcile": Entry("reconcile", "compare a day's money with the payment provider's statement"),
}


_WITHOUT_DATABASE = "the database does not answer: start `make run` in another window, or set DATABASE_URL"


class Command(Protocol):
    """What a command's module offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""
        ...

    def run(self, options: argparse.Namespace, /) -> int:
        """Do it; the exit code."""
        ...


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0 done, 1 it could not be done (one sentence says why), 2 wrong arguments."""
    given = sys.argv[1:] if arguments is None else arguments
    name = given[0] if given else ""
    if name not in COMMANDS:
        return _help(name)
    entry = COMMANDS[name]
    try:
        command = _load(entry, flagged=_flagged(entry.on_flag[0], given))
        parser = argparse.ArgumentParser(prog=f"onevisit {name}", description=entry.about, allow_abbrev=False)
        command.arguments(parser)
        return command.run(parser.parse_args(given[1:]))
    except (Plain, Refusal) as error:
        print(f"onevisit {name}: {error}", file=sys.stderr)
        return 1
    except OperationalError as error:
        print(f"onevisit {name}: {_WITHOUT_DATABASE} ({_one_line(error)})", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _flagged(flag: str, given: list[str]) -> bool:
    return bool(flag) and any(word == flag or word.startswith(f"{flag}=") for word in given)


def _load(entry: Entry, *, flagged: bool) -> Command:
    if entry.django or flagged:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onevisit.config.settings")
        django.setup()
    module = entry.on_flag[1] if flagged else entry.module
    return cast(Command, import_module(f"onevisit.config.cli.{module}"))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _help(name: str) -> int:
    known = name in ("", "-h", "--help", "help")
    out = sys.stdout if known else sys.stderr
    if not known:
        print(f"onevisit: there is no command {name!r}; these are:", file=out)
    else:
        print("usage: onevisit COMMAND [-h] …\n", file=out)
    for command, entry in COMMANDS.items():
        print(f"  {command:14} {entry.about}", file=out)
    return 0 if known else 2
