"""Drafts of an applicant's program: begin, answer, upload, submit."""

import hashlib

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Form, Path, Router, UploadedFile

from onevisit.api.access import ApiRequest
from onevisit.api.errors import NotDeclared
from onevisit.api.given import as_typed
from onevisit.api.once import at_once, in_steps
from onevisit.api.operation import Key, operation
from onevisit.api.schemas.cases import Submission
from onevisit.api.schemas.common import Id
from onevisit.api.schemas.drafts import (
    AnswersIn,
    DocumentIn,
    DocumentMade,
    DraftIn,
    DraftOut,
    Drafts,
    SubmitIn,
    draft_out,
    drafts_out,
)
from onevisit.cases import actions, queries
from onevisit.cases.errors import NotFound
from onevisit.cases.values import DraftView

router = Router()
TAG, SCOPE = "drafts", "case:write"


@operation(router, "POST", "/drafts", scope=SCOPE, answers={201: DraftOut}, tag=TAG)
def create_draft(request: ApiRequest, given: DraftIn, key: Key) -> HttpResponse:
    """开始一份申请

    以程序所属的那个人（或企业）的名义。有的共享数据当场就查，查到的在 known 里，要申请人确认或提出异议。
    """

    def act() -> DraftOut:
        by, now, facts = request.auth.actor, timezone.now(), as_typed(given.facts)
        actions.check_readable(given.event, settings.REGION, facts)  # else a refusal would leave a draft behind
        draft = actions.start_draft(given.event, settings.REGION, by=by, now=now)
        if facts:
            actions.answer(draft, facts, by=by, now=now)
        return draft_out(_draft(request, draft))

    return in_steps(request, key, act, status=201)


@operation(router, "GET", "/drafts", scope="case:read", answers={200: Drafts}, tag=TAG)
def drafts(request: ApiRequest) -> Drafts:
    """本程序还没有提交的申请，后改的在前，最多 50 份"""
    return drafts_out(queries.drafts_of(request.auth.actor))


@operation(router, "GET", "/drafts/{draft}", scope="case:read", answers={200: DraftOut}, tag=TAG)
def read_draft(request: ApiRequest, draft: Path[Id]) -> DraftOut:
    """一份申请：已知的、表单、材料、还差什么"""
    return draft_out(_draft(request, draft))


@operation(router, "PATCH", "/drafts/{draft}", scope=SCOPE, answers={200: DraftOut}, tag=TAG)
def answer_draft(request: ApiRequest, draft: Path[Id], given: AnswersIn, key: Key) -> HttpResponse:
    """填写，并确认共享数据

    读得懂的当场存下；读不懂的答复 422，每项一句话。
    """

    def act() -> DraftOut:
        by, now = request.auth.actor, timezone.now()
        actions.answer(draft, as_typed(given.facts), by=by, now=now)
        known = [one.spec.key for one in _draft(request, draft).known] if given.confirm == "all" else given.confirm
        if known:
            actions.confirm(draft, tuple(known), by=by, now=now)
        return draft_out(_draft(request, draft))

    return in_steps(request, key, act)


@operation(
    router, "POST", "/drafts/{draft}/documents", scope=SCOPE, answers={201: DocumentMade}, problems=(503,), tag=TAG
)
def upload_document(
    request: ApiRequest, draft: Path[Id], given: Form[DocumentIn], file: File[UploadedFile], key: Key
) -> HttpResponse:
    """上传一份材料

    PDF、JPEG、PNG、WebP，最大 10 MB。同一份文件再传一次，还是同一份材料。
    """

    def act() -> DocumentMade:
        by, now = request.auth.actor, timezone.now()
        document = actions.upload(draft, given.slot, file.name or "", content, by=by, now=now)
        return DocumentMade(id=document)

    content = actions.contents(file)
    parts = given.slot.encode(), (file.name or "").encode(), hashlib.sha256(content).digest()
    return in_steps(request, key, act, *parts, status=201)


@operation(router, "DELETE", "/drafts/{draft}/documents/{document}", scope=SCOPE, answers={200: DraftOut}, tag=TAG)
def remove_document(request: ApiRequest, draft: Path[Id], document: Path[Id], key: Key) -> HttpResponse:
    """拿掉一份传错的材料；提交以后不能拿掉"""

    def act() -> DraftOut:
        uploads = {one.id for need in _draft(request, draft).needed for one in need.uploads}
        if document not in uploads:
            raise NotFound("document")
        actions.remove_upload(document, by=request.auth.actor, now=timezone.now())
        return draft_out(_draft(request, draft))

    return at_once(request, key, act)


@operation(router, "POST", "/drafts/{draft}/submission", scope=SCOPE, answers={201: Submission}, tag=TAG)
def submit(request: ApiRequest, draft: Path[Id], given: SubmitIn, key: Key) -> HttpResponse:
    """提交：一次提交，全部部门同时收件

    还差东西时答复 422，errors 里逐项说明。答复以后申请已经落库，任何程序出错都不会丢。
    """

    def act() -> Submission:
        if not given.declared:
            raise NotDeclared()
        done = actions.submit(draft, key, by=request.auth.actor, now=timezone.now())
        return Submission(number=done.number, url=f"/api/v1/cases/{done.number}")

    return in_steps(request, key, act, status=201)


def _draft(request: ApiRequest, draft: Id) -> DraftView:
    return queries.draft(draft, by=request.auth.actor, now=timezone.now())
