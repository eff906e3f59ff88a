"""How often one address may have files checked: nobody signs in for that."""

from typing import ClassVar

from django.http import HttpRequest

from onevisit.core.errors import Refusal
from onevisit.people.often import counted

MOST = 30  # files
WITHIN = 60  # seconds


class CheckedTooOften(Refusal):
    """Too many files from one address."""

    code = "checked-too-often"
    status = 429
    sentence: ClassVar[str] = "这个网络地址查得太勤：一分钟最多 {most} 份。请过一分钟再查这一份。"


def count(request: HttpRequest) -> None:
    """Count a file of this address, in this process. Raises CheckedTooOften."""
    if counted(f"checked-{request.META.get('REMOTE_ADDR', '')}", WITHIN) > MOST:
        raise CheckedTooOften(most=MOST)
