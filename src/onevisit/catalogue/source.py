"""Read YAML with the line of every value; what is broken is told with file, line and what was expected."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]


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
        if node is None:
            source.tell((), "the file is empty; it should hold a mapping such as `services: […]`")
            return source
        _walk(node, (), source, ())
        if not source.findings:
            source.document = loader.construct_document(node)
    except UnicodeDecodeError:
        source.tell((), "the file is not UTF-8; save it as UTF-8")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        hint = "; indent with spaces, not tabs" if "\\t" in str(error) else ""
        source.findings.append(Finding(name, line, f"this is not YAML: {error.problem}{hint}"))
    except yaml.YAMLError as error:
        source.tell((), f"this is not YAML: {error}")
    return source


def _walk(node: yaml.Node, path: Path_, source: Source, above: tuple[int, ...]) -> None:
    """Note the line of every value; find repeated keys and aliases that contain themselves."""
    source.lines.setdefault(path, node.start_mark.line + 1)
    if id(node) in above:
        source.tell(path, "this alias contains itself; write the value out")
        return
    above = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                at = Finding(source.file, key.start_mark.line + 1, f"the key `{key.value}` stands here twice; keep one")
                source.findings.append(at)
            seen.add(key.value)
            source.lines[(*path, key.value)] = key.start_mark.line + 1
            _walk(value, (*path, key.value), source, above)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _walk(item, (*path, number), source, above)
