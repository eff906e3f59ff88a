"""Pure rules of licences: validity, number, status, and the law's grounds for revocation."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from stdnum.iso7064 import mod_37_36

from onevisit.core.catalogue import Period, Unit
from onevisit.core.text import gettext_noop as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read aloud without doubt
SHANGHAI = ZoneInfo("Asia/Shanghai")
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
    """One case in which 行政许可法 69 lets (or makes) the agency revoke."""

    code: str
    article: str
    words: str  # the law's
    must: bool  # 应当 (second paragraph); else 可以 (first paragraph)

    @property
    def effect(self) -> str:
        """What the fourth paragraph says follows for the holder."""
        return EFFECT_MUST if self.must else EFFECT_MAY


EFFECT_MUST = _("依照本条第二款的规定撤销行政许可的，被许可人基于行政许可取得的利益不受保护。")
EFFECT_MAY = _("依照本条第一款的规定撤销行政许可，被许可人的合法权益受到损害的，行政机关应当依法给予赔偿。")
_LAW = "《中华人民共和国行政许可法》第六十九条"
GROUNDS: dict[str, Ground] = {
    ground.code: ground
    for ground in (
        Ground(
            "69-1-1",
            f"{_LAW}第一款第一项",
            _("行政机关工作人员滥用职权、玩忽职守作出准予行政许可决定的"),
            False,
        ),
        Ground("69-1-2", f"{_LAW}第一款第二项", _("超越法定职权作出准予行政许可决定的"), False),
        Ground("69-1-3", f"{_LAW}第一款第三项", _("违反法定程序作出准予行政许可决定的"), False),
        Ground("69-1-4", f"{_LAW}第一款第四项", _("对不具备申请资格或者不符合法定条件的申请人准予行政许可的"), False),
        Ground("69-1-5", f"{_LAW}第一款第五项", _("依法可以撤销行政许可的其他情形"), False),
        Ground("69-2", f"{_LAW}第二款", _("被许可人以欺骗、贿赂等不正当手段取得行政许可的，应当予以撤销"), True),
    )
}


def day_of(now: datetime) -> date:
    """The day in China."""
    return now.astimezone(SHANGHAI).date()


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
