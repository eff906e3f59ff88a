"""What the hooks room refuses, and the sentence for each."""

from typing import ClassVar

from onevisit.core.errors import Refusal
from onevisit.people.errors import NotYours


class BadAddress(Refusal):
    """An address to which nothing is sent."""

    code = "bad-webhook-url"
    status = 422
    sentence: ClassVar[str] = "网址要以 https:// 开头，指向公网上的主机，不带用户名和 # 片段，最长 {most} 个字符。"


class BadEvent(Refusal):
    """An event that does not exist."""

    code = "bad-webhook-event"
    status = 422
    sentence: ClassVar[str] = "没有这样的事件：{event}。可以选的是：{possible}。"


class TooManyEndpoints(Refusal):
    """More addresses than a program may have, or the same once more."""

    code = "webhook-exists"
    status = 409
    sentence: ClassVar[str] = "这个网址已经登记过，或者已经登记满 {most} 个。请先删掉不要的。"


class ProgramClosed(Refusal):
    """An address for a program that was closed a moment ago."""

    code = "program-closed"
    status = 403
    sentence: ClassVar[str] = "这个程序已经关闭，不能再登记网址。要接着用，请联系运维登记新的程序。"


class EndpointNotFound(NotYours):
    """An address of another program, or none at all."""


class NoSuchMessage(Refusal):
    """A message that is not there."""

    code = "no-such-message"
    status = 404
    sentence: ClassVar[str] = "没有编号为 {id} 的消息。用 onevisit hooks list 看最近的。"
