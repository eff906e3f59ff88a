"""Everybody follows every link from the pages that he starts at, and meets forms."""

import re
from dataclasses import dataclass

from django.test import Client

from tests.forms.reading import Page, read

ALIKE = 3  # pages of one kind that one person reads, besides those that he starts at
NAME = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{14,}[0-9A-Z]*|[0-9]{4}-[0-9]{2}-[0-9]{2}|(?<=pull=)[a-z-]+")
NO_PAGE = re.compile(r"/(static|api)/|/pdf$|/documents?/|/document$|/receipts/|\.json$")


@dataclass
class County:
    """Everybody's browser, and where he starts; "" is a visitor."""

    browsers: dict[str, Client]
    starts: dict[str, list[str]]


def get(client: Client, address: str) -> Page:
    """The page of an address, wherever that leads."""
    answer = client.get(address, follow=True)
    assert answer["Content-Type"].startswith("text/html"), address
    return read(answer.request["PATH_INFO"], answer.status_code, answer.content.decode())


def walk(client: Client, starts: list[str]) -> list[Page]:
    """All pages, those of a kind only a few times; who starts at a page gets that page."""
    found = [get(client, address) for address in dict.fromkeys(starts)]
    assert [page.address for page in found] == [one.partition("?")[0] for one in dict.fromkeys(starts)]
    waiting, seen, alike = [link for page in found for link in _links(page)], set(starts), dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        kind = NAME.sub("ID", address)
        if address in seen or NO_PAGE.search(address) or alike.get(kind, 0) == ALIKE:
            continue
        seen.add(address)
        alike[kind] = alike.get(kind, 0) + 1
        found.append(get(client, address))
        waiting += _links(found[-1])
    return found


def _links(page: Page) -> list[str]:
    return [page.address + link if link.startswith("?") else link for link in page.links]
