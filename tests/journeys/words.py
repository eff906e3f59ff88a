"""The restaurant's answers in the words of the pages, as the catalogue has them."""

from pathlib import Path

from onevisit.catalogue.load import read_content
from onevisit.core.facts import FactSpec, FactType

CONTENT = read_content(Path(__file__).resolve().parents[2] / "content")
SPECS = {spec.key: spec for spec in CONTENT.events["open-restaurant"].facts}


def questions(shop: dict[str, str], *keys: str) -> dict[str, str]:
    """Question → the answer's words, of those facts."""
    return {SPECS[key].question.zh: _words(SPECS[key], shop[key]) for key in keys}


def labels(shop: dict[str, str], *keys: str) -> dict[str, str]:
    """Label → the answer's words, of those facts."""
    return {SPECS[key].label.zh: _words(SPECS[key], shop[key]) for key in keys}


def _words(spec: FactSpec, value: str) -> str:
    if spec.type is FactType.BOOL:
        return "是" if value == "true" else "否"
    return next((option.label.zh for option in spec.options if option.value == value), value)
