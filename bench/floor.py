"""The floor: the same rows, written by one prepared SQL statement in the same server, by pgbench."""

import re
import subprocess
from pathlib import Path
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from onevisit.config.run.programs import find_programs

TABLES = {  # table -> column that holds the case's id
    "cases_case": "id",
    "cases_procedure": "case_id",
    "cases_evidenceitem": "case_id",
    "cases_entry": "case_id",
    "notices_notice": "case",
    "cases_idempotency": None,
}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


Rows = dict[str, list[dict[str, "str | None"]]]
Types = dict[tuple[str, str], str]


def types_of(connection: Any) -> Types:
    """The type of each column."""
    query = "SELECT table_name, column_name, udt_name FROM information_schema.columns WHERE table_schema = 'public'"
    return {(table, column): kind for table, column, kind in connection.execute(query)}


def rows_of(connection: Any, types: Types, case: str) -> Rows:
    """The rows that one submission wrote, as text, by table."""
    found = {}
    with connection.cursor(row_factory=dict_row) as cursor:
        for table, column in TABLES.items():
            names = [name for of, name in types if of == table]
            columns = sql.SQL(", ").join(sql.SQL("{0}::text AS {0}").format(sql.Identifier(name)) for name in names)
            where = sql.SQL("{} = %s").format(sql.Identifier(column)) if column else sql.SQL("answer->>'case' = %s")
            query = sql.SQL("SELECT {} FROM {} WHERE {}").format(columns, sql.Identifier(table), where)
            found[table] = cursor.execute(query, [case]).fetchall()
    return found


def submit_statement(rows: Rows, types: Types) -> str:
    """One statement that writes such rows again, with new ids and numbers."""
    case = rows["cases_case"][0]
    fresh: dict[str | None, str] = {case["id"]: "(SELECT c FROM ids)", case["draft"]: "gen_random_uuid()"}
    for number, row in enumerate(rows["cases_procedure"]):
        fresh[row["id"]] = f"(SELECT p{number} FROM ids)"
    ids = ", ".join(
        [
            "gen_random_uuid() AS c",
            "nextval('case_number_seq') AS n",
            *(f"gen_random_uuid() AS p{n}" for n in range(len(rows["cases_procedure"]))),
        ]
    )
    parts = [f"ids AS MATERIALIZED (SELECT {ids})"]
    for table, group in rows.items():
        for number, row in enumerate(group):
            columns = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(
                f"CAST({_value(name, value, fresh, case['number'])} AS {types[table, name]})"
                for name, value in row.items()
            )
            parts.append(f"{table}_{number} AS (INSERT INTO {table} ({columns}) VALUES ({values}))")
    return "WITH " + ",\n".join(parts) + "\nSELECT 1;\n"


DECISION = {"cases_decision": "procedure_id", "licences_licence": "procedure", "notices_notice": "procedure"}


def decide_statement(connection: Any, types: Types, procedure: str, case: str, last: int) -> str:
    """One statement that writes what one grant wrote, for the next row of bench_ready."""
    parts = [
        "next AS MATERIALIZED (SELECT procedure AS p, kase AS c FROM bench_ready"
        " WHERE n = (SELECT nextval('bench_next')))"
    ]
    fresh: dict[str | None, str] = {procedure: "(SELECT p FROM next)", case: "(SELECT c FROM next)"}
    wheres = {table: (f"{column} = %s", procedure) for table, column in DECISION.items()}
    wheres["cases_entry"] = (f"seq > {last:d} AND case_id = %s", case)
    with connection.cursor(row_factory=dict_row) as cursor:
        for table, (where, of) in wheres.items():
            columns = ", ".join(f'"{name}"::text AS "{name}"' for at, name in types if at == table)
            for number, row in enumerate(cursor.execute(f"SELECT {columns} FROM {table} WHERE {where}", [of])):
                names = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(
                    f"CAST({_value(name, value, fresh, None)} AS {types[table, name]})" for name, value in row.items()
                )
                parts.append(f"{table}_{number} AS (INSERT INTO {table} ({names}) SELECT {values} FROM next)")
    parts.append(
        "done AS (UPDATE cases_procedure SET state = 'granted', decided_at = now() FROM next WHERE id = next.p)"
    )
    return (
        "WITH " + ",\n".join(parts) + "\nUPDATE cases_case SET head_seq = head_seq + 2 FROM next WHERE id = next.c;\n"
    )


def _value(name: str, value: str | None, fresh: dict[str | None, str], case_number: str | None) -> str:
    if value is None:
        return "NULL"
    if value in fresh:
        return fresh[value]
    if name == "key" or (name == "id" and UUID.fullmatch(value)):
        return "gen_random_uuid()"
    if name == "token":
        return "gen_random_uuid()::text"
    quoted = _literal(value)
    if name == "number" and value == case_number:
        return f"{quoted} || (SELECT n FROM ids)::text"
    if name == "number":
        return f"{quoted} || gen_random_uuid()::text"
    return quoted


def _literal(value: str) -> str:
    """A text for a pgbench script, which would take `:name` for a variable."""
    parts = re.split(r":(?=[^\W\d])", value.replace("\\", "\\\\").replace("'", "''"))
    return "||chr(58)||".join(f"E'{part}'" for part in parts) if len(parts) > 1 else f"E'{parts[0]}'"


def pgbench(url: str, script: Path, clients: int, transactions: int) -> float:
    """Transactions per second of a script, over so many in all."""
    program = find_programs().folder / "pgbench"
    done = subprocess.run(
        [
            str(program),
            "-n",
            "-M",
            "prepared",
            "-f",
            str(script),
            "-c",
            str(clients),
            "-j",
            str(min(clients, 2)),
            "-t",
            str(transactions // clients),
            url,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if not found:
        raise SystemExit(f"pgbench could not run the floor: {done.stderr[-800:]}")
    return float(found.group(1))
