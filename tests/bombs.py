"""Small files that cost whoever reads them gigabytes or minutes."""

import zlib
from collections.abc import Callable


def written(objects: list[bytes], end: Callable[[int, list[int]], bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; `end` gives the rest, from where it begins and where they begin."""
    out, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + end(len(out), starts)


def listed(objects: list[bytes]) -> bytes:
    """A PDF of these objects with a plain index; the first is its root."""

    def end(at: int, starts: list[int]) -> bytes:
        rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
        size = len(starts) + 1
        table = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" % (size, rows, size)
        return table + b"startxref\n%d\n%%%%EOF\n" % at

    return written(objects, end)


PAGE = [
    b"<< /Type /Catalog /Pages 2 0 R /Extra 4 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
]


def endless_index(said: bytes = b"/Size 9000005") -> bytes:
    """A file of 60 KB whose compressed index has nine million empty rows (`said`: how it says so)."""

    def end(at: int, starts: list[int]) -> bytes:
        rows = b"\0\0\0\0\0\xff" + b"".join(b"\1" + start.to_bytes(4, "big") + b"\0" for start in [*starts, at])
        index = zlib.compress(rows + bytes(6 * 9_000_000), 9)
        head = b"4 0 obj\n<< /Type /XRef %s /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
        return head % (said, len(index)) + index + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at

    return written(PAGE, end)


def many_dictionaries() -> bytes:
    """1.5 million empty dictionaries in 6 MB."""
    return listed([*PAGE, b"[%s]" % (b"<<>>" * 1_500_000)])


def many_numbers() -> bytes:
    """4.5 million numbers in 9 MB."""
    return listed([*PAGE, b"[%s]" % (b"1 " * 4_500_000)])
