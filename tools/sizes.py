"""No file over 400 lines, no function over 50 (its docstring not counted), no import inside a function.

Templates and our own style count as files; a line of a template has no more than 160 characters.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tests", "bench", "tools", "demo", "content")
FILE, FUNCTION, TEMPLATE_LINE = 400, 50, 160
COMPILED = "theme.css"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def findings(folders: tuple[str, ...] = FOLDERS) -> Iterator[str]:
    """One line for each thing that is too large or in the wrong place."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield from of_file(file)
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".html", ".css", ".typ", ".yaml") and file.name != COMPILED:
                yield from of_page(file)


def of_page(file: Path) -> Iterator[str]:
    """The findings of one template, style sheet or document."""
    lines = file.read_text(encoding="utf-8").splitlines()
    name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    if len(lines) > FILE:
        yield f"{name}: {len(lines)} lines; at most {FILE}"
    for number, line in enumerate(lines, 1):
        if file.suffix == ".html" and len(line) > TEMPLATE_LINE:
            yield f"{name}:{number}: {len(line)} characters; at most {TEMPLATE_LINE}"


def of_file(file: Path) -> Iterator[str]:
    """The findings of one file."""
    text = file.read_text(encoding="utf-8")
    name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    lines = text.count("\n")
    if lines > FILE:
        yield f"{name}: {lines} lines; at most {FILE}"
    tree = ast.parse(text)
    if "tests" not in file.parts and not ast.get_docstring(tree):
        yield f"{name}: does not open with a sentence about itself"
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield from of_function(node, f"{name}:{node.lineno} {node.name}")


def of_function(node: Function, where: str) -> Iterator[str]:
    """The findings of one function."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    length = (node.end_lineno or node.lineno) - body[0].lineno + 1
    if length > FUNCTION:
        yield f"{where}: {length} lines; at most {FUNCTION}"
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import | ast.ImportFrom):
            yield f"{where}: imports inside"


def main() -> int:
    """Print all findings; 1 when there are any."""
    found = list(findings())
    print("\n".join(found) if found else "sizes: all within bounds")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
