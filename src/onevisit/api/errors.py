"""What the API itself refuses, beside what the rooms refuse."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class Malformed(Refusal):
    """A request that is not as the document says; `errors` names the fields."""

    code = "malformed"
    status = 400
    sentence: ClassVar[str] = "请求的格式不对，见 errors 里的字段。接口文档写着每个字段的格式。"

    def __init__(self, errors: dict[str, str] | None = None) -> None:
        """Keep what is wrong with which field."""
        self.errors = errors or {}
        super().__init__()


class NotAuthenticated(Refusal):
    """No token, or one that is not ours, too old, or of a client that was closed."""

    code = "not-authenticated"
    status = 401
    sentence: ClassVar[str] = "没有有效的访问令牌。请到 /api/v1/token 取一个新的，放在 Authorization: Bearer 里。"


class ScopeMissing(Refusal):
    """A token without the scope that the operation needs."""

    code = "scope-missing"
    status = 403
    sentence: ClassVar[str] = "令牌没有 {scope} 这项权限。请在取令牌时要这项权限；程序没有的，请联系运维。"


class NoSuchAddress(Refusal):
    """An address that the API does not have."""

    code = "no-such-address"
    status = 404
    sentence: ClassVar[str] = "接口没有这个网址。全部网址见 /api/v1/docs。"


class WrongMethod(Refusal):
    """A method that the address does not take."""

    code = "wrong-method"
    status = 405
    sentence: ClassVar[str] = "这个网址不接受这种请求方法，接受的见 Allow。"


class Changed(Refusal):
    """A decision on something that has changed since it was read."""

    code = "changed"
    status = 412
    sentence: ClassVar[str] = "这个事项在您读取之后有了变化，没有办理。请重新读取，看过以后再决定。"


class TooMuch(Refusal):
    """More bytes than a request may have."""

    code = "body-too-large"
    status = 413
    sentence: ClassVar[str] = "请求太大：JSON 最多 2 MB，文件最多 10 MB。"


class WrongMedia(Refusal):
    """A body of another type than the operation takes."""

    code = "wrong-media-type"
    status = 415
    sentence: ClassVar[str] = "请求的 Content-Type 应当是 {wanted}。"


class BadFacts(Refusal):
    """Facts that the event does not have, or values that are none of theirs."""

    code = "bad-facts"
    status = 422
    sentence: ClassVar[str] = "有 {count} 项要素不对，见 errors。事件的要素和取值见 /api/v1/events 里的 facts。"

    def __init__(self, errors: dict[str, str]) -> None:
        """Keep what is wrong with which fact."""
        self.errors = errors
        super().__init__(count=len(errors))


class NotDeclared(Refusal):
    """A submission or signature without the word of who gives it that what it says is true."""

    code = "not-declared"
    status = 422
    sentence: ClassVar[str] = "提交、签字都要本人先看过内容，承诺属实：declared 应当是 true。"


class TooOften(Refusal):
    """More requests than one program, or one address without a token, may make in a minute."""

    code = "too-often"
    status = 429
    sentence: ClassVar[str] = "请求太勤：一分钟最多 {most} 次。请按 Retry-After 等一等再来。"


class Broken(Refusal):
    """Something went wrong here; it was logged."""

    code = "internal"
    status = 500
    sentence: ClassVar[str] = "系统出了问题，已经记录下来。请过一会儿用同一个 Idempotency-Key 再试。"
