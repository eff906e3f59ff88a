"""`onevisit demo-accounts`: make the accounts of content/demo/people.yaml, print them."""

import argparse
import secrets
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from onevisit.config.plain import Plain
from onevisit.people.actions import make_accounts
from onevisit.people.actor import Role
from onevisit.people.values import AccountSpec

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
    (Path(settings.VAR) / "demo-accounts").write_text(table, encoding="utf-8")
    return table


def specs(content: Path) -> list[AccountSpec]:
    """The demonstration accounts as the content lists them. Raises Plain for a broken file."""
    file = content / "demo" / "people.yaml"
    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8"))["accounts"]
        return [_spec(row) for row in rows]
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        said = " ".join(str(error).split())
        raise Plain(f"{file} cannot be used; correct it or restore it from git: {said}") from error


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
