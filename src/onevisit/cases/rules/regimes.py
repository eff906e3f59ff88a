"""What acts of each regime are called, on pages and in notices, and how they may be contested. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from onevisit.core.catalogue import LifeEvent, Regime
from onevisit.core.text import Text
from onevisit.core.text import gettext_noop as _


class Remedy(StrEnum):
    """How somebody may contest an act."""

    GENERAL = "general"  # 行政复议 or a suit (行政复议法 20; 行政诉讼法 44, 46)
    TAX = "tax"  # a dispute over tax: pay or secure first, then 行政复议, then a suit (税收征收管理法 88)
    SERVICE = "service"  # no act of an administration: a complaint (浙江规定 42, 47)


NOT_DONE = Text("不予办理", "refused")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one regime; titles and sentences as its notices print them."""

    granted: str  # title of what grants
    done: str  # sentence of it
    state: Text  # what the procedure then is
    refused: str = ""  # title of what refuses; "" where the law knows no refusal
    refusal: Text = NOT_DONE
    came: str = "受理"  # 受理 or 收到


WORDS = {
    Regime.LICENCE: Words(
        _("准予行政许可决定书"),
        _("您的申请符合法定条件、标准，现决定准予行政许可。"),
        Text("已准予", "granted"),
        _("不予行政许可决定书"),
        Text("不予许可", "refused"),
    ),
    Regime.REGISTRATION: Words(
        _("准予登记决定书"),
        _("您的申请符合法定条件、标准，现决定准予登记。"),
        Text("已准予", "granted"),
        _("不予登记决定书"),
        Text("不予登记", "registration refused"),
    ),
    Regime.REAL_ESTATE: Words(
        _("不动产登记完成通知书"),
        _("登记事项已经记载于不动产登记簿，登记完成。"),
        Text("已登记", "registered"),
        _("不予登记决定书"),
        Text("不予登记", "registration refused"),
    ),
    Regime.CONFIRMATION: Words(
        _("行政确认决定书"),
        _("您的申请符合法定条件，现决定予以确认。"),
        Text("已确认", "confirmed"),
        _("不予确认决定书"),
        Text("不予确认", "not confirmed"),
    ),
    Regime.BENEFIT: Words(
        _("行政给付决定书"),
        _("您的申请符合法定条件，现决定给付。"),
        Text("已核定给付", "awarded"),
        _("不予给付决定书"),
        Text("不予给付", "not awarded"),
    ),
    Regime.FILING: Words(
        _("备案通知书"),
        _("您报送的材料已经备案。备案是报送记录，不需要批准。"),
        Text("已备案", "recorded"),
        came="收到",
    ),
    Regime.TAX: Words(
        _("税务事项通知书"),
        _("本机关已经依照法律、行政法规的规定办理。"),
        Text("已核定办理", "assessed"),
        came="收到",
    ),
    Regime.PUBLIC_SERVICE: Words(
        _("办理结果通知书"), _("您申请的服务已经办结。"), Text("已办结", "done"), _("不予办理通知书")
    ),
}


def remedy_of(event: LifeEvent, regime: Regime, agency: str) -> Remedy:
    """How the agency's acts are contested.

    A public service of a body against which the catalogue names no 行政复议 (a utility, a bank) is no act of an
    administration.
    """
    if regime is Regime.TAX:
        return Remedy.TAX
    reviewed = any(one.key == agency and one.review for one in event.agencies)
    return Remedy.SERVICE if regime is Regime.PUBLIC_SERVICE and not reviewed else Remedy.GENERAL


def contest_words(remedy: Remedy, body: Text | None) -> Text:
    """In one sentence what is open to whom an act does not suit; `body`: who hears 行政复议."""
    where = Text(f"向{body.zh}", f" by {body.of('en')}") if body else Text("", "")
    if remedy is Remedy.SERVICE:
        return Text("不服可以向政务咨询投诉举报平台投诉", "a complaint is open to the applicant")
    if remedy is Remedy.TAX:
        return Text(
            f"有纳税争议的，先缴税或者提供担保，再{where.zh}申请行政复议，然后可以起诉；不服其他决定，可以申请行政复议或者起诉",
            f"in a dispute over tax pay or give security first, then reconsideration{where.en}, then a suit; "
            "against other decisions reconsideration or a suit",
        )
    return Text(
        f"不服可以{where.zh}申请行政复议，或者提起诉讼",
        f"reconsideration{where.en} or a suit is open to the applicant",
    )
