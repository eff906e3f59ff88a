"""`onevisit hooks list | replay`: webhook messages, for the operator."""

import argparse
from datetime import UTC, datetime
from uuid import UUID

from onevisit.config.plain import Plain
from onevisit.hooks.actions import replay, replay_since
from onevisit.hooks.queries import messages


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which messages."""
    parser.add_argument("act", choices=("list", "replay"))
    parser.add_argument("id", nargs="?", type=UUID, help="of one message, also one that was delivered")
    parser.add_argument(
        "--since", type=_moment, help="all since then that are not delivered, as 2026-11-30T09:00+08:00"
    )


def run(options: argparse.Namespace) -> int:
    """Do it. Raises Plain, and the room's refusals."""
    now = datetime.now(UTC)
    if options.act == "list":
        for one in messages(since=options.since):
            state = "delivered" if one.delivered_at else "waits" if one.next_try_at else "given up"
            print(f"{one.id}  {one.created_at:%Y-%m-%d %H:%M}  {state:9}  {one.type:22} {one.url}  {one.said}")
    elif options.id:
        replay(options.id, now=now)
        print("It is sent again now.")
    elif options.since:
        print(f"{replay_since(options.since, now=now)} messages are sent again now.")
    else:
        raise Plain("Say which: onevisit hooks replay ID, or onevisit hooks replay --since 2026-11-30T09:00+08:00")
    return 0


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write it as 2026-11-30T09:00+08:00") from None
    return found if found.tzinfo else found.astimezone()
