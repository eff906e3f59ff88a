"""By what a rule or a lever stands, in the reader's language."""

from django.utils.translation import gettext

from onevisit.core.basis import Basis, Mark
from onevisit.core.reforming.rules import source_of
from onevisit.ui.words import say


def source_words(basis: Basis | None) -> str:
    """Its article with the law's name, else what its source says."""
    if basis is None or not basis.law:
        return say(source_of(basis))
    said = gettext("《%(law)s》第 %(article)s 条") % {"law": gettext(basis.law), "article": basis.article}
    return said + gettext("（凭记忆）") if basis.mark is Mark.MEMORY else said
