"""Facts of a request, typed for the planner, or as text for a draft."""

from collections.abc import Mapping

from onevisit.api.errors import BadFacts
from onevisit.core.facts import Facts, FactSpec, Value, spec_of
from onevisit.core.given import NotGiven, given
from onevisit.core.text import Text
from onevisit.ui.words import say

NO_SUCH = Text("没有这个要素", "no such fact")


def typed_facts(raw: Mapping[str, object], specs: Mapping[str, FactSpec]) -> Facts:
    """The facts typed, none believed that does not fit. Raises BadFacts, which names each."""
    errors: dict[str, str] = {}
    found: dict[str, Value] = {}
    for key, value in raw.items():
        spec = spec_of(key, specs)
        if spec is None:
            errors[f"facts.{key}"] = say(NO_SUCH)
            continue
        try:
            found[key] = given(spec, value)
        except NotGiven as wrong:
            errors[f"facts.{key}"] = say(wrong.wanted)
    if errors:
        raise BadFacts(errors)
    return found


def as_typed(raw: Mapping[str, bool | int | float | str]) -> dict[str, str]:
    """The same as somebody would have typed them, for the actions that read what people type."""
    return {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in raw.items()}
