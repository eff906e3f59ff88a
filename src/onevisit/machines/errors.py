"""What the machines room refuses, and the sentence for each."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class KeyMissing(Refusal):
    """A write without a key (or with one that is too long), which could then be done twice."""

    code = "idempotency-key-missing"
    status = 400
    sentence: ClassVar[str] = "请在 Idempotency-Key 里给出 1 到 {most} 个字符的一次性编号；重发时用同一个编号。"


class KeyReused(Refusal):
    """A key that came with another request before."""

    code = "idempotency-key-reused"
    status = 422
    sentence: ClassVar[str] = "这个 Idempotency-Key 用于过另一个请求。新的请求请用新的编号。"


class KeyInUse(Refusal):
    """The same request is being worked on at this moment."""

    code = "idempotency-key-in-use"
    status = 409
    sentence: ClassVar[str] = "同一个请求正在办理。请过几秒钟用同一个 Idempotency-Key 再问。"


class BadName(Refusal):
    """A client's name that cannot be one."""

    code = "bad-client-name"
    status = 422
    sentence: ClassVar[str] = "名称只用小写字母、数字和连字符，2 到 63 个字符，以字母或数字开头。"


class NameTaken(Refusal):
    """A client's name that another has, or had."""

    code = "client-name-taken"
    status = 409
    sentence: ClassVar[str] = "已经有叫 {name} 的程序。请换一个名称，或者给它换密钥。"


class BadScope(Refusal):
    """A scope that does not exist or does not fit what the client acts as."""

    code = "bad-scope"
    status = 422
    sentence: ClassVar[str] = "不能给的权限：{scope}。可以给的是：{possible}。"


class ClientClosed(Refusal):
    """Another secret for a client that was ended for good."""

    code = "client-closed"
    status = 409
    sentence: ClassVar[str] = "{name} 已经关闭，不能再给密钥。要接着用程序，请用新的名称登记一个。"


class NoSuchClient(Refusal):
    """A name that no client has."""

    code = "no-such-client"
    status = 404
    sentence: ClassVar[str] = "没有叫 {name} 的程序。用 onevisit client list 看有哪些。"
