"""`onevisit demo-accounts`: make the accounts of content/demo/people.yaml, print them."""

import argparse
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from onevisit.config.plain import Plain
from onevisit.machines.actions import make_client, new_secret
from onevisit.machines.queries import OF_AGENCY, OF_APPLICANT, clients
from onevisit.people.actions import make_accounts
from onevisit.people.actor import Role
from onevisit.people.queries import closed
from onevisit.people.values import AccountSpec

FILE = Path("demo") / "people.yaml"
WIDTH = 16
_FIELDS = frozenset(AccountSpec.__dataclass_fields__)


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Make them, print them."""
    print(ensure_accounts())
    return 0


def ensure_accounts() -> str:
    """Make the accounts that are missing; the table of all, which var/demo-accounts keeps for `make run`.

    When var/ has lost the password, all demonstration accounts get the new one.
    """
    wanted = specs(settings.CONTENT)
    file = Path(settings.VAR) / "demo-password"
    lost = not file.exists()
    make_accounts(wanted, password=_password(file), renew=lost)
    table = _table(wanted, _password(file))
    table += ensure_clients(_password(file), renew=lost)
    (Path(settings.VAR) / "demo-accounts").write_text(table, encoding="utf-8")
    return table


def ensure_clients(secret: str, *, renew: bool) -> str:
    """Make the programs of content/demo/people.yaml that are missing, all with that secret; the lines for the table."""
    rows = _read(settings.CONTENT).get("clients", [])
    known = {one.name: one.account for one in clients()}
    gone = closed(known.values())
    for row in rows:
        name, scopes = row["name"], OF_AGENCY if row.get("agency") else OF_APPLICANT
        if name not in known:
            whom = {"agency": row.get("agency", ""), "applicant": row.get("account", "")}
            make_client(name, title=row["title"], scopes=scopes, secret=secret, now=datetime.now(UTC), **whom)
        elif renew and known[name] not in gone:
            new_secret(name, secret=secret)
    lines = [f"  {row['name']:{WIDTH}}  {row['title']}" for row in rows]
    return "\n".join(["Programs (API, docs/integrators.md), with the same as their client_secret:", *lines]) + "\n"


def specs(content: Path) -> list[AccountSpec]:
    """The demonstration accounts as the content lists them. Raises Plain for a broken file."""
    try:
        return [_spec(row) for row in _read(content)["accounts"]]
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(content, error) from error


def _read(content: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = yaml.safe_load((content / FILE).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise _broken(content, error) from error
    return found


def _broken(content: Path, error: Exception) -> Plain:
    said = " ".join(str(error).split())
    return Plain(f"{content / FILE} cannot be used; correct it or restore it from git: {said}")


def _password(file: Path) -> str:
    """The one password of all demonstration accounts; made at first, then kept."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(4), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def _table(wanted: list[AccountSpec], password: str) -> str:
    width = max(len(spec.username) for spec in wanted)
    lines = [f"  {spec.username:{width}}  {spec.title}  {spec.organisation or spec.name}" for spec in wanted]
    return "\n".join([f"Demonstration accounts (fictitious), password {password}:", *lines]) + "\n"


def _spec(row: dict[str, Any]) -> AccountSpec:
    unknown = set(row) - _FIELDS
    if unknown:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))} of {row.get('username')}")
    return AccountSpec(**{**row, "role": Role(row.get("role", Role.APPLICANT))})
