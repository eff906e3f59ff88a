"""A small life event as the document that an office hands in: one card, fetched or sent. Not content, no sources."""

import json
from typing import Any

REGION = "330521"
BASIS = {"mark": "assumed", "note": {"zh": "示范", "en": "made up"}}
# The examination asks for articles that were read: this one is there, what it is cited for is made up.
LAW = {"mark": "V", "law": "行政许可法", "article": "29", "note": {"zh": "示范", "en": "made up"}}


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def counter(key: str, zh: str, en: str, *after: str, sent: bool = False) -> dict[str, Any]:
    modes = [{"kind": "counter", "basis": LAW, "at": ["hall"]}] + [{"kind": "courier", "basis": BASIS}] * sent
    return {"key": key, "name": both(zh, en), "actor": "applicant", "after": list(after), "modes": modes}


def card(*, sent: bool = True, days: int = 5, name: str = "办读者证", **more: Any) -> dict[str, Any]:
    """Whoever applies comes once; the card is sent, or he comes a second time."""
    label = both("姓名", "name")
    service = {
        "key": "reader-card",
        "name": both("发读者证", "Issue of a reader's card"),
        "agency": "library",
        "regime": "public_service",
        "audience": ["individual"],
        "legal_basis": [LAW],
        "applies_when": True,
        "facts": ["applicant.name"],
        "evidence": [],
        "steps": [
            counter("apply", "申请", "apply"),
            {
                "key": "decide",
                "name": both("制证", "make the card"),
                "actor": "agency",
                "after": ["apply"],
                "least": 1,
                "most": days,
            },
            counter("collect", "领证", "collect", "decide", sent=sent),
        ],
        "outputs": [{"licence_type": "card"}],
        "statutory": None,
        "promise": {"amount": days, "unit": "working_day", "basis": BASIS},
    }
    document = {
        "key": "library-card",
        "name": both(name, "A reader's card"),
        "summary": both("借书用的证。", "A card to borrow books."),
        "region": REGION,
        "lead": "library",
        "roles": [{"key": "applicant", "name": both("申请人", "applicant")}],
        "facts": [{"key": "applicant.name", "type": "text", "label": label, "question": label, "why": label}],
        "services": [service],
        "evidence_types": [],
        "licence_types": [
            {"key": "card", "name": both("读者证", "reader's card"), "issuer": "library", "fields": ["applicant.name"]}
        ],
        "resources": [],
        "agencies": [{"key": "library", "name": both("示范图书馆", "Library"), "short": both("图书馆", "Library")}],
        "places": [{"key": "hall", "name": both("示范大厅", "Hall")}],
    }
    return document | more


def sent_in(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
