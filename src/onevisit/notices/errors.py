"""What the notices room refuses, and the sentence for each."""

from onevisit.core.errors import Refusal
from onevisit.people.errors import NotYours


class NoticeNotFound(NotYours):
    """No such notice, or not his."""


class NoDocumentYet(Refusal):
    """The notice is sent, its document is still being made."""

    code = "no-document-yet"
    status = 409
    sentence = "文书已经作出，电子文件正在生成，通常几秒钟就好。请稍后刷新页面。"
