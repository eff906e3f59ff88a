"""Pure rules of licences: validity, number, status, and the laws' grounds for revocation."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from stdnum.cn import uscc
from stdnum.iso7064 import mod_37_36

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.text import gettext_noop as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read aloud without doubt
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
REASON = "电子证照 "  # begins the signature's reason; the number follows


class Status(StrEnum):
    """What anybody may know of a licence."""

    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


UNCHECKED = "unchecked"  # of a file: no register was at hand to ask
STATUS_WORDS: dict[str, str] = {
    Status.VALID: _("有效"),
    Status.REVOKED: _("已撤销"),
    Status.EXPIRED: _("已过有效期"),
    Status.UNKNOWN: _("登记簿里没有"),
    UNCHECKED: _("没有查"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One case in which the law lets (or makes) the agency revoke."""

    code: str
    article: str  # as the decision cites it
    basis: Basis  # as a ledger entry names it
    words: str  # the law's
    must: bool  # 应当; else 可以
    effect: str  # what the law says follows for the holder


@dataclass(frozen=True, slots=True)
class RevocationLaw:
    """The law by which one kind of licence is revoked."""

    name: str
    act: str  # what is revoked, as the decision's title says
    asked: str  # on whose request
    unless: str  # when it is not done
    after: str  # what follows for the certificate
    grounds: tuple[Ground, ...]


def _ground(code: str, law: str, number: str, where: str, words: str, must: bool, effect: str) -> Ground:
    return Ground(code, f"《中华人民共和国{law}》{where}", Basis(Mark.READ, law, number), words, must, effect)


_MUST = _("依照本条第二款的规定撤销行政许可的，被许可人基于行政许可取得的利益不受保护。")
_MAY = _("依照本条第一款的规定撤销行政许可，被许可人的合法权益受到损害的，行政机关应当依法给予赔偿。")
_ITEMS = (  # of 行政许可法 69(1)
    ("一", _("行政机关工作人员滥用职权、玩忽职守作出准予行政许可决定的")),
    ("二", _("超越法定职权作出准予行政许可决定的")),
    ("三", _("违反法定程序作出准予行政许可决定的")),
    ("四", _("对不具备申请资格或者不符合法定条件的申请人准予行政许可的")),
    ("五", _("依法可以撤销行政许可的其他情形")),
)
LICENSING = RevocationLaw(
    name=_("行政许可法第六十九条"),
    act=_("行政许可"),
    asked=_("利害关系人可以请求撤销，机关也可以依据职权撤销（行政许可法第六十九条第一款）。"),
    unless=_("可能对公共利益造成重大损害的，不予撤销（行政许可法第六十九条第三款）。"),
    after=_("本机关将依照《中华人民共和国行政许可法》第七十条第四项办理注销手续。"),
    grounds=(
        *(
            _ground(f"69-1-{n}", "行政许可法", f"69(1)({n})", f"第六十九条第一款第{han}项", words, False, _MAY)
            for n, (han, words) in enumerate(_ITEMS, start=1)
        ),
        _ground(
            "69-2",
            "行政许可法",
            "69(2)",
            "第六十九条第二款",
            _("被许可人以欺骗、贿赂等不正当手段取得行政许可的，应当予以撤销"),
            True,
            _MUST,
        ),
    ),
)
_BARRED = _(
    "因虚假市场主体登记被撤销的市场主体，其直接责任人自市场主体登记被撤销之日起3年内不得再次申请市场主体登记（本条第三款）。"
)
MARKET_ENTITIES = RevocationLaw(  # 市场主体登记管理条例 40, 41, 37(3); 实施细则 50, 56
    name=_("市场主体登记管理条例第四十条"),
    act=_("市场主体登记"),
    asked=_(
        "受虚假市场主体登记影响的自然人、法人和其他组织可以向登记机关申请撤销（市场主体登记管理条例第四十条第一款）；登记机关也可以依职权主动调查（实施细则第五十条）。"
    ),
    unless=_(
        "撤销可能对社会公共利益造成重大损害，或者撤销后无法恢复到登记前的状态的，可以不予撤销（市场主体登记管理条例第四十一条）。"
    ),
    after=_(
        "您应当依照《中华人民共和国市场主体登记管理条例》第三十七条第三款缴回营业执照；"
        "本机关将依照《中华人民共和国市场主体登记管理条例实施细则》第五十六条通过国家企业信用信息公示系统向社会公示。"
    ),
    grounds=(
        _ground(
            "40-2",
            "市场主体登记管理条例",
            "40(2)",
            "第四十条第二款",
            _(
                "提交虚假材料或者采取其他欺诈手段隐瞒重要事实取得市场主体登记，经调查认定存在虚假市场主体登记情形的，应当撤销市场主体登记"
            ),
            True,
            _BARRED,
        ),
        _ground(
            "40-2-notice",
            "市场主体登记管理条例",
            "40(2)",
            "第四十条第二款",
            _(
                "相关市场主体和人员无法联系或者拒不配合，登记机关通过国家企业信用信息公示系统公示45日，相关市场主体及其利害关系人在公示期内没有提出异议的，可以撤销市场主体登记"
            ),
            False,
            _BARRED,
        ),
    ),
)
GROUNDS: dict[str, Ground] = {ground.code: ground for law in (LICENSING, MARKET_ENTITIES) for ground in law.grounds}


def last_day(issued: date, validity: Period | None) -> date | None:
    """The last day of validity: five years from 2026-12-16 end with 2031-12-15. None = without end.

    Raises ValueError for working days: no licence is valid for working days.
    """
    if validity is None:
        return None
    if validity.unit is Unit.DAY:
        return issued + timedelta(days=validity.amount - 1)
    if validity.unit is Unit.WORKING_DAY:
        raise ValueError("a licence's validity is in days, months or years")
    months = validity.amount * (12 if validity.unit is Unit.YEAR else 1)
    year, month = divmod(issued.year * 12 + issued.month - 1 + months, 12)
    days = calendar.monthrange(year, month + 1)[1]
    if issued.day > days:  # from 31 January for a month: to the last of February
        return date(year, month + 1, days)
    return date(year, month + 1, issued.day) - timedelta(days=1)


def licence_number(region: str, issued: date, randomness: bytes) -> str:
    """A plainly demonstrational number: region, year, 50 random bits, and a check character (ISO 7064 MOD 37,36).

    Real numbers begin with the agency's official code, which nobody has given us.
    """
    tail = spelled(randomness)
    check = mod_37_36.calc_check_digit(f"{region}{issued.year}{tail}")
    return f"示范{region}-{issued.year}-{tail[:5]}-{tail[5:]}-{check}"


def credit_code(region: str, randomness: bytes) -> str:
    """A code for a company that is founded here, with the check digits of GB 11714 and GB 32100.

    Demonstrational, like our licences' numbers: real ones are given out by the registration authority's own system.
    """
    value = int.from_bytes(randomness[:7], "big")
    body = "MA" + "".join(_CREDIT[value // len(_CREDIT) ** place % len(_CREDIT)] for place in range(6))
    rest = -sum(weight * int(char, 36) for weight, char in zip(_WEIGHTS, body, strict=True)) % 11
    code = f"91{region[:6]}{body}{'0123456789X'[rest]}"
    return code + str(uscc.calc_check_digit(code))


def spelled(randomness: bytes) -> str:
    """Ten letters and digits out of at least seven bytes (50 bits)."""
    value = int.from_bytes(randomness[:7], "big")
    return "".join(ALPHABET[(value >> 5 * place) & 31] for place in range(10))


def status_of(valid_until: date | None, *, revoked: bool, today: date) -> Status:
    """Revoked before all else; expired after the last day; else valid."""
    if revoked:
        return Status.REVOKED
    if valid_until is not None and today > valid_until:
        return Status.EXPIRED
    return Status.VALID
