"""Facts of an applicant in a file, for `onevisit plan --facts`."""

from pathlib import Path

import yaml

from onevisit.config.plain import Plain
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Facts, FactSpec, Value
from onevisit.core.given import NotGiven, given
from onevisit.core.parties import all_specs


def read_facts(file: Path, event: LifeEvent) -> Facts:
    """The facts of a YAML or JSON file: {fact key: value}. Raises Plain, which names the key and what was expected."""
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Plain(f"{file} cannot be read as YAML or JSON: {' '.join(str(error).split())}") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Plain(f"{file} must map fact keys to values, such as `matter.area: 80`.")
    specs = all_specs(event)
    unknown = [str(key) for key in found if key not in specs]
    if unknown:
        raise Plain(f"{file}: {event.key} has no fact {unknown[0]!r}; `onevisit schema facts {event.key}` lists them.")
    return {key: _value(specs[key], raw, f"{file}: {key}") for key, raw in found.items()}


def _value(spec: FactSpec, raw: object, where: str) -> Value:
    try:
        return given(spec, raw)
    except NotGiven as wrong:
        raise Plain(f"{where} {wrong.wanted.en}, not {raw!r}.") from wrong
