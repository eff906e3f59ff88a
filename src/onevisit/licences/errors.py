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


class ReasonMissing(Refusal):
    """A revocation without facts and reasons."""

    code = "reason-missing"
    status = 422
    sentence = "请写明撤销的事实和理由，会写进送达当事人的决定书。"


class NotTheIssuer(Refusal):
    """Another agency's licence: 69 names the agency that decided, or its superior."""

    code = "not-the-issuer"
    status = 403
    sentence = "只有作出许可决定的机关可以撤销这份证照。请转给发证机关办理。"
