"""Reading content/ for commands that need no database."""

from pathlib import Path

from onevisit.catalogue.load import Content, read_content
from onevisit.config.environment import Environment
from onevisit.config.plain import Plain
from onevisit.core.catalogue import LifeEvent


def content_of(folder: Path | None = None) -> Content:
    """The content of this installation. Raises Plain (no folder) or what read_content raises (broken content)."""
    where = folder or Environment.read().content
    if not where.is_dir():
        raise Plain(f"There is no content in {where}: set ONEVISIT_CONTENT to the folder.")
    return read_content(where)


def event_of(content: Content, slug: str) -> LifeEvent:
    """The life event of a slug. Raises Plain, which lists those that exist."""
    if slug not in content.events:
        raise Plain(f"There is no life event {slug!r}; these are: {', '.join(sorted(content.events))}.")
    return content.events[slug]
