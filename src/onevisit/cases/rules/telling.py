"""States, next actions and ledger events in words. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from onevisit.cases.rules.clock import Timed
from onevisit.cases.rules.letters import check_after, review_of
from onevisit.cases.rules.procedure import Setting, Standing
from onevisit.cases.rules.regimes import WORDS, contest_words, remedy_of
from onevisit.cases.values import Asked
from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import Regime, Service
from onevisit.core.china import day_of
from onevisit.core.law.articles import DELIVERY, cite, noted
from onevisit.core.law.procedure import Check, State
from onevisit.core.text import Text

_STATES = {
    State.WAITING: Text("等前一事项", "waiting for another"),
    State.RECEIVED: Text("已收件", "received"),
    State.ACCEPTED: Text("已受理", "accepted"),
    State.NOT_RECEIVED: Text("未收件", "not received"),
    State.NOT_ACCEPTED: Text("不予受理", "not accepted"),
    State.ACCEPTANCE_REVOKED: Text("已撤销受理", "acceptance revoked"),
    State.WITHDRAWN: Text("已撤回", "withdrawn"),
    State.ENDED: Text("已终止", "ended"),
    State.DELIVERED: Text("已送达", "delivered"),
}
REFUSED = "procedure.refused"
_MISSING = Text("待补正", "something is missing")
_SUPPLIED = Text("已补正", "supplied")
_PROVISIONAL = Text("已受理（容缺）", "accepted, something is still to come")
_EVENTS = {
    "case.submitted": Text("提交申请，各部门同时收件", "submitted; received by all agencies at once"),
    "case.correction_told": Text("一次告知需要补正的全部内容", "all that is missing was told in one notice"),
    "item.supplied": Text("补交一项", "one item was supplied"),
    "case.rated": Text("评价", "rated"),
    "procedure.received": Text("收件", "received"),
    "procedure.waiting": Text("登记，依法等前一事项办完", "registered; by law waits for another one"),
    "procedure.checked": Text("材料核对齐全", "papers are complete"),
    "procedure.checked_by_silence": Text("逾期未告知，视为齐全", "nothing was said in time: taken as complete"),
    "procedure.missing_reported": Text("提出需要补正的内容", "said what is missing"),
    "procedure.supplied": Text("补正完毕，交回核对", "all was supplied; checked again"),
    "procedure.accepted": Text("受理", "accepted"),
    "procedure.accepted_provisionally": Text("容缺受理", "accepted, something is still to come"),
    "procedure.completed": Text("容缺的材料补齐", "what was still to come has come"),
    "procedure.acceptance_revoked": Text("容缺的材料逾期没有补，撤销受理", "never completed: acceptance revoked"),
    "case.answer_corrected": Text("更正一项填写的内容", "an answer was put right"),
    "procedure.accepted_by_silence": Text("逾期未告知，视为受理", "nothing was said in time: accepted by law"),
    "procedure.not_accepted": Text("不予受理", "not accepted"),
    "procedure.lapsed": Text("逾期未补正，视为撤回", "not supplied in time: taken as withdrawn"),
    "procedure.withdrawn": Text("撤回申请", "withdrawn"),
    "procedure.ended": Text("有当事人去世，终止办理", "ended, as a party has died"),
    "case.party_died": Text("记录当事人去世", "that a party has died was recorded"),
    "procedure.not_received": Text("前一事项没有办成，不再收件", "the one before failed: not received"),
    "procedure.attended": Text("当事人到场办了一步", "a step was done in person"),
    "bill.paid": Text("费用缴清", "the fees were paid"),
    "bill.refunded": Text("退款办成", "money was given back"),
    "procedure.signed": Text("当事人在网上签了一步", "a party signed a step online"),
    "procedure.granted": Text("准予", "granted"),
    "procedure.recorded": Text("备案", "recorded"),
    "procedure.registered": Text("记载于登记簿，登记完成", "recorded in the register"),
    "procedure.confirmed": Text("予以确认", "confirmed"),
    "procedure.awarded": Text("核定给付", "awarded"),
    "procedure.assessed": Text("依法核定办理", "assessed"),
    "procedure.served": Text("办结", "done"),
    "procedure.delivered": Text("送达", "delivered"),
    "entry.erased": Text("依法删除一条记录的内容", "the content of an entry was erased by law"),
    "business.founded": Text("公司成立，统一社会信用代码", "the company is founded, credit code"),
    "licence.issued": Text("颁发证照", "licence issued"),
    "licence.handed_over": Text("领走证照", "licence handed over"),
    "licence.revoked": Text("撤销证照", "licence revoked"),
}
_ASKED = {
    Asked.HIMSELF: Text("本人到窗口提出", "asked for at the window in person"),
    Asked.LETTER: Text("本人来信提出", "asked for by letter"),
    Asked.MANDATARY: Text("受托人提出", "asked for by mandate"),
}
ERASED = Text("内容已删除", "its content was erased")  # whether by law, `entry.erased` says


def state_words(of: Standing) -> Text:
    """The state in words; of an open one also what the check says."""
    if of.state in (State.RECEIVED, State.WAITING) and of.check is Check.MISSING:
        return _MISSING
    if of.state is State.RECEIVED and of.check is Check.SUPPLIED:
        return _SUPPLIED
    if of.state is State.ACCEPTED and of.check is Check.PROVISIONAL:
        return _PROVISIONAL
    if of.state is State.GRANTED:
        return WORDS[of.regime].state
    return refusal_words(of.regime) if of.state is State.REFUSED else _STATES[of.state]


def refusal_words(regime: Regime) -> Text:
    """What a refusal is called: only a licence is 许可 (行政许可法 38); a registrar refuses to register."""
    return WORDS[regime].refusal


def next_action(timed: Timed, agency: Text, setting: Setting) -> Text:
    """What happens next, and who does it: every clock has an owner and a next action."""
    of = timed.standing
    if of.silent(setting.today, told=timed.correction_due is not None):
        return Text("过了核对期限没有告知，依法视为受理", "nothing was said in time: accepted by law")
    if of.lacks:
        if timed.correction_due is None:
            return Text("等各部门都核对完，一次告知申请人", "the applicant is told once all agencies have checked")
        return _until(timed.correction_due, "申请人补正", "the applicant supplies")
    if of.unchecked and of.check_due is not None:
        return _until(of.check_due, f"{agency.zh}核对材料", f"{agency.of('en')} checks the papers")
    if of.state is State.WAITING:
        names = Text.row(timed.waits)
        return Text(f"等“{names.zh}”办完", f"waits until “{names.en}” is done")
    if of.check is Check.PROVISIONAL and of.state is State.ACCEPTED:
        return Text("等申请人补上容缺的材料，补齐前不能准予", "the applicant supplies what is still to come")
    if of.state is State.ACCEPTED and timed.due is not None:
        return _until(timed.due, f"{agency.zh}审查决定", f"{agency.of('en')} decides")
    if of.state in (State.GRANTED, State.DELIVERED) and of.on_promise:
        return check_after(setting.services[of.service], setting)
    if of.state is State.GRANTED and of.regime is Regime.LICENCE and timed.decided_at is not None:
        day = setting.calendar.last_day(day_of(timed.decided_at), DELIVERY)
        zh, en = "证照可以查看、下载；要纸质的，", "the licence can be read and downloaded; on paper it is handed out"
        return _until(day, zh + "颁发送达", en)
    if of.state is State.GRANTED:
        return Text("证照可以查看、下载", "the licence can be read and downloaded")
    if of.state in (State.REFUSED, State.NOT_ACCEPTED, State.ACCEPTANCE_REVOKED, State.ENDED):
        remedy = remedy_of(setting.event, of.regime, of.agency)
        return contest_words(remedy, review_of(setting.event, of.agency))
    return Text("没有下一步", "nothing more")


def _until(day: date, zh: str, en: str) -> Text:
    words = Text.day(day)
    return Text(f"{zh}，最迟{words.zh}", f"{en}, by {words.en}")


def body_of(body: str | None) -> Mapping[str, Any]:
    """The body of an entry, {} when it was erased."""
    found = orjson.loads(body) if body else {}
    return found if isinstance(found, dict) else {}


def event_words(kind: str, body: Mapping[str, Any], services: Mapping[str, Service]) -> Text:
    """An entry in words; `services`: by procedure number."""
    service = services.get(str(body.get("procedure", "")))
    what = _EVENTS.get(kind, Text(kind))
    if kind == REFUSED:
        what = refusal_words(service.regime) if service else Text("不予准许", "refused")
    if not body:
        return Text(f"{what.zh}（{ERASED.zh}）", f"{what.of('en')} ({ERASED.en})")
    name = service.name if service else None
    data = body.get("data") or {}
    number = str(data.get("number", "")) if kind.startswith(("licence.", "business.")) else ""
    asked = _asked(data)
    zh = "".join(filter(None, [f"{name.zh}：" if name else "", what.zh, f" {number}" if number else "", asked.zh]))
    en = "".join(
        filter(None, [f"{name.of('en')}: " if name else "", what.of("en"), f" {number}" if number else "", asked.en])
    )
    return Text(zh, en)


def _asked(data: Mapping[str, Any]) -> Text:
    """Who asked a clerk for it, in brackets; empty where that was no question."""
    words, who = _ASKED.get(data.get("asked", "")), str(data.get("mandatary", ""))
    if words is None:
        return Text("")
    return Text(f"（{words.zh}{f'：{who}' if who else ''}）", f" ({words.of('en')}{f': {who}' if who else ''})")


def basis_words(body: Mapping[str, Any]) -> Text:
    """The articles that an entry names, in one line."""
    found: list[Text] = []
    for one in body.get("basis") or ():
        if one.get("law"):
            found.append(Text(cite(Basis(Mark.READ, one["law"], one["article"]))))
        elif one.get("note"):
            found.append(noted(str(one["note"])))
    return Text.row(found)
