"""Read YAML with the line of every value; what is broken is told with file, line and what was expected."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]
MOST_DEPTH = 40  # of lists and mappings in one another
MOST_VALUES = 100_000  # in one file, aliases written out
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong in the content."""

    file: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}"


@dataclass(slots=True)
class Source:
    """One file's document, and the line at which each of its values begins."""

    file: str
    document: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def line(self, path: Path_) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def tell(self, path: Path_, problem: str) -> None:
        """Remember a finding at a value."""
        self.findings.append(Finding(self.file, self.line(path), problem))


class _Loader(yaml.SafeLoader):
    """Safe, and dates stay text: the schema says what is a date."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path, name: str) -> Source:
    """The file as a Source; one that is no YAML, repeats a key or bites its tail has findings and no document."""
    source = Source(name)
    try:
        text = path.read_text(encoding="utf-8")
        loader = _Loader(text)
        node = loader.get_single_node()
        _walk(node, (), source, ())
        if not source.findings:
            source.document = None if node is None else loader.construct_document(node)
            if source.document is None:
                source.tell((), "the file is empty; it should hold a mapping such as `services: […]`")
    except UnicodeDecodeError:
        source.tell((), "the file is not UTF-8; save it as UTF-8")
    except OSError as error:
        source.tell((), f"the file cannot be read: {error.strerror or error}")
    except RecursionError:
        source.tell((), f"lists and mappings are nested more than {MOST_DEPTH} deep; write it flatter")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        hint = "; indent with spaces, not tabs" if "\\t" in str(error) else ""
        source.findings.append(Finding(name, line, f"this is not YAML: {error.problem}{hint}"))
    except yaml.YAMLError as error:
        source.tell((), f"this is not YAML: {error}")
    return source


def _walk(node: yaml.Node | None, path: Path_, source: Source, above: tuple[int, ...]) -> None:
    """Note the line of every value; find repeated keys, keys that are no text, and aliases that contain themselves."""
    if node is None or len(source.lines) > MOST_VALUES:
        return
    source.lines.setdefault(path, node.start_mark.line + 1)
    if len(source.lines) > MOST_VALUES:
        source.tell((), f"with its aliases written out the file has more than {MOST_VALUES} values; use fewer aliases")
    elif len(above) > MOST_DEPTH:
        source.tell(path, f"lists and mappings are nested more than {MOST_DEPTH} deep; write it flatter")
    elif id(node) in above:
        source.tell(path, "this alias contains itself; write the value out")
    elif isinstance(node, yaml.MappingNode):
        _walk_mapping(node, path, source, (*above, id(node)))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _walk(item, (*path, number), source, (*above, id(node)))


def _walk_mapping(node: yaml.MappingNode, path: Path_, source: Source, above: tuple[int, ...]) -> None:
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.tag != _TEXT:
            shown = f"`{key.value}`" if isinstance(key, yaml.ScalarNode) else "a list or mapping"
            source.findings.append(Finding(source.file, line, f"a key should be a plain word, not {shown}; quote it"))
            continue
        if key.value in seen:
            source.findings.append(Finding(source.file, line, f"the key `{key.value}` stands here twice; keep one"))
        seen.add(key.value)
        source.lines[(*path, key.value)] = line
        _walk(value, (*path, key.value), source, above)
