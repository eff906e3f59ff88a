"""What is refused of uploaded files, each with its sentence."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class UploadRefused(Refusal):
    """A file that cannot be taken; the base of the refusals below."""

    code = "upload-refused"
    status = 422
    sentence: ClassVar[str] = "这个文件收不了。请换一个 PDF、JPG、PNG 或 WebP 文件。"


class EmptyUpload(UploadRefused):
    """No bytes."""

    code = "upload-empty"
    sentence: ClassVar[str] = "文件是空的。请重新选择文件，确认能打开后再传。"


class UploadTooLarge(UploadRefused):
    """More bytes than allowed."""

    code = "upload-too-large"
    status = 413
    sentence: ClassVar[str] = "文件有 {size} MB，最大 {most} MB。请压缩，或拍得小一些再传。"


class WrongKind(UploadRefused):
    """A kind of file that is not taken."""

    code = "upload-wrong-kind"
    sentence: ClassVar[str] = "只收 PDF、JPG、PNG、WebP。请另存为其中一种，或直接拍照上传。"


class DisguisedUpload(UploadRefused):
    """The content is of another kind than the name says."""

    code = "upload-disguised"
    sentence: ClassVar[str] = "文件名说是 {claimed}，内容却不是。请用原来的程序打开，另存为 PDF 或图片再传。"


class BrokenUpload(UploadRefused):
    """The file begins like its kind but cannot be decoded."""

    code = "upload-broken"
    sentence: ClassVar[str] = "文件打不开，可能没有传完或已损坏。自己的设备上打得开的，请用“打印成 PDF”另存一份再传。"


class PictureTooLarge(UploadRefused):
    """A picture of more pixels than is safe to decode."""

    code = "upload-picture-too-large"
    sentence: ClassVar[str] = "图片像素太多（最多 {most} 万像素）。请缩小后再传。"


class AnimatedPicture(UploadRefused):
    """A picture with several frames."""

    code = "upload-animated"
    sentence: ClassVar[str] = "动图看不清是哪一张。请传普通的照片或 PDF。"


class EncryptedPdf(UploadRefused):
    """A PDF that needs a password."""

    code = "upload-encrypted"
    sentence: ClassVar[str] = "这个 PDF 加了密码，工作人员打不开。请去掉密码，或打印成 PDF 再传。"


class ActivePdf(UploadRefused):
    """A PDF that carries programs or files."""

    code = "upload-active"
    sentence: ClassVar[str] = "这个 PDF 里带有脚本、附件或会自动执行的动作。请用“打印成 PDF”另存一份再传。"


class UploadTooCostly(UploadRefused):
    """A file that takes more time or memory to read than any that people need."""

    code = "upload-too-costly"
    sentence: ClassVar[str] = "这个文件太复杂，打开它太费时间。请用“打印成 PDF”另存一份，或者拍成照片再传。"


class UploadBusy(UploadRefused):
    """Too many files at once; this one was not looked at."""

    code = "upload-busy"
    status = 503
    sentence: ClassVar[str] = "现在传文件的人太多，这个文件还没有收下。请过一会儿再传一次。"


class PdfTooLong(UploadRefused):
    """A PDF of too many pages."""

    code = "upload-too-long"
    sentence: ClassVar[str] = "PDF 最多 {most} 页。请只传需要的那几页。"


class TooManyUploads(UploadRefused):
    """More files for one evidence than allowed."""

    code = "upload-too-many"
    status = 409
    sentence: ClassVar[str] = "同一项材料最多传 {most} 个文件。请先删掉不要的，或合并成一个 PDF。"


class NotAskedFor(UploadRefused):
    """An evidence that this plan does not need."""

    code = "upload-not-asked"
    status = 409
    sentence: ClassVar[str] = "现在的办理方案不需要这项材料，不用传。请刷新页面看最新的清单。"
