"""Cases of an applicant's program: track, sign, supply what is missing, withdraw, rate, fetch what came of it."""

import hashlib
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Path, Router, UploadedFile

from onevisit.api.access import ApiRequest
from onevisit.api.errors import NotDeclared
from onevisit.api.files import PDF, file_of
from onevisit.api.given import as_typed
from onevisit.api.once import at_once, in_steps
from onevisit.api.operation import After, Key, operation
from onevisit.api.schemas.cases import (
    CaseLines,
    CaseOut,
    RatingIn,
    SignIn,
    SupplyIn,
    Verified,
    case_out,
    line_out,
    verified_out,
)
from onevisit.api.schemas.common import Id
from onevisit.api.schemas.drafts import DocumentMade
from onevisit.api.schemas.work import NothingIn
from onevisit.cases import actions, queries
from onevisit.cases.errors import NotFound
from onevisit.cases.presence_errors import NothingToSign
from onevisit.cases.values import CaseView
from onevisit.licences import queries as licences
from onevisit.licences.errors import LicenceNotFound
from onevisit.notices import queries as notices
from onevisit.notices.errors import NoticeNotFound
from onevisit.notices.values import NoticeView

router = Router()
TAG, READ, WRITE = "cases", "case:read", "case:write"
Number = Annotated[str, Path(max_length=80, description="办件编号")]


@operation(router, "GET", "/cases", scope=READ, answers={200: CaseLines}, tag=TAG)
def cases(request: ApiRequest, response: HttpResponse, after: After = "") -> CaseLines:
    """本程序提交的办件，后提交的在前"""
    found = queries.cases_of(request.auth.actor, before=after)
    if found.older:
        response["Link"] = f'</api/v1/cases?after={found.older}>; rel="next"'
    return CaseLines(items=[line_out(row) for row in found.rows], next=found.older)


@operation(router, "GET", "/cases/{number}", scope=READ, answers={200: CaseOut}, tag=TAG)
def track(request: ApiRequest, number: Number) -> CaseOut:
    """跟踪一件：各事项、期限、当事人、补正告知、证照、文书"""
    return _case(request, number)


@operation(
    router, "POST", "/cases/{number}/items/{item}/documents",
    scope=WRITE, answers={201: DocumentMade}, problems=(503,), tag=TAG,
)  # fmt: skip
def upload_missing(
    request: ApiRequest, number: Number, item: Path[Id], file: File[UploadedFile], key: Key
) -> HttpResponse:
    """为补正的一项上传文件；补正时再交出去"""

    def act() -> DocumentMade:
        by, now = request.auth.actor, timezone.now()
        return DocumentMade(id=actions.upload_missing(number, item, file.name or "", content, by=by, now=now))

    content = actions.contents(file)
    parts = (file.name or "").encode(), hashlib.sha256(content).digest()
    return in_steps(request, key, act, *parts, status=201)


@operation(router, "POST", "/cases/{number}/supplement", scope=WRITE, answers={200: CaseOut}, tag=TAG)
def supplement(request: ApiRequest, number: Number, given: SupplyIn, key: Key) -> HttpResponse:
    """补正：填写的和上传的一起交

    可以分几次交；哪个事项的都齐了，就先回到哪个部门。有一项不对就都不收，errors 里逐项说明。
    """

    def act() -> CaseOut:
        by, now = request.auth.actor, timezone.now()
        actions.supplement(number, as_typed(given.facts), given.documents, by=by, now=now)
        return _case(request, number)

    return at_once(request, key, act)


@operation(router, "POST", "/cases/{number}/withdrawal", scope=WRITE, answers={200: CaseOut}, tag=TAG)
def withdraw(request: ApiRequest, number: Number, given: NothingIn, key: Key) -> HttpResponse:
    """撤回还没有作出决定的全部事项"""

    def act() -> CaseOut:
        actions.withdraw(number, by=request.auth.actor, now=timezone.now())
        return _case(request, number)

    return at_once(request, key, act)


@operation(router, "POST", "/cases/{number}/signature", scope=WRITE, answers={200: CaseOut}, tag=TAG)
def sign(request: ApiRequest, number: Number, given: SignIn, key: Key) -> HttpResponse:
    """签字：程序所属的人代别的当事人（孩子、委托人）签的，一次签完

    谁怎么签、由谁代签，在申请里填。申请人自己的签字就是提交。别的当事人本人的签字，由他用自己的账号在页面上签。
    """

    def act() -> CaseOut:
        if not given.declared:
            raise NotDeclared()
        try:
            actions.sign(number, by=request.auth.actor, now=timezone.now())
        except NotFound:
            queries.reach(number, by=request.auth.actor)  # of his own case he is no other party: that is no secret
            raise NothingToSign() from None
        return _case(request, number)

    return at_once(request, key, act)


@operation(router, "POST", "/cases/{number}/rating", scope=WRITE, answers={200: CaseOut}, tag=TAG)
def rate(request: ApiRequest, number: Number, given: RatingIn, key: Key) -> HttpResponse:
    """评价（好差评）：申请人自己的评价，每件一次

    有了决定以后才能评。程序只转交申请人说的，不替他评。
    """

    def act() -> CaseOut:
        actions.rate(number, given.grade, given.words, by=request.auth.actor, now=timezone.now())
        return _case(request, number)

    return at_once(request, key, act)


@operation(
    router, "GET", "/cases/{number}/licences/{licence}",
    scope=READ, answers={200: None}, problems=(409,), tag=TAG, extra=PDF,
)  # fmt: skip
def licence_file(request: ApiRequest, number: Number, licence: Path[Id]) -> HttpResponse:
    """证照的电子文件（盖章的 PDF）

    刚颁发的几秒钟内还在生成，答复 409。
    """
    view = _view(request, number)
    if all(one.id != licence for one in view.licences):
        raise LicenceNotFound("licence", case=view.id, subject=view.person)
    return file_of(licences.document(licence), "application/pdf")


@operation(
    router, "GET", "/cases/{number}/notices/{notice}",
    scope=READ, answers={200: None}, problems=(409,), tag=TAG, extra=PDF,
)  # fmt: skip
def notice_file(request: ApiRequest, number: Number, notice: Path[Id]) -> HttpResponse:
    """文书的电子文件（盖章的 PDF）"""
    view = _view(request, number)
    if all(one.id != notice for one in _letters(view)):
        raise NoticeNotFound("notice", case=view.id, subject=view.person)
    return file_of(notices.document(notice), "application/pdf")


@operation(router, "GET", "/licences/{number}/verification", answers={200: Verified}, tag="public")
def verify(request: HttpRequest, number: Number) -> Verified:
    """查验证照：凭编号，任何人都可以

    自然人的姓名遮掩。没有这份证照的，status 是 unknown。
    """
    return verified_out(licences.public_of(number))


def _case(request: ApiRequest, number: str) -> CaseOut:
    view = _view(request, number)
    return case_out(view, _letters(view))


def _letters(view: CaseView) -> list[NoticeView]:
    """The case's letters to its applicant; what was written to other parties is theirs."""
    return [one for one in notices.of_case(view.id) if one.recipient == view.person]


def _view(request: ApiRequest, number: str) -> CaseView:
    return queries.case(number, by=request.auth.actor, now=timezone.now())
