"""The articles that the procedures' tables cite; each was opened before it was written here."""

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.text import Text

LICENSING = "行政许可法"
ZHEJIANG = "浙江省保障“最多跑一次”改革规定"
ESTATE = "不动产登记暂行条例"
TAXES = "税收征收管理法"


_NOTES: dict[str, Text] = {}


def _read(law: str, article: str, zh: str, en: str) -> Basis:
    return Basis(Mark.READ, law, article, Text(zh, en))


def _assumed(zh: str, en: str) -> Basis:
    _NOTES[zh] = Text(zh, en)
    return Basis(Mark.ASSUMED, note=_NOTES[zh])


def noted(zh: str) -> Text:
    """A note as a ledger entry keeps it, with its English where it is one of ours."""
    return _NOTES.get(zh, Text(zh))


TOLD_IN_FIVE_DAYS = _read(
    LICENSING,
    "32(1)(4)",
    "五日内一次告知全部补正内容；逾期不告知，自收到材料之日起即为受理",
    "all that is missing is told once within five days; untold in time, it is accepted since it was received",
)
MUST_ACCEPT = _read(
    LICENSING,
    "32(1)(5)",
    "材料齐全或者已全部补正的，应当受理",
    "what is complete, or has all been supplied, is to be accepted",
)
NOT_NEEDED = _read(
    LICENSING, "32(1)(1)", "申请事项依法不需要取得行政许可的，告知不受理", "no licence is needed for this"
)
NOT_COMPETENT = _read(
    LICENSING,
    "32(1)(2)",
    "申请事项不属于本机关职权范围的，不予受理，并告知向哪个机关申请",
    "another body is competent, which is named",
)
GRANT = _read(
    LICENSING,
    "38(1)",
    "符合法定条件、标准的，作出准予的书面决定",
    "what fulfils the legal conditions and standards is granted in writing",
)
REFUSE = _read(
    LICENSING,
    "38(2)",
    "不予许可的，说明理由，告知复议、诉讼的权利",
    "a refusal gives its reasons and tells of reconsideration and suit",
)
DELIVER = _read(
    LICENSING,
    "44",
    "决定之日起十日内颁发、送达证件",
    "the licence is issued and delivered within ten days of the decision",
)
WORKING_DAYS = _read(
    LICENSING, "82", "期限以工作日计算，不含法定节假日", "days are working days, without public holidays"
)

ALL_AT_ONCE = _read(
    ZHEJIANG, "5(3)", "统一收件后视为所有行政机关同时收件", "received by one means received by all agencies at once"
)
ONE_AFTER_ANOTHER = _read(
    ZHEJIANG,
    "5(3)",
    "依次办理的，后一机关收到前一机关办理完毕的书面告知视为收件或者受理",
    "in a sequence, the next agency receives it with the written notice that the one before is done",
)
ACCEPTED = _read(
    ZHEJIANG,
    "11(1)",
    "材料齐全、符合法定形式的，出具受理凭证",
    "for complete papers in legal form a proof of acceptance is given",
)
TOLD_AT_ONCE = _read(
    ZHEJIANG,
    "11(3)",
    "材料不齐全的，一次性告知需要补正的内容和期限",
    "all that is missing, and until when to supply it, is told once",
)
ENTRUSTED = _read(
    ZHEJIANG,
    "5(2)",
    "综合行政服务机构受行政机关委托，统一负责办事事项的受理",
    "the service centre accepts for the agencies that entrust it with that",
)
ALL_ACCEPTED = _read(
    ZHEJIANG, "5(3)", "统一受理后视为所有行政机关同时受理", "accepted by one means accepted by all agencies at once"
)
PROVISIONALLY = _read(
    ZHEJIANG,
    "11(2)",
    "主要材料具备、仅容缺材料欠缺的，可以先予受理，并当场一次性告知要补的内容和期限",
    "with the main papers there, it may be accepted first; what is to come, and until when, is told at once",
)
NEVER_COMPLETED = _read(
    ZHEJIANG,
    "11(2)",
    "容缺受理的，逾期未补正、更正的，撤销受理并书面说明理由",
    "accepted first and never completed in time: the acceptance is revoked, with reasons in writing",
)
TAKEN_AS_WITHDRAWN = _read(
    ZHEJIANG, "11(3)", "逾期未补正的，视为撤回申请", "what is not supplied in time counts as withdrawn"
)
STILL_WRONG = _read(
    ZHEJIANG,
    "11(3)",
    "补正后仍不符合要求的，不予受理并书面说明理由",
    "what is still wrong afterwards is not accepted, with reasons in writing",
)
PROMISE_COUNTS = _read(
    ZHEJIANG,
    "12(1)",
    "承诺期限少于法定期限的，按承诺期限办结",
    "where the promised time is shorter than the legal one, it counts",
)
IN_WRITING = _read(
    ZHEJIANG,
    "13",
    "材料齐全、符合法定形式的，审查确认并作出书面决定",
    "complete papers in legal form are examined and decided in writing",
)
ON_PROMISE = _read(
    ZHEJIANG,
    "14(2)",
    "决定后六十个工作日内或者省级部门确定的期限内检查验收",
    "checked within sixty working days of the decision, or the time set by the provincial department",
)
FIRE_ON_PROMISE = _read(
    "消防法",
    "15(2)",
    "对作出承诺的公众聚集场所及时核查",
    "places for the public that made the promise are checked soon",
)

NOT_REGISTER = _read("市场主体登记管理条例", "20", "不予登记并说明理由", "registration is refused with reasons")

ESTATE_ACCEPTED = _read(
    ESTATE,
    "17(1)(1)",
    "材料齐全、符合法定形式，或者已全部补正的，应当受理并书面告知",
    "what is complete and in legal form, or has all been supplied, is accepted, in writing",
)
ESTATE_TOLD = _read(
    ESTATE,
    "17(1)(3)",
    "材料不齐全或者不符合法定形式的，当场书面告知不予受理，并一次性告知需要补正的全部内容",
    "what is incomplete is not accepted, in writing and on the spot, and all that is missing is told once",
)
ESTATE_ELSEWHERE = _read(
    ESTATE,
    "17(1)(4)",
    "不属于本机构登记范围的，当场书面告知不予受理，并告知向有登记权的机构申请",
    "another registry is competent, which is named",
)
ESTATE_SILENCE = _read(
    ESTATE, "17(2)", "未当场书面告知不予受理的，视为受理", "what is not declined in writing on the spot is accepted"
)
ESTATE_WITHDRAWN = _read(
    ESTATE,
    "15(2)",
    "记载于不动产登记簿前，申请人可以撤回登记申请",
    "until it is written into the register the applicants may withdraw",
)
ESTATE_JOINT = _read(
    ESTATE, "14(1)", "因买卖等申请登记的，由当事人双方共同申请", "after a sale and the like both sides apply jointly"
)
ESTATE_UNLAWFUL = _read(
    ESTATE,
    "22(1)(1)",
    "登记申请违反法律、行政法规规定的，应当不予登记，并书面告知申请人",
    "what would go against a law or regulation is not registered, and the applicants are told in writing",
)
ESTATE_EXAMINED = _read(
    ESTATE, "18", "受理后对申请登记的不动产进行查验", "after acceptance what is to be registered is examined"
)
ESTATE_RECORDED = _read(
    ESTATE, "21(1)", "登记事项自记载于不动产登记簿时完成登记", "it is registered when it is written into the register"
)
ESTATE_CERTIFICATE = _read(
    ESTATE,
    "21(2)",
    "完成登记，依法向申请人核发不动产权属证书或者登记证明",
    "once registered, the certificate is issued to the applicants",
)
ESTATE_REFUSED = _read(ESTATE, "22", "不予登记的，书面告知申请人", "a refusal to register is told in writing")

NO_CAPACITY = _read(
    "民法典", "13", "自然人的民事权利能力到死亡时止", "a natural person has rights and duties until he dies"
)

COVERED = _read(
    ZHEJIANG,
    "2(1)",
    "行政许可、行政确认、行政给付和其他办事服务，适用本规定",
    "these provisions cover licences, confirmations, benefits and other services",
)
UTILITIES_LIKEWISE = _read(
    ZHEJIANG,
    "47(1)",
    "公用企业事业单位提供公共服务，参照适用本规定",
    "they apply likewise to the public services of utilities",
)
STATIONED_LIKEWISE = _read(
    ZHEJIANG,
    "47(2)",
    "驻浙江的部属行政机关，参照适用本规定",
    "they apply likewise to the ministries' own bodies in Zhejiang",
)
NOT_WITHOUT_REASON = _read(
    ZHEJIANG, "12(2)", "无正当理由不得拒绝办事服务", "no service is refused without a good reason"
)

DECLARED = _read(
    TAXES, "25(1)", "纳税人依照规定的期限、内容如实办理纳税申报", "taxpayers declare truthfully and in time"
)
ASSESSED = _read(
    TAXES,
    "28(1)",
    "依照法律、行政法规的规定征收税款，不得违反规定开征、停征、多征、少征",
    "taxes are levied as the law says, no more and no less",
)
TAX_RECEIPT = _read(
    TAXES, "34", "征收税款时，必须给纳税人开具完税凭证", "who pays a tax is given a certificate of payment"
)

OUR_PROMISE = _assumed(
    "本平台的承诺，比法律更严：所有事项提交时一并核对，五个工作日内只告知一次",
    "a promise of this platform, stricter than the law: all services are checked at submission, "
    "and what is missing is told once, within five working days",
)
SILENCE_LIKEWISE = _assumed(
    "法律没有规定；本平台比照行政许可法32：五个工作日不告知即视为齐全",
    "not in the law; as in article 32 of the Administrative Licensing Law: untold for five working days, "
    "it counts as complete",
)
FILED_ON_RECEIPT = _assumed(
    "备案材料齐全，收到即为备案；由有关机关记录", "a complete filing is filed on receipt; the agency records it"
)
REASONS_LIKEWISE = _assumed(
    "法律没有规定；比照行政许可法38：不予办理的，说明理由，告知救济途径",
    "not in the law; as in article 38 of the Administrative Licensing Law: a refusal gives reasons and remedies",
)
SAME_DAY_IS_AT_ONCE = Basis(
    Mark.ASSUMED,
    ESTATE,
    "17(2)",
    Text(
        "网上和综合窗口收的申请，当天告知算当场；当天没有书面告知不予受理的，视为受理",
        "of what comes online or by the window, the same day counts as on the spot: untold that day, it is accepted",
    ),
)
OWN_WISH = _assumed(
    "法律没有禁止；决定作出前，申请人可以撤回申请", "no law forbids it: until the decision the applicant may withdraw"
)
ENDED_BY_DEATH = _assumed(
    "没有条文写明申请人死亡时程序怎样结束；假定机关查明后终止办理，书面说明理由，告知救济途径",
    "no article says how a procedure ends when an applicant dies; assumed: the agency ends it, in writing, "
    "with reasons and remedies",
)
WINDOW_ASSUMED = _assumed(
    "没有查到委托受理的范围；除目录另有说明外，假定各部门都委托窗口受理",
    "the extent of the mandate was not found: unless the catalogue says otherwise, every agency is assumed to give it",
)
PREDECESSOR_FAILED = _assumed(
    "前一事项没有办成，没有办理完毕的书面告知，所以不收件",
    "the one before failed, so there is no notice with which this would be received",
)

CHECK = Period(5, Unit.WORKING_DAY, TOLD_IN_FIVE_DAYS)  # to say what is missing
AT_ONCE = Period(0, Unit.WORKING_DAY, SAME_DAY_IS_AT_ONCE)  # the same, of a real-estate registry
CORRECTION = Period(
    10,
    Unit.WORKING_DAY,
    _assumed(
        "补正期限由机关定（浙江规定11），这里暂定",
        "the agency sets the time (Zhejiang Provisions 11); provisional here",
    ),
)
DELIVERY = Period(10, Unit.WORKING_DAY, DELIVER)

_DIGITS = "零一二三四五六七八九"
_PARTS = ("条", "款", "项")


def in_han(number: int) -> str:
    """A number from 1 to 999 as articles are counted in Chinese."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def cite(basis: Basis) -> str:
    """A basis as a notice cites it, e.g. 《行政许可法》第三十二条第一款第四项; what has no article says what it is."""
    if not basis.law:
        return basis.note.zh if basis.note else ""
    title = f"《{basis.law}》"
    numbers = basis.article.replace("(", " ").replace(")", " ").split()
    if not numbers or len(numbers) > len(_PARTS) or not all(number.isdigit() for number in numbers):
        return title + (f"第{basis.article}条" if basis.article else "")
    return title + "".join(f"第{in_han(int(n))}{part}" for n, part in zip(numbers, _PARTS, strict=False))


def cite_all(bases: tuple[Basis, ...]) -> str:
    """Several bases in one line, each once."""
    return "、".join(dict.fromkeys(filter(None, map(cite, bases))))
