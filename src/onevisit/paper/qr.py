"""QR codes as SVG, to be drawn by the templates."""

import io

import segno


class Svg(str):
    """A drawing: goes to the template as it is, not as words to be printed."""

    __slots__ = ()


def qr(content: str) -> Svg:
    """The QR code of `content` (an address) as SVG with its quiet zone; error level M (15 % may be unreadable)."""
    out = io.BytesIO()
    segno.make(content, error="m", micro=False).save(out, kind="svg", border=4, xmldecl=False, svgns=True, dark="#000")
    return Svg(out.getvalue().decode())
