"""Documents on paper: typst to PDF/A, sealed and signed; and the check of such a file."""

from onevisit.paper.authority import Authority
from onevisit.paper.checking import Verdict, check
from onevisit.paper.qr import qr
from onevisit.paper.sealing import seal
from onevisit.paper.typesetting import typeset

__all__ = ["Authority", "Verdict", "check", "qr", "seal", "typeset"]
