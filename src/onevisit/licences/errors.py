"""What the licences room refuses, and the sentence for each."""

from onevisit.core.errors import Refusal
from onevisit.people.errors import NotYours


class LicenceNotFound(NotYours):
    """No such licence, or not his."""


class NoDocumentYet(Refusal):
    """The licence is issued, its document is still being made."""

    code = "no-document-yet"
    status = 409
    sentence = "证照已经颁发，电子文件正在生成，通常几秒钟就好。请稍后刷新页面。"


class AlreadyRevoked(Refusal):
    """A licence is revoked once."""

    code = "already-revoked"
    status = 409
    sentence = "证照 {number} 已于 {day} 由{name}撤销，不能再次撤销。请刷新页面看最新状态。"


class NoSuchGround(Refusal):
    """A revocation that names no ground of the law by which this licence is revoked."""

    code = "no-such-ground"
    status = 422
    sentence = "请在列出的法定情形里选一种，作为撤销的依据。"
