"""Reading content/ for commands that need no database."""

import json
from pathlib import Path
from typing import Any

from onevisit.catalogue.build import build
from onevisit.catalogue.levers import Reform, read_levers
from onevisit.catalogue.load import Content, read_content, snapshot_of
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


def version_of(path: Path) -> tuple[LifeEvent, str]:
    """The event of a version's document as it is downloaded, and its snapshot. Raises Plain."""
    document = json_of(path)
    try:
        event: LifeEvent = build(LifeEvent, document)
    except (KeyError, TypeError, ValueError) as wrong:
        raise Plain(f"{path} is no version of a life event ({wrong}): download it again.") from wrong
    return event, snapshot_of(document)


def json_of(path: Path) -> Any:
    """What a JSON file holds. Raises Plain."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Plain(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise Plain(f"{path} is no JSON: {error}.") from error


def event_of(content: Content, slug: str) -> LifeEvent:
    """The life event of a slug. Raises Plain, which lists those that exist."""
    if slug not in content.events:
        raise Plain(f"There is no life event {slug!r}; these are: {', '.join(sorted(content.events))}.")
    return content.events[slug]
