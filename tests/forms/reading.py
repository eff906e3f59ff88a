"""The forms of a page as a browser has them: what is in each field, and what of it a person types or chooses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

from tests.forms.marking import MARK

FOLLOWED = re.compile(r"^[/?][^#]*")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
WRONG = "contains(@class,'govuk-error-summary__list') or contains(@class,'govuk-error-message') or @data-refusal"


@dataclass
class Form:
    """One form; `texts`, `choices` and `ticks` are what a person fills in."""

    page: str  # the address at which it stands
    written: str  # where in the templates
    action: str
    posted: bool
    controls: set[str] = field(default_factory=set)  # where they are written
    hidden: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)  # what radio buttons offer
    chosen: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, str] = field(default_factory=dict)  # what check boxes send
    ticked: set[str] = field(default_factory=set)
    secret: set[str] = field(default_factory=set)  # passwords

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of what a person types or chooses."""
        return *self.texts, *self.choices, *self.ticks

    @property
    def kind(self) -> tuple[str, frozenset[str]]:
        """The same form with the same fields, about whomever."""
        return self.written, frozenset(ID.sub("ID", name) for name in self.fields)

    def shows(self, name: str) -> Iterator[str]:
        """What is in that field, if there is one."""
        if name in self.texts:
            yield self.texts[name]
        elif name in self.choices:
            yield self.chosen.get(name, "")
        elif name in self.ticks:
            yield self.ticks[name] if name in self.ticked else ""


@dataclass
class Page:
    """What a browser shows."""

    address: str
    status: int
    forms: list[Form]
    controls: set[str]  # where those on it are written
    links: list[str]
    wrong: str  # what it says is wrong
    told: str  # what else it tells first
    everything: str  # as it came

    def shown(self, name: str) -> list[str]:
        """What is in fields of that name; what was said against a register stands in its own field, once taken."""
        names = dict.fromkeys((name, name.removeprefix("other-")))
        return [shown for form in self.forms for one in names for shown in form.shows(one)]


def read(address: str, status: int, content: str) -> Page:
    tree = html.fromstring(content)
    forms = {one: _form(one, address) for one in tree.iter("form")}
    by_id = {one.get("id"): form for one, form in forms.items()}
    controls = [one for one in tree.iter("input", "textarea", "select")]
    for one in controls:
        form = by_id[one.get("form")] if one.get("form") else forms.get(next(one.iterancestors("form"), None))
        if form and one.get("name"):
            form.controls.add(one.get(MARK, ""))
            _put(form, one)
    links = [found[0] for one in tree.iter("a") if (found := FOLLOWED.match(one.get("href", "")))]
    wrong, told = _words(tree, WRONG), _words(tree, "@role='status'")
    places = {one.get(MARK) for one in controls} - {None}
    return Page(address, status, list(forms.values()), places, links, wrong, told, content)


def _words(tree: html.HtmlElement, which: str) -> str:
    return " ".join(" ".join(one.text_content().split()) for one in tree.xpath(f"//*[{which}]"))


def _form(element: html.HtmlElement, address: str) -> Form:
    place = element.get(MARK, "not in a template")
    return Form(address, place, element.get("action") or address, element.get("method") == "post")


def _put(form: Form, one: html.HtmlElement) -> None:
    name, kind, value = one.get("name"), one.get("type", "text"), one.get("value", "")
    assert one.tag != "select", f"{name}: nobody has said yet what a person chooses in a select"
    if one.tag == "textarea":
        form.texts[name] = (one.text or "").removeprefix("\n")
    elif kind == "hidden":
        form.hidden[name] = value
    elif kind == "password":
        form.secret.add(name)
    elif kind == "radio":
        form.choices.setdefault(name, []).append(value)
        if "checked" in one.attrib:
            form.chosen[name] = value
    elif kind == "checkbox":
        form.ticks[name] = value
        if "checked" in one.attrib:
            form.ticked.add(name)
    elif kind != "file":
        form.texts[name] = value
