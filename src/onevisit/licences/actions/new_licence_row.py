"""The row of a new licence, for the one statement that grants it."""

import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from onevisit.core.catalogue import LicenceType
from onevisit.core.china import day_of
from onevisit.licences.rules import credit_code, last_day, licence_number
from onevisit.people.ids import new_id


def new_credit_code(region: str) -> str:
    """The code of a company that a grant founds; random, so that no round trip is needed."""
    return credit_code(region, os.urandom(7))


def new_licence_row(
    type_: LicenceType,
    *,
    agency_name: str,
    region: str,
    case: UUID,
    procedure: UUID,
    holder_name: str,
    person: UUID,
    organisation: UUID | None,
    code: str,
    fields: Sequence[tuple[str, str]],
    now: datetime,
) -> dict[str, object]:
    """A row of `licences_licence` by column, for `json_populate_record(NULL::licences_licence, …)`.

    `holder_name` is the name of the person or organisation and nothing else: the public page masks a person's, and a
    shop's name goes into `fields`, which are what the certificate says, label and value in words.
    Makes no round trip to the database: number and token are random; should a number ever exist already, the unique
    constraint refuses it and the act is repeated.
    """
    day = day_of(now)
    return {
        "id": new_id(),
        "type": type_.key,
        "title": type_.name.zh,
        "number": licence_number(region, day, os.urandom(7)),
        "holder_name": holder_name,
        "holder_person": person,
        "holder_organisation": organisation,
        "holder_code": code,
        "agency": type_.issuer,
        "agency_name": agency_name,
        "region": region,
        "case": case,
        "procedure": procedure,
        "fields": [list(field) for field in fields],
        "issued_at": now,
        "valid_until": last_day(day, type_.validity),
        "token": secrets.token_urlsafe(24),
        "document": None,
        "document_sha256": None,
        "attempts": 0,
        "next_try_at": now,
    }
