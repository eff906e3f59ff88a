"""`onevisit client NAME …`: programs that use the API. A secret is printed once and kept only as its hash."""

import argparse
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from onevisit.catalogue.queries import agency
from onevisit.config.plain import Plain
from onevisit.hooks.actions import end_endpoints
from onevisit.machines.actions import close_client, make_client, new_secret
from onevisit.machines.queries import OF_AGENCY, OF_APPLICANT, clients
from onevisit.people.queries import closed

LIST = "list"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which client."""
    parser.add_argument("name", help=f"client_id: small letters, digits, hyphens; or `{LIST}`")
    parser.add_argument("--title", default="", help="what people read it as, on notices and in the log of looks")
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument("--agency", default="", help="key of the agency whose own system it is")
    whom.add_argument("--account", default="", help="user name of the applicant for whom alone it acts")
    whom.add_argument("--renew", action="store_true", help="another secret; the one before is void within a minute")
    whom.add_argument("--close", action="store_true", help="end it for good")
    parser.add_argument("--scopes", nargs="+", default=[], help=f"default: {' '.join(OF_APPLICANT)}; or of agencies")


def run(options: argparse.Namespace) -> int:
    """Do it; print the secret, if there is a new one. Raises Plain, and the rooms' refusals."""
    if options.name == LIST:
        _list()
    elif options.close:
        with transaction.atomic():
            ended = end_endpoints(close_client(options.name), now=datetime.now(UTC))
        print(f"{options.name} is closed: its tokens end within a minute. Webhook addresses that end with it: {ended}.")
    elif options.renew:
        _told(options.name, new_secret(options.name))
    else:
        _told(options.name, _make(options))
    return 0


def _list() -> None:
    found = clients()
    gone = closed(one.account for one in found)
    for one in found:
        can = "closed" if one.account in gone else " ".join(sorted(one.scopes))
        print(f"{one.name:24} {one.title:24} {can}")


def _make(options: argparse.Namespace) -> str:
    if not (options.agency or options.account):
        raise Plain("Say whose it is: --agency KEY, or --account USERNAME of the applicant.")
    if options.agency and agency(options.agency, settings.REGION) is None:
        raise Plain(f"No event in force has an agency {options.agency!r}.")
    return make_client(
        options.name,
        title=options.title or options.name,
        scopes=options.scopes or (OF_AGENCY if options.agency else OF_APPLICANT),
        agency=options.agency,
        applicant=options.account,
        now=datetime.now(UTC),
    )


def _told(name: str, secret: str) -> None:
    print(f"client_id      {name}\nclient_secret  {secret}\nShown this once; keep it where only the program reads it.")
