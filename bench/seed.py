"""Drafts that are ready to submit, and procedures that are ready to be decided: one real one, and copies of it."""

import os
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onevisit.config.settings")
django.setup()

from onevisit.cases import actions  # noqa: E402 - Django's models exist only after setup
from onevisit.people.actor import Actor, Role  # noqa: E402

FORM = {
    "matter.kind": "new_sole",
    "matter.area": "320",
    "matter.sign": "large",
    "matter.tobacco": "yes",
    "matter.shop_name": "示范面馆",
    "matter.premises_certificate": "浙(2024)德清县不动产权第9900001号",
    "matter.premises_address": "浙江省湖州市德清县示范路8号一层（示范）",
    "matter.business_items": "hot",
    "matter.food_manager": "陈小满",
    "matter.staff_ids": "330521199002149981",
    "matter.sign_place": "门头，6米×1.5米",
}
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n"
    b"163\n%%EOF\n"
)


def applicant(connection: Any) -> Actor:
    """The demonstration applicant as an actor."""
    account, person = connection.execute("SELECT id, person_id FROM people_account WHERE username = 'chen'").fetchone()
    return Actor(account=account, person=person, organisation=None, name="陈小满", role=Role.APPLICANT)


def template(connection: Any) -> UUID:
    """One draft of a large restaurant with everything in it: five procedures."""
    by, now = applicant(connection), datetime.now(UTC)
    draft = actions.start_draft("open-restaurant", "330521", by=by, now=now)
    actions.adopt_draft(draft, by=by, now=now)
    actions.answer(draft, dict(FORM), by=by, now=now)
    confirm_known(connection, draft, by, now)
    for evidence in ("layout-plan", "food-safety-rules", "floor-plan", "fire-safety-rules", "sign-design"):
        actions.upload(draft, evidence, f"{evidence}.pdf", PDF, by=by, now=now)
    return draft


def confirm_known(connection: Any, draft: UUID, by: Actor, now: datetime) -> None:
    """Confirm all that registers gave."""
    query = "SELECT jsonb_object_keys(fetched) FROM cases_draft WHERE id = %s"
    actions.confirm(draft, tuple(key for (key,) in connection.execute(query, [draft])), by=by, now=now)


def copies(connection: Any, draft: UUID, count: int) -> list[str]:
    """So many copies of a draft with its documents; their ids."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'cases_draft' AND column_name <> 'id'"
        )
    ]
    columns = ", ".join(f'"{name}"' for name in names)
    rows = connection.execute(
        f"INSERT INTO cases_draft (id, {columns}) SELECT gen_random_uuid(), {columns} FROM cases_draft,"
        " generate_series(1, %s) WHERE id = %s RETURNING id",
        [count, draft],
    ).fetchall()
    made = [str(row[0]) for row in rows]
    papers = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'cases_document'"
            " AND column_name NOT IN ('id', 'draft_id')"
        )
    ]
    others = ", ".join(f'"{name}"' for name in papers)
    connection.execute(
        f"INSERT INTO cases_document (id, draft_id, {others}) SELECT gen_random_uuid(), d::uuid, {others}"
        " FROM cases_document, unnest(%s::text[]) d WHERE draft_id = %s",
        [made, draft],
    )
    return made


def accept_all(connection: Any, service: str) -> list[tuple[str, str]]:
    """Every received procedure of a service becomes accepted; (procedure, case) of each."""
    rows = connection.execute(
        "UPDATE cases_procedure SET state = 'accepted', completeness = 'complete', accepted_at = now(),"
        " due = current_date + 10 WHERE service = %s AND state = 'received' RETURNING id, case_id",
        [service],
    ).fetchall()
    return [(str(procedure), str(case)) for procedure, case in rows]
