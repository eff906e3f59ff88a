"""The style and the pages fit each other: no rule without a page, no class without a rule, no reference to nothing."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/onevisit"
STYLE = {file.name: file.read_text(encoding="utf-8") for file in (SOURCE / "ui/static/ui").glob("*.css")}
OWN = "".join(text for name, text in STYLE.items() if name != "theme.css")
PAGES = {file: file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.html")}
TEXT = "".join([*PAGES.values(), *(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))])
# Written as a stem and a variable: is-{{ row.clock }}, ov-due--{}, ck--{status}.
STEMS = ("is-", "ov-due--", "ov-src--", "ov-verdict--", "ck--", "ov-clock__")


def classes_of(style: str) -> set[str]:
    selectors = re.sub(r"\{[^{}]*\}", "{}", re.sub(r"/\*.*?\*/|url\([^)]*\)", "", style, flags=re.S))
    return set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selectors))


def test_no_rule_without_a_page():
    found = {name for name in classes_of(OWN) if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", TEXT)}
    assert {name for name in found if not name.startswith(STEMS)} == set()


def test_no_class_without_a_rule():
    known, missing = classes_of("".join(STYLE.values())), set()
    text = re.sub(r"[\w-]+-\{% if [^%]*%\}.*?\{% endif %\}", "", TEXT)  # a stem with its endings
    text = re.sub(r"\{\{.*?\}\}|\{\w+\}|\{\}", "{}", re.sub(r"\{%.*?%\}", " ", text))
    for written in re.findall(r'class_?=f?"([^"]*)"', text):
        missing |= {name for name in written.split() if "{" not in name and name not in known}
    hooks = {"govuk-radios", "govuk-checkboxes"}  # names of the base library's groups, which carry no rule of their own
    assert missing - hooks == set()


def test_no_reference_into_nothing():
    ids = set(re.findall(r'\bid="([\w-]+)"', TEXT)) | set(re.findall(r'\bid=f?"([\w-]+)"', TEXT))
    wanted = re.findall(r'(?:aria-labelledby|aria-describedby|aria-controls|for|href)="#?([\w -]+)"', TEXT)
    links = {name for name in wanted if not name.startswith("/")}
    assert {one for name in links for one in name.split()} - ids == set()
