"""The message catalogues: what the pages say, found in code and templates; needs no GNU gettext.

`python -m tools.messages` brings every .po file up to date: adds what is missing (with an empty translation), drops
what nobody says any more. `python -m tools.messages check` only tells. docs/languages.md says how to add a language.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "onevisit"
LOCALE = SOURCE / "locale"
LAWS = ROOT / "content" / "laws.yaml"
CALLS = {"gettext", "gettext_noop", "gettext_lazy", "ngettext", "ngettext_lazy", "_"}
DESCRIBED = {"Field", "Header", "Path", "Query"}  # whose `description` the API's document shows
IN_TEMPLATE = re.compile(r""" (n?gettext|_)\((?=u?['"])""")
FIELD = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that a page says; `plural` differs from it in use, not in the Chinese words."""

    text: str
    plural: str
    file: str  # beneath src/onevisit

    @property
    def id(self) -> str | tuple[str, str]:
        """As Babel's catalogue names it."""
        return (self.text, self.plural) if self.plural else self.text


def of_code(source: str, file: str) -> Iterator[Message]:
    """Messages of a Python file: arguments of gettext and its like, the sentence of each refusal, the API's words."""
    for node in ast.walk(ast.parse(source)):
        yield from (Message(text, "", file) for text in _documented(node))
        if isinstance(node, ast.Call) and _name(node.func) in CALLS:
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if texts:
                yield Message(texts[0], texts[1] if len(texts) > 1 else "", file)
        elif isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Constant):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            if any(_name(one) == "sentence" for one in targets) and isinstance(node.value.value, str):
                yield Message(node.value.value, "", file)


def _documented(node: ast.AST) -> Iterator[str]:
    """What the API's document says: an operation's docstring, its first line and the rest; descriptions of fields."""
    if isinstance(node, ast.FunctionDef):
        if any(isinstance(one, ast.Call) and _name(one.func) == "operation" for one in node.decorator_list):
            summary, _, more = (ast.get_docstring(node) or "").partition("\n")
            yield from filter(None, (summary, " ".join(more.split())))
    elif isinstance(node, ast.Call) and _name(node.func) in DESCRIBED:
        for one in node.keywords:
            if one.arg == "description" and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str):
                yield one.value.value


def of_template(source: str, file: str) -> Iterator[Message]:
    """Messages of a template: Django's own reading of it, as Python calls."""
    calls = templatize(source, origin=file)
    for found in IN_TEMPLATE.finditer(calls):
        text = calls[found.start() + 1 :]
        end = next(at for at in range(len(text)) if text[at] == ")" and _parses(text[: at + 1]))
        yield from of_code(text[: end + 1], file)


def said(source: Path = SOURCE) -> list[Message]:
    """All messages, in the order of files and of their places in them; the first place of each."""
    found = {title: Message(title, "", LAWS.relative_to(ROOT).as_posix()) for title in titles()}
    for file in sorted(source.rglob("*")):
        name = file.relative_to(source).as_posix()
        if file.suffix == ".py" and "migrations" not in file.parts:
            messages = list(of_code(file.read_text(encoding="utf-8"), name))
        elif file.suffix in (".html", ".txt") and "templates" in file.parts:
            messages = list(of_template(file.read_text(encoding="utf-8"), name))
        else:
            continue
        for one in messages:
            if one.text not in found or (one.plural and not found[one.text].plural):
                found[one.text] = one
    return list(found.values())


def titles() -> list[str]:
    """Titles of the laws that the content cites: they are translated like what the pages say."""
    return [law["title"] for law in yaml.safe_load(LAWS.read_text(encoding="utf-8"))["laws"]]


def read(file: Path) -> Catalog:
    """A catalogue."""
    with file.open("rb") as po:
        return read_po(po, locale=file.parts[-3].replace("-", "_"))


def problems(file: Path, messages: list[Message]) -> Iterator[str]:
    """What is wrong with the catalogue `file`, each with what to do about it."""
    catalogue, name = read(file), file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    for one in messages:
        entry = catalogue.get(one.id)
        forms = [] if entry is None else [entry.string] if isinstance(entry.string, str) else list(entry.string)
        if entry is None or not forms or not all(forms):
            yield (
                f"{name}: no translation of what {one.file} says.\n"
                f"  Run `python -m tools.messages`, then fill msgstr of: msgid {_quoted(one.text)}"
            )
        elif any(_fields(form) != _fields(one.text) for form in forms):
            yield f"{name}: other fields in {_quoted(forms[-1])} than in msgid {_quoted(one.text)} ({one.file})"
        elif entry.fuzzy:
            yield f"{name}: marked fuzzy, so nobody sees it: msgid {_quoted(one.text)}"
    known = {one.text for one in messages}
    for entry in catalogue:
        text = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        if text and text not in known:
            yield f"{name}: nobody says msgid {_quoted(text)} any more. Run `python -m tools.messages`."


def update(file: Path, messages: list[Message]) -> None:
    """Write the catalogue anew, with exactly these messages and the translations that it has."""
    old = read(file)
    new = Catalog(locale=old.locale, fuzzy=False, header_comment=old.header_comment)
    for one in messages:
        entry = old.get(one.id) or old.get(one.text)
        string = entry.string if entry is not None else ""
        if one.plural and isinstance(string, str):
            string = ()
        new.add(one.id, string, locations=[(one.file, None)])  # type: ignore[list-item]
    with file.open("wb") as po:
        write_po(po, new, width=110, omit_header=False, include_lineno=False)
    text = re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Project-Id-Version|'
        rb'Generated-By|Report-Msgid-Bugs-To):[^\n]*\n(?:"[^\n:]*\n)?',
        b"",
        file.read_bytes(),
    )
    file.write_bytes(text)


def main(arguments: list[str]) -> int:
    """Update the catalogues, or tell what is wrong with them."""
    messages, files = said(), sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    if arguments != ["check"]:
        for file in files:
            update(file, messages)
    found = [line for file in files for line in problems(file, messages)]
    print("\n".join(found) if found else f"messages: {len(messages)} in {len(files)} catalogue(s), all translated")
    return 1 if found else 0


def _fields(text: str) -> set[str]:
    return {found.group(0) for found in FIELD.finditer(text)}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _parses(call: str) -> bool:
    try:
        ast.parse(call.strip(), mode="eval")
    except SyntaxError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
