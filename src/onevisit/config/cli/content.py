"""Reading content/ for commands that need no database."""

from pathlib import Path

from onevisit.catalogue.levers import Reform, read_levers
from onevisit.catalogue.load import Content, read_content
from onevisit.config.environment import Environment
from onevisit.config.plain import Plain
from onevisit.core.catalogue import LifeEvent


def content_of(folder: Path | None = None) -> Content:
    """The content of this installation. Raises Plain (no folder) or what read_content raises (broken content)."""
    return read_content(_where(folder))


def levers_of(content: Content, folder: Path | None = None) -> dict[str, Reform]:
    """The levers of its events. Raises Plain (no folder) or what read_levers raises (broken content)."""
    return read_levers(_where(folder), content)


def _where(folder: Path | None) -> Path:
    where = folder or Environment.read().content
    if not where.is_dir():
        raise Plain(f"There is no content in {where}: set ONEVISIT_CONTENT to the folder.")
    return where


def event_of(content: Content, slug: str) -> LifeEvent:
    """The life event of a slug. Raises Plain, which lists those that exist."""
    if slug not in content.events:
        raise Plain(f"There is no life event {slug!r}; these are: {', '.join(sorted(content.events))}.")
    return content.events[slug]
