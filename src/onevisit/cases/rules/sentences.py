"""The sentences shown beside a field that cannot be read: each says what to do."""

from decimal import Decimal
from typing import Self

from onevisit.core import codes
from onevisit.core.facts import FactSpec
from onevisit.core.text import Text

_CODES: dict[type[codes.BadCode], str] = {
    codes.IdNumberLength: "An identity number has 18 characters, you typed {count}. Compare it with the card.",
    codes.IdNumberCharacters: "An identity number is 17 digits and a digit or X. Compare it with the card.",
    codes.IdNumberDate: "Digits 7 to 14 are the date of birth; “{text}” is no date. Compare it with the card.",
    codes.IdNumberCheckDigit: "The last digit does not fit the others: one is wrong. Compare it with the card.",
    codes.CreditCodeLength: "A credit code has 18 characters, you typed {count}. Compare it with the licence.",
    codes.CreditCodeCharacters: "A credit code has digits and capitals, but no I, O, S, V, Z. Compare it again.",
    codes.CreditCodeCheckDigit: "The last character does not fit the others: one is wrong. Compare it again.",
    codes.BadPhone: "Type a mobile number of 11 digits, or a landline with its area code, such as 0572-8000000.",
    codes.EmptyList: "Type at least one identity number, one a line.",
    codes.BadInList: "Identity number {place}, “{text}”, is wrong. Compare it with the card.",
}


class BadAnswer(Exception):
    """What was typed cannot be the answer; `sentence` says why and what to do."""

    def __init__(self, sentence: Text) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(sentence.zh)

    @classmethod
    def too_long(cls, most: int) -> Self:
        """More characters than the fact may have."""
        return cls(Text(f"最多 {most} 个字，请写短一些。", f"At most {most} characters: please shorten it."))

    @classmethod
    def control_characters(cls) -> Self:
        """Characters that nobody types."""
        return cls(
            Text(
                "里面有看不见的控制字符，请删掉后重新输入，不要粘贴。",
                "It contains control characters: type it, do not paste.",
            )
        )

    @classmethod
    def choose(cls, labels: tuple[Text, ...]) -> Self:
        """None of the options."""
        zh, en = "、".join(label.zh for label in labels), ", ".join(label.of("en") for label in labels)
        return cls(Text(f"请从这几项里选一项：{zh}。", f"Choose one of: {en}."))

    @classmethod
    def not_a_number(cls, spec: FactSpec) -> Self:
        """Not a number."""
        unit = _unit(spec)
        return cls(Text(f"请只填数字{unit.zh}，例如 120。", f"Type a number{unit.en}, such as 120."))

    @classmethod
    def not_whole(cls) -> Self:
        """A fraction where a whole number is asked."""
        return cls(Text("请填整数，不要小数。", "Type a whole number, without decimals."))

    @classmethod
    def out_of_range(cls, spec: FactSpec) -> Self:
        """Below the minimum or above the maximum."""
        low, high, unit = spec.minimum, spec.maximum, _unit(spec)
        if low is not None and high is not None:
            zh, en = f"{_plain(low)} 到 {_plain(high)} 之间", f"from {_plain(low)} to {_plain(high)}"
        elif low is not None:
            zh, en = f"不小于 {_plain(low)}", f"of at least {_plain(low)}"
        else:
            zh, en = f"不大于 {_plain(high or Decimal(0))}", f"of at most {_plain(high or Decimal(0))}"
        return cls(
            Text(
                f"请填{zh}的数{unit.zh}，并看看有没有多打一位。",
                f"Type a number {en}{unit.en}; look for a digit too many.",
            )
        )

    @classmethod
    def not_a_date(cls) -> Self:
        """No date, or one that does not exist."""
        return cls(Text("请填有效的日期，例如 2026-11-24。", "Type a date that exists, such as 2026-11-24."))

    @classmethod
    def empty(cls) -> Self:
        """Nothing, where a dispute needs the right value."""
        return cls(Text("请填写正确的内容，再点“与实际不符”。", "Type the right value, then say that it differs."))

    @classmethod
    def no_such_question(cls) -> Self:
        """A key that the life event does not know."""
        return cls(Text("这件事里没有这一项。请刷新页面后再填。", "This matter has no such field. Reload the page."))

    @classmethod
    def from_account(cls) -> Self:
        """Identity comes from the account and cannot be typed over."""
        return cls(
            Text(
                "姓名和证件号来自登录的账号，不能在这里改。如有错误，请到公安窗口更正。",
                "Name and number come from your account and cannot be changed here. Have them corrected by the police.",
            )
        )


def _unit(spec: FactSpec) -> Text:
    return Text(f"（{spec.unit.zh}）", f" ({spec.unit.of('en')})") if spec.unit else Text("", "")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def of_bad_code(bad: codes.BadCode) -> Text:
    """The sentence of a number that fails its check, in both languages."""
    return Text(str(bad), bad.filled(_CODES[type(bad)]) if type(bad) in _CODES else "")
