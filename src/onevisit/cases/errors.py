"""What the cases room refuses, and the sentence for each."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from onevisit.core.errors import Refusal
from onevisit.core.text import Text
from onevisit.people.errors import NotYours


class NotFound(NotYours):
    """A draft, document or case of somebody else, or none at all; the look is logged."""


# --- drafts and submission


class AnswersRefused(Refusal):
    """Some answers cannot be read; the good ones are kept. `errors`: fact key -> the sentence beside its field."""

    code = "answers-refused"
    status = 422
    sentence: ClassVar[str] = "有 {count} 项需要改一下，其余的已经存好。"

    def __init__(self, errors: Mapping[str, Text]) -> None:
        """Keep the sentences for the page."""
        self.errors = dict(errors)
        super().__init__(count=len(errors))


class AlreadySubmitted(Refusal):
    """The draft has become a case; it is changed there."""

    code = "already-submitted"
    status = 409
    sentence: ClassVar[str] = "这件事已经提交，不能再改草稿。请到“我的办件”里看进度。"


class OnlyApplicants(Refusal):
    """An act for applicants, tried by staff."""

    code = "only-applicants"
    status = 403
    sentence: ClassVar[str] = "工作账号不能替自己申请。请换个人或企业账号登录。"


class NotYourHall(Refusal):
    """An act of the window, tried by somebody who is no clerk of that hall."""

    code = "not-your-hall"
    status = 403
    sentence: ClassVar[str] = "只有这个大厅的窗口工作人员可以这样做。请换窗口账号登录。"


class NotReady(Refusal):
    """Something is still missing. `missing`: a code and a sentence each, in the order of the pages."""

    code = "not-ready"
    status = 422
    sentence: ClassVar[str] = "还不能提交：{list}"

    def __init__(self, missing: tuple[tuple[str, Text], ...]) -> None:
        """Keep what is missing for the page."""
        self.missing = missing
        sentences = [text for _, text in missing]
        super().__init__(
            list=Text("；".join(one.zh for one in sentences), "; ".join(one.of("en") for one in sentences))
        )


class NotCheckedIn(Refusal):
    """A walk-in whose presence at the hall nobody recorded today."""

    code = "not-checked-in"
    status = 409
    sentence: ClassVar[str] = "还没有登记申请人今天到场。请先核对身份证，点“登记到场”，再提交。"


class NothingToSupply(Refusal):
    """The case's correction notice has no open item of that kind."""

    code = "nothing-to-supply"
    status = 409
    sentence: ClassVar[str] = "这件事没有等您补正的这一项。请刷新页面看最新的进度。"


class ItemsRefused(Refusal):
    """Some items cannot be taken; the good ones are in. `errors`: item -> the sentence beside it."""

    code = "items-refused"
    status = 422
    sentence: ClassVar[str] = "有 {count} 项没有收下，请改一下再交。收下的写着“已补”，不用再交。"

    def __init__(self, errors: Mapping[UUID, Text | str]) -> None:
        """Keep the sentences for the page."""
        self.errors = dict(errors)
        super().__init__(count=len(errors))


class NothingGiven(ItemsRefused):
    """A form for missing items that came back empty."""

    code = "nothing-given"
    sentence: ClassVar[str] = "还没有补任何一项。请至少补一项，再提交。"


class TooLateToWithdraw(Refusal):
    """A decision has been taken, so that the application cannot be withdrawn any more."""

    code = "too-late-to-withdraw"
    status = 409
    sentence: ClassVar[str] = "已经有部门作出决定，不能再撤回申请。要注销证照，请联系发证部门。"


class WhoAskedMissing(Refusal):
    """A withdrawal at the window without saying who wants it."""

    code = "who-asked-missing"
    status = 422
    sentence: ClassVar[str] = "请选是谁要撤回。撤回后不能恢复，记录里要写明。"


class NameOfMandataryMissing(Refusal):
    """A withdrawal by mandate without the name of who came."""

    code = "name-of-mandatary-missing"
    status = 422
    sentence: ClassVar[str] = "请填受托人的姓名，与他身份证和委托书上的一样。"


class NotYoursToRate(Refusal):
    """A rating by another party of the case: there is one, and it is the applicant's."""

    code = "not-yours-to-rate"
    status = 403
    sentence: ClassVar[str] = "一件事评价一次，由提交的人评。您有意见，可以打 12345。"


class NotYetToRate(Refusal):
    """Nothing has been decided yet, or the case has been rated."""

    code = "not-yet-to-rate"
    status = 409
    sentence: ClassVar[str] = "现在不能评价：要等至少一个部门办结，而且每件事只评一次。"


class BadGrade(Refusal):
    """A grade that is not one of the five, or words that are too long."""

    code = "bad-grade"
    status = 422
    sentence: ClassVar[str] = "请选一个等级（五级里选一级）；意见最多 500 字。"


class KeyMissing(Refusal):
    """A submission without its one-time key."""

    code = "key-missing"
    status = 422
    sentence: ClassVar[str] = "这一页放得太久了。请刷新页面，再提交一次。"


# --- names at the window


class NameNotOnRegister(Refusal):
    """A correction of a name on which something rests, to one that the register does not have."""

    code = "name-not-on-register"
    status = 409
    sentence: ClassVar[str] = (
        "人口库里这个号码不是这个姓名，而他在这里办过事或者有自己的账号，所以不能在窗口改。"
        "请再对照一遍身份证；证上确实是这个姓名的，请他先到派出所户籍窗口核对。"
    )


class RegisterSilent(Refusal):
    """The same while the register of names does not answer."""

    code = "register-silent"
    status = 409
    sentence: ClassVar[str] = (
        "他在这里办过事或者有自己的账号，改姓名要先到人口库核对，人口库现在没有回应。请过几分钟再试一次。"
    )


# --- procedures (accept, correct, decide)


class AlreadyDecided(Refusal):
    """Somebody was first: a procedure is decided once."""

    code = "already-decided"
    status = 409
    sentence: ClassVar[str] = "这个事项已由{name}于{when}作出决定，不会再决定一次。请刷新页面看结果。"


class NotAcceptedYet(Refusal):
    """A decision before acceptance."""

    code = "not-accepted-yet"
    status = 409
    sentence: ClassVar[str] = "这个事项还没有受理，不能决定。请先核对材料：齐全就点“受理”，缺了就告知补正。"


class WaitsForOutput(Refusal):
    """A grant whose needed output is not there yet."""

    code = "waits-for-output"
    status = 409
    sentence: ClassVar[str] = "要用到“{services}”的结果，现在还没有。那一项准予后这里会自动就绪，到时再决定。"


class OutputNeverComes(Refusal):
    """A grant whose needed output was refused."""

    code = "output-never-comes"
    status = 409
    sentence: ClassVar[str] = "要用到“{services}”的结果，但那一项没有办成。请按法定条件作出不予的决定，并写明理由。"


class LicenceLost(Refusal):
    """A grant that would rest on a licence which was revoked, or is not in force any more (行政许可法 69, 70)."""

    code = "licence-lost"
    status = 409
    sentence: ClassVar[str] = (
        "要用到的“{licences}”已被撤销或者失效，不能再作依据。请按法定条件作出不予的决定，并写明理由。"
    )


class ReasonsMissing(Refusal):
    """A refusal without reasons (行政许可法 38)."""

    code = "reasons-missing"
    status = 422
    sentence: ClassVar[str] = "请写明理由：对照哪一条、缺什么，让申请人看了知道怎么办。理由会写进决定书。"


class GroundMissing(Refusal):
    """A non-acceptance before anything was supplied, that names none of the law's two grounds (行政许可法 32(1))."""

    code = "ground-missing"
    status = 422
    sentence: ClassVar[str] = "请选不予受理的法定情形。材料缺了、不对的，不能不予受理，请用“告知补正”。"


class CompetentMissing(Refusal):
    """A non-acceptance for want of competence that does not say who is competent (行政许可法 32(1)(2))."""

    code = "competent-missing"
    status = 422
    sentence: ClassVar[str] = "不属于本机关职权的，请写明应当向哪个机关申请：写全名，最多 {most} 个字。"


class TooLong(Refusal):
    """More text than a notice takes."""

    code = "too-long"
    status = 422
    sentence: ClassVar[str] = "最多写 {most} 个字，请写得短一些。"


class NothingMissing(Refusal):
    """A report of missing things that names none."""

    code = "nothing-missing"
    status = 422
    sentence: ClassVar[str] = "请至少写一项缺什么、要怎么补。如果材料齐全，请点“受理”。"


class NotOfThisService(Refusal):
    """A missing thing that this procedure does not ask for (浙江规定 7: one set of papers)."""

    code = "not-of-this-service"
    status = 422
    sentence: ClassVar[str] = "“{item}”不是这个事项要的材料或信息。只能要求补办事指南里有的。"


class IdentityIsKnown(Refusal):
    """A correction of who the applicant is, or for which business he acts, which nobody types over once submitted."""

    code = "identity-is-known"
    status = 422
    sentence: ClassVar[str] = "“{item}”说的是谁在申请、证照发给谁，提交后不能要求另填。有疑问的，请要求补交证明材料。"


class FromGovernment(Refusal):
    """A demand for a licence that government issues in this case or has issued before."""

    code = "from-government"
    status = 422
    sentence: ClassVar[str] = "“{item}”是政府部门发的证照，由系统直接传给您，不能要求申请人交。"


class AlreadyTold(Refusal):
    """The case's one correction notice has gone out: a second one is unlawful (行政许可法 32)."""

    code = "already-told"
    status = 409
    sentence: ClassVar[str] = "补正通知已经发过，每件事只告知一次，不能再要求补正。请受理，或说明理由不予受理。"


class StillAwaited(Refusal):
    """A decision about acceptance while the applicant's time to supply runs."""

    code = "still-awaited"
    status = 409
    sentence: ClassVar[str] = "正在等申请人补正，期限没有到。补齐后会回到您的待核对列表。"


class NothingToDeliver(Refusal):
    """A hand-over of something that is not there or was handed over."""

    code = "nothing-to-deliver"
    status = 409
    sentence: ClassVar[str] = "没有等着发放的这份证照，可能已经发过。请刷新页面看最新的情况。"


class NotRevocable(Refusal):
    """A revocation of what no law that was read lets its agency revoke."""

    code = "not-revocable"
    status = 409
    sentence: ClassVar[str] = "这类证照依据的法规没有写可以撤销的情形，不能在这里撤销。请先请法制机构确认依据。"


class OtherAct(Refusal):
    """A one-time key that was used for another act."""

    code = "other-act"
    status = 409
    sentence: ClassVar[str] = "这一页已经用过了。请刷新页面，看最新的状态再办理。"


class OnlyOfficers(Refusal):
    """An act of an agency, tried by somebody else."""

    code = "only-officers"
    status = 403
    sentence: ClassVar[str] = "只有承办机关的工作人员可以这样做。请换部门账号登录。"


class AcceptedBySilence(Refusal):
    """A word about completeness after the last day: the law has accepted already (行政许可法 32)."""

    code = "accepted-by-silence"
    status = 409
    sentence: ClassVar[str] = "核对材料的五个工作日已过，没有告知补正，依法自收到之日起即为受理。请刷新页面。"


class NoSuchCase(Refusal):
    """A number under which there is no case, and no checkpoint ever saw one."""

    code = "no-such-case"
    status = 404
    sentence: ClassVar[str] = "没有编号为 {number} 的办件，检查点里也从未有过。请核对编号。"
