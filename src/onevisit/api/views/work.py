"""An agency's own system: its inbox, a procedure, and what it does with it, exactly as its officers on the pages."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router

from onevisit.api.access import ApiRequest
from onevisit.api.files import BYTES, file_of
from onevisit.api.once import at_once, unchanged
from onevisit.api.operation import After, Key, Match, operation
from onevisit.api.schemas.common import Id
from onevisit.api.schemas.work import (
    DecidedOut,
    Inbox,
    NonAcceptanceIn,
    NothingIn,
    RefusalIn,
    ReportIn,
    Tab,
    WorkOut,
    decided_out,
    inbox_out,
    version_of,
    work_out,
)
from onevisit.cases import actions, queries
from onevisit.cases.values import Decided, MissingInput

router = Router()
TAG, READ, WRITE = "agencies", "decide:read", "decide:write"
Typed = Annotated[str, Query(max_length=80, description="编号开头，或名称里的字")]


@operation(router, "GET", "/inbox", scope=READ, answers={200: Inbox}, tag=TAG)
def inbox(
    request: ApiRequest,
    response: HttpResponse,
    tab: Query[Tab] = "check",
    q: Typed = "",
    after: After = "",
) -> Inbox:
    """本部门的事项办件，先到期的在前

    tab：check 待核对材料，decide 待决定，waiting 等别人，done 已办结。
    """
    page = queries.inbox(by=request.auth.actor, now=timezone.now(), tab=tab, q=q, after=after)
    if page.next:
        response["Link"] = f'</api/v1/inbox?{urlencode({"tab": tab, "q": q, "after": page.next})}>; rel="next"'
    return inbox_out(page)


@operation(router, "GET", "/procedures/{procedure}", scope=READ, answers={200: WorkOut}, tag=TAG)
def procedure(request: ApiRequest, procedure: Path[Id]) -> WorkOut:
    """一个事项办件，只有它要用的要素和材料

    每次读取都记在“谁看过我的数据”里，申请人看得到。
    """
    view = queries.work(procedure, by=request.auth.actor, now=timezone.now())
    request.version = version_of(view)
    return work_out(view)


@operation(router, "GET", "/documents/{document}", scope=READ, answers={200: None}, tag=TAG, extra=BYTES)
def document(request: ApiRequest, document: Path[Id]) -> HttpResponse:
    """一份材料的文件；读取会记下来"""
    view, content = queries.document(document, by=request.auth.actor, now=timezone.now())
    return file_of(content, view.media)


@operation(
    router,
    "POST",
    "/procedures/{procedure}/acceptance",
    scope=WRITE,
    answers={200: DecidedOut},
    problems=(412,),
    tag=TAG,
)
def accept(
    request: ApiRequest,
    procedure: Path[Id],
    given: NothingIn,
    key: Key,
    match: Match = "",
) -> HttpResponse:
    """受理：材料齐全，期限开始（行政许可法 32）"""
    return _act(request, procedure, key, lambda: actions.accept(procedure, by=request.auth.actor, now=timezone.now()))


@operation(
    router, "POST", "/procedures/{procedure}/missing", scope=WRITE, answers={200: DecidedOut}, problems=(412,), tag=TAG
)
def report_missing(
    request: ApiRequest,
    procedure: Path[Id],
    given: ReportIn,
    key: Key,
    match: Match = "",
) -> HttpResponse:
    """告知补正：缺什么，一次说全（行政许可法 32）

    全部部门核对完，或者到最后一天，合成一份告知书发出，每件只有一份。
    """
    items = [MissingInput(one.evidence, one.fact, one.what) for one in given.items]
    return _act(
        request, procedure, key,
        lambda: actions.report_missing(procedure, items, by=request.auth.actor, now=timezone.now()),
    )  # fmt: skip


@operation(
    router, "POST", "/procedures/{procedure}/non-acceptance",
    scope=WRITE, answers={200: DecidedOut}, problems=(412,), tag=TAG,
)  # fmt: skip
def not_accept(
    request: ApiRequest,
    procedure: Path[Id],
    given: NonAcceptanceIn,
    key: Key,
    match: Match = "",
) -> HttpResponse:
    """不予受理：写明理由和法定情形（行政许可法 32）"""
    return _act(
        request, procedure, key,
        lambda: actions.not_accept(
            procedure, given.reasons, ground=given.ground, competent=given.competent,
            by=request.auth.actor, now=timezone.now(),
        ),
    )  # fmt: skip


@operation(
    router, "POST", "/procedures/{procedure}/grant", scope=WRITE, answers={200: DecidedOut}, problems=(412,), tag=TAG
)
def grant(
    request: ApiRequest,
    procedure: Path[Id],
    given: NothingIn,
    key: Key,
    match: Match = "",
) -> HttpResponse:
    """准予：证照当场颁发（行政许可法 38）"""
    return _act(
        request, procedure, key, lambda: actions.grant(procedure, key, by=request.auth.actor, now=timezone.now())
    )


@operation(
    router, "POST", "/procedures/{procedure}/refusal", scope=WRITE, answers={200: DecidedOut}, problems=(412,), tag=TAG
)
def refuse(
    request: ApiRequest,
    procedure: Path[Id],
    given: RefusalIn,
    key: Key,
    match: Match = "",
) -> HttpResponse:
    """不予：写明理由，决定书写明救济（行政许可法 38）"""
    return _act(
        request, procedure, key,
        lambda: actions.refuse(
            procedure, given.reasons, given.article, key, by=request.auth.actor, now=timezone.now()
        ),
    )  # fmt: skip


def _act(request: ApiRequest, procedure: Id, key: str, perform: Callable[[], Decided | None]) -> HttpResponse:
    """Do it once, if nothing has changed since it was read; answer with what is now."""

    def act() -> DecidedOut:
        unchanged(request, procedure)
        decided = perform()
        return decided_out(queries.work(procedure, by=request.auth.actor, now=timezone.now()), decided)

    return at_once(request, key, act)
