"""How often one address may have files checked, and may comment: nobody signs in for that."""

from typing import ClassVar

from django.http import HttpRequest

from onevisit.core.errors import Refusal
from onevisit.people.often import counted

MOST = 30  # files
WITHIN = 60  # seconds
MOST_COMMENTS = 10
COMMENTS_WITHIN = 3600  # seconds


class CheckedTooOften(Refusal):
    """Too many files from one address."""

    code = "checked-too-often"
    status = 429
    sentence: ClassVar[str] = "这个网络地址查得太勤：一分钟最多 {most} 份。请过一分钟再查这一份。"


def count(request: HttpRequest) -> None:
    """Count a file of this address, in this process. Raises CheckedTooOften."""
    if counted(f"checked-{request.META.get('REMOTE_ADDR', '')}", WITHIN) > MOST:
        raise CheckedTooOften(most=MOST)


class CommentedTooOften(Refusal):
    """Too many comments from one address."""

    code = "commented-too-often"
    status = 429
    sentence: ClassVar[str] = "这个网络地址提得太勤：一小时最多 {most} 条。写的还在，请过一小时再交。"


def count_comment(request: HttpRequest) -> None:
    """Count a comment of this address, in this process. Raises CommentedTooOften."""
    if counted(f"commented-{request.META.get('REMOTE_ADDR', '')}", COMMENTS_WITHIN) > MOST_COMMENTS:
        raise CommentedTooOften(most=MOST_COMMENTS)
