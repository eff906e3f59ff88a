"""Each form and control of the templates, marked with the place at which it is written."""

import re
from pathlib import Path

from django.template import Origin
from django.template.loaders import app_directories, filesystem

import onevisit

HERE = Path(onevisit.__file__).parent
MARK = "data-written"
TAG = re.compile(r"<(form|input|textarea|select)\b([^>]*)")
LOADERS = ["tests.forms.marking.Own", "tests.forms.marking.OfRooms"]


def marked(source: str, file: str) -> str:
    """The template, with the place of each form and control at its tag."""

    def mark(found: re.Match[str]) -> str:
        line = source.count("\n", 0, found.start()) + 1
        return f'<{found[1]} {MARK}="{file}:{line}"{found[2]}'

    return TAG.sub(mark, source)


def short(file: str | Path) -> str:
    """A template's name as it is included."""
    return str(file).rpartition("/templates/")[2]


class Own(filesystem.Loader):
    def get_contents(self, origin: Origin) -> str:
        return marked(super().get_contents(origin), short(origin.name))


class OfRooms(app_directories.Loader):
    def get_contents(self, origin: Origin) -> str:
        return marked(super().get_contents(origin), short(origin.name))


def written() -> set[str]:
    """Places of all forms that are posted and have more than buttons, and of all controls that a person fills in."""
    places = set()
    for file in sorted(HERE.rglob("templates/**/*.html")):
        source = file.read_text(encoding="utf-8")
        for found in TAG.finditer(source):
            place = f"{short(file)}:{source.count(chr(10), 0, found.start()) + 1}"
            form = found[1] == "form" and 'method="post"' in found[2]
            if control(found) or (form and filled_in(source, found.end())):
                places.add(place)
    return places


def filled_in(source: str, begins: int) -> bool:
    """Whether the form that begins there may hold a control: of its own, by a tag, or in what it includes."""
    form = source[begins : source.index("</form>", begins)]
    return "{% field" in form or "{% include" in form or any(control(found) for found in TAG.finditer(form))


def control(found: re.Match[str]) -> bool:
    """Whether a person types or chooses in it."""
    return found[1] != "form" and not re.search('type="(hidden|file)"', found[2])
