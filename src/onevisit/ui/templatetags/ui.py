"""Template tags and filters of the components: words, dates, icons, chips, clocks, fields, plans."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from onevisit.ui import clock as clocks
from onevisit.ui import dates, icons
from onevisit.ui.bars import Bar, drawn
from onevisit.ui.forms import Field
from onevisit.ui.law import cited
from onevisit.ui.plan import rows, tall, wide
from onevisit.ui.plan.model import Drawing
from onevisit.ui.words import Words, listed, say

register = template.Library()
register.filter(say)
register.filter(listed)
register.filter("law", cited)


@register.filter
def titled(words: Words, title: str) -> str:
    """A life event with the name that its case or draft has got: 开餐饮店 · 示范面馆."""
    return say(words) if title in ("", words.of("zh-hans")) else f"{say(words)} · {title}"


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as people write it: 12月8日."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return dates.short(local)


@register.filter
def full_day(value: date | datetime | None) -> str:
    """A day with its year: 2026年12月8日."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return dates.full(local)


@register.filter
def moment(value: datetime | None) -> str:
    """A time in Shanghai: 12月8日 09:05."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return gettext("%(day)s %(time)s") % {"day": day(local), "time": f"{local:%H:%M}"}


@register.filter
def megabytes(size: int) -> str:
    """A file's size for people."""
    return f"{size / 1_048_576:.1f} MB" if size >= 104_858 else f"{max(1, round(size / 1024))} KB"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A line icon, hidden from screen readers."""
    return icons.icon(name, extra)


@register.simple_tag
def source(kind: str, words: Words | str) -> SafeString:
    """A chip that says who gives a fact or paper. Kinds: gov, plan, up, promise, show."""
    shapes = {"gov": "shield", "plan": "arrow", "up": "upload", "promise": "pen", "show": "pin"}
    return format_html('<span class="ov-src ov-src--{}">{}{}</span>', kind, icons.icon(shapes[kind]), say(words))


@register.simple_tag
def due(status: str, left: int | None = None, at: date | None = None, words: Words | str | None = None) -> SafeString:
    """The chip of a clock's state (ontime, near, overdue, waiting, done) with a shape and words."""
    kind = {"waiting": "stopped"}.get(status, status)
    text = say(words) or due_words(status, left, at)
    return format_html('<span class="ov-due ov-due--{}">{}{}</span>', kind, icons.clock_shape(status), text)


def due_words(status: str, left: int | None, at: date | None) -> str:
    """The chip's words, from the working days that are left."""
    if status == "done":
        return gettext("%(day)s办好") % {"day": day(at)} if at else gettext("已办好")
    if status == "waiting" or left is None:
        return gettext("还没起算")
    if left < 0:
        return ngettext("超期 %(days)d 天", "超期 %(days)d 天", -left) % {"days": -left}
    if left == 0:
        return gettext("今天到期")
    return ngettext("还有 %(days)d 天", "还有 %(days)d 天", left) % {"days": left}


@register.simple_tag
def clock(value: clocks.ClockLike, title: Words | str = "") -> SafeString:
    """The clock line of a procedure, wide and for phones: one cell a working day."""
    return clocks.lines(value, say(title))


@register.simple_tag
def clock_mini(value: clocks.ClockLike) -> SafeString:
    """The clock line without words, for lists."""
    return clocks.mini(value)


@register.inclusion_tag("ui/nav_link.html")
def nav_link(icon_name: str, words: str, name: str, here: str | None) -> dict[str, object]:
    """A place of the navigation by its address's name, marked on its own page (`page`) and on those below it (`true`).

    `here`: the path of this page; none on the page of an error without a request.
    """
    address = reverse(name)
    below = bool(here) and address != "/" and str(here).startswith(address)
    return {"icon_name": icon_name, "words": words, "address": address, "here": here == address, "below": below}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(
    errors: Mapping[str, Words | str] | Sequence[tuple[str, Words | str]] | str, title: str = ""
) -> dict[str, object]:
    """What has to be changed, each linked to its field. Keys are field names (`matter.area`) or ids with `#`.

    A plain sentence is of the whole page; "" shows nothing.
    """
    if isinstance(errors, str):
        errors = [("", errors)] if errors else []
    pairs = errors.items() if isinstance(errors, Mapping) else errors
    linked = [(key[1:] if key.startswith("#") else Field(key, "").id if key else "", say(text)) for key, text in pairs]
    return {"errors": linked, "title": title or gettext("有几处要改一下，其余的已经存好")}


@register.inclusion_tag("ui/field.html")
def field(value: Field, heading: bool = False) -> dict[str, object]:
    """A form field with label, hint and error; `heading`: its label is the page's h1."""
    return {"field": value, "heading": heading}


@register.inclusion_tag("ui/bars.html")
def bars(caption: str, rows: Sequence[Bar], *heads: Words | str) -> dict[str, object]:
    """Rows of bars with their numbers under the headings of the columns, all to one scale."""
    said = [say(one) for one in heads]
    return {"caption": caption, "heads": said, "rows": drawn(rows, said)}


@register.inclusion_tag("ui/visits.html")
def visits(low: int, high: int, title: str, words: Words | str = "") -> dict[str, object]:
    """How many trips, large: once a page, near the top."""
    return {"low": low, "high": high, "title": title, "words": say(words)}


@register.inclusion_tag("ui/language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, object]:
    """A button for each other language, which comes back to this page; nothing on a page without a request (500).

    The answer to a form that was sent cannot be asked for again, so from there it leads back to the form's page.
    """
    request: HttpRequest | None = context.get("request")
    if request is None:
        return {"languages": ()}
    here = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        came = urlsplit(request.headers.get("referer", ""))
        here = came._replace(scheme="", netloc="").geturl() if came.netloc == request.get_host() else reverse("home")
    others = [(code, name) for code, name in settings.LANGUAGES if code != get_language()]
    return {"languages": others, "next": here}


@register.inclusion_tag("ui/demonstration.html")
def demonstration() -> dict[str, object]:
    """The strip that says that this installation has made-up people and no legal force."""
    return {"shown": settings.DEMO}


@register.inclusion_tag("ui/plan.html")
def plan(drawing: Drawing) -> dict[str, object]:
    """The plan, drawn for both kinds of screen, with its legend and its text."""
    return {
        "wide": wide.draw(drawing),
        "tall": tall.draw(drawing),
        "words": rows.in_words(drawing),
        "several": len(drawing.bars) > 1,
        "linked": bool(drawing.links),
        "visited": any(act.visit for act in drawing.acts),
    }
