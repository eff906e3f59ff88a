"""Supply what came with one form: the files, the answers, the papers that a clerk saw, item by item."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from onevisit.cases.actions.supplement import supplement, upload_missing
from onevisit.cases.actions.upload import contents
from onevisit.cases.errors import AnswersRefused, ItemsRefused, NothingGiven, NothingToSupply
from onevisit.cases.models import CorrectionItem
from onevisit.cases.queries.reaching import own_case
from onevisit.cases.upload_errors import UploadRefused
from onevisit.core.text import Text
from onevisit.people.actor import Actor
from onevisit.people.refused import said

ANY = Text("先补这一项，或者别的任何一项。", "Supply this one, or any other.")


def supply(
    case_number: str,
    answers: Mapping[UUID, str],
    files: Mapping[UUID, "UploadedFile[Any]"],
    seen: Collection[UUID] = (),
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Hand in what can be taken, and say of each item why it cannot: what is good need not be brought again.

    By item: `answers` as typed, `files` as they came, `seen` as `supplement` takes it.
    Raises ItemsRefused, NothingGiven, NothingToSupply, NotYourHall, NotFound.
    """
    case = own_case(case_number, by)
    items = CorrectionItem.objects.filter(procedure__case=case, supplied_at=None)
    if not (answers or files or seen):
        raise NothingGiven({item.pk: ANY for item in items.order_by("pk")[:1]})
    left = set(items.values_list("pk", flat=True))  # what somebody else has supplied meanwhile is not in the way
    files, seen = {item: file for item, file in files.items() if item in left}, left.intersection(seen)
    if not (answers or files or seen):
        raise NothingToSupply()
    errors: dict[UUID, Text | str] = {}
    documents = {}
    for item, file in files.items():
        try:
            documents[item] = upload_missing(case_number, item, file.name or "", contents(file), by=by, now=now)
        except UploadRefused as refused:
            errors[item] = said(refused)
    facts = dict(items.filter(pk__in=answers).values_list("pk", "fact"))
    good = {fact: answers[item] for item, fact in facts.items()}
    while good or documents or seen:
        try:
            supplement(case_number, good, documents, seen, by=by, now=now)
            break
        except AnswersRefused as refused:
            errors.update({item: refused.errors[fact] for item, fact in facts.items() if fact in refused.errors})
            good = {fact: text for fact, text in good.items() if fact not in refused.errors}
    if errors:
        raise ItemsRefused(errors)
