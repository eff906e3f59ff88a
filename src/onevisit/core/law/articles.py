"""The articles that the procedures' tables cite; each was opened before it was written here."""

from onevisit.core.catalogue import Basis, Mark, Period, Unit
from onevisit.core.text import Text

LICENSING = "行政许可法"
ZHEJIANG = "浙江省保障“最多跑一次”改革规定"


def _read(law: str, article: str, zh: str, en: str = "") -> Basis:
    return Basis(Mark.READ, law, article, Text(zh, en))


TOLD_IN_FIVE_DAYS = _read(LICENSING, "32(1)(4)", "五日内一次告知全部补正内容；逾期不告知，自收到材料之日起即为受理")
MUST_ACCEPT = _read(LICENSING, "32(1)(5)", "材料齐全或者已全部补正的，应当受理")
NOT_NEEDED = _read(
    LICENSING, "32(1)(1)", "申请事项依法不需要取得行政许可的，告知不受理", "no licence is needed for this"
)
NOT_COMPETENT = _read(
    LICENSING,
    "32(1)(2)",
    "申请事项不属于本机关职权范围的，不予受理，并告知向哪个机关申请",
    "another body is competent, which is named",
)
GRANT = _read(LICENSING, "38(1)", "符合法定条件、标准的，作出准予的书面决定")
REFUSE = _read(LICENSING, "38(2)", "不予许可的，说明理由，告知复议、诉讼的权利")
DELIVER = _read(LICENSING, "44", "决定之日起十日内颁发、送达证件")
WORKING_DAYS = _read(LICENSING, "82", "期限以工作日计算，不含法定节假日")

ALL_AT_ONCE = _read(ZHEJIANG, "5(3)", "统一收件后视为所有行政机关同时收件")
ONE_AFTER_ANOTHER = _read(ZHEJIANG, "5(3)", "依次办理的，后一机关收到前一机关办理完毕的书面告知视为收件或者受理")
ACCEPTED = _read(ZHEJIANG, "11(1)", "材料齐全、符合法定形式的，出具受理凭证")
TOLD_AT_ONCE = _read(ZHEJIANG, "11(3)", "材料不齐全的，一次性告知需要补正的内容和期限")
ENTRUSTED = _read(ZHEJIANG, "5(2)", "综合行政服务机构受行政机关委托，统一负责办事事项的受理")
ALL_ACCEPTED = _read(ZHEJIANG, "5(3)", "统一受理后视为所有行政机关同时受理")
PROVISIONALLY = _read(
    ZHEJIANG, "11(2)", "主要材料具备、仅容缺材料欠缺的，可以先予受理，并当场一次性告知要补的内容和期限"
)
NEVER_COMPLETED = _read(ZHEJIANG, "11(2)", "容缺受理的，逾期未补正、更正的，撤销受理并书面说明理由")
TAKEN_AS_WITHDRAWN = _read(ZHEJIANG, "11(3)", "逾期未补正的，视为撤回申请")
STILL_WRONG = _read(ZHEJIANG, "11(3)", "补正后仍不符合要求的，不予受理并书面说明理由")
PROMISE_COUNTS = _read(ZHEJIANG, "12(1)", "承诺期限少于法定期限的，按承诺期限办结")
IN_WRITING = _read(ZHEJIANG, "13", "材料齐全、符合法定形式的，审查确认并作出书面决定")
ON_PROMISE = _read(ZHEJIANG, "14(2)", "决定后六十个工作日内或者省级部门确定的期限内检查验收")
FIRE_ON_PROMISE = _read("消防法", "15(2)", "对作出承诺的公众聚集场所及时核查")

NOT_REGISTER = _read("市场主体登记管理条例", "20", "不予登记并说明理由")

OUR_PROMISE = Basis(Mark.ASSUMED, note=Text("本平台的承诺，比法律更严：所有事项提交时一并核对，五个工作日内只告知一次"))
SILENCE_LIKEWISE = Basis(Mark.ASSUMED, note=Text("法律没有规定；本平台比照行政许可法32：五个工作日不告知即视为齐全"))
FILED_ON_RECEIPT = Basis(Mark.ASSUMED, note=Text("备案材料齐全，收到即为备案；由有关机关记录"))
OWN_WISH = Basis(Mark.ASSUMED, note=Text("法律没有禁止；决定作出前，申请人可以撤回申请"))
WINDOW_ASSUMED = Basis(Mark.ASSUMED, note=Text("没有查到委托受理的范围；除目录另有说明外，假定各部门都委托窗口受理"))
PREDECESSOR_FAILED = Basis(Mark.ASSUMED, note=Text("前一事项没有办成，没有办理完毕的书面告知，所以不收件"))

CHECK = Period(5, Unit.WORKING_DAY, TOLD_IN_FIVE_DAYS)  # to say what is missing
CORRECTION = Period(10, Unit.WORKING_DAY, Basis(Mark.ASSUMED, note=Text("补正期限由机关定（浙江规定11），这里暂定")))
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
