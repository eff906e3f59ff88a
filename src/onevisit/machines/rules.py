"""Pure rules of machines: scopes, secrets, fingerprints."""

import hashlib
import hmac
import re
from typing import Final

from onevisit.core.text import Text

SCOPES: Final = {
    "plan:read": Text("问题与办理方案", "questions and plans"),
    "case:read": Text("看本程序提交的办件", "read the cases that this program submitted"),
    "case:write": Text(
        "填写、上传、提交、签字、付款、补正、撤回、评价", "fill in, upload, submit, sign, pay, supply, withdraw, rate"
    ),
    "decide:read": Text("看本部门的事项办件", "read the procedures of the own agency"),
    "decide:write": Text("受理、告知补正、准予、不予", "accept, say what is missing, grant, refuse"),
    "hooks:write": Text("登记接收通知的网址", "register addresses to be told at"),
}
OF_APPLICANT: Final = ("plan:read", "case:read", "case:write", "hooks:write")
OF_AGENCY: Final = ("plan:read", "decide:read", "decide:write", "hooks:write")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
LONGEST_KEY = 100  # characters, as the rooms' own keys


def hashed(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def is_secret(kept: bytes, secret: str) -> bool:
    """Whether it is the secret that was kept; in the same time, whatever it is."""
    return hmac.compare_digest(kept, hashed(secret))


def stamp_of(kept: bytes, scopes: list[str]) -> str:
    """Changes when the secret or the scopes change, so that older tokens end."""
    return hashlib.sha256(kept + " ".join(sorted(scopes)).encode()).hexdigest()[:16]


def fingerprint(*parts: bytes) -> bytes:
    """Of a request: method, path and bodies; each part with its length, so that none runs into the next."""
    return hashlib.sha256(b"".join(len(part).to_bytes(8) + part for part in parts)).digest()
