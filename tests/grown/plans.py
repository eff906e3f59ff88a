"""What PostgreSQL really did for the product's own statements, as its module auto_explain tells."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

SETTINGS = {
    "log_min_duration": "0",
    "log_analyze": "on",
    "log_format": "json",
    "log_level": "notice",
    "log_timing": "off",
}


@dataclass(frozen=True)
class Scan:
    """One read of a table or an index: how, and how many rows were looked at in all."""

    how: str
    of: str
    rows: int


def plans(read: Callable[[], object], times: int = 1) -> list[dict]:
    """The plans of all statements of the last of so many reads (a statement that comes again may be planned anew)."""
    found: list[dict] = []

    def heard(told) -> None:
        _, _, text = told.message_primary.partition("plan:\n")
        if text:
            found.append(json.loads(text))

    with connection.cursor() as cursor:
        cursor.execute("LOAD 'auto_explain'")
        for name, value in SETTINGS.items():
            cursor.execute(f"SET auto_explain.{name} = '{value}'")
    server = connection.connection
    server.add_notice_handler(heard)
    try:
        for _ in range(times):
            found.clear()
            read()
    finally:
        server.remove_notice_handler(heard)
        with connection.cursor() as cursor:
            cursor.execute("SET auto_explain.log_min_duration = -1")
    return found


def scans(plan: dict) -> Iterator[Scan]:
    """All reads of tables in a plan."""
    yield from _scans(plan["Plan"])


def _scans(node: dict) -> Iterator[Scan]:
    if of := node.get("Relation Name") or node.get("Index Name"):  # a bitmap of an index names no table
        dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        yield Scan(node["Node Type"], of, round((node["Actual Rows"] + dropped) * node["Actual Loops"]))
    for child in node.get("Plans", []):
        yield from _scans(child)
