"""What a reader of English sees of a page, and what of it is still Chinese."""

import re
from dataclasses import dataclass, field

from django.test import Client
from lxml import html

HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")  # characters and punctuation
SHOWN = ("alt", "aria-label", "placeholder", "title")
UNSEEN = ("script", "style", "template", "head")
# What people typed, are called or sent, what a register's record says, official numbers: never translated.
ENTERED = re.compile(
    "|".join(
        (
            "王小满|王小|吴秋实|沈知行|周窗口|李审批|赵改革|方敏|林岚|石磊|林一勺|陈小满|[王吴沈周李赵方林石]\\*+|^[王吴沈周李赵方林石示何温]$",
            "(?:何家安|陆清和|温远行|白月初|[何陆温白]\\*+)（示范）(?:、陆清和（示范）)?",
            "小满面馆|秋实小馆|示范餐饮有限公司|德清县工商局|示范路18号|门头上方，3米×1米",
            "图上看不清洗手池，请重画|请写真实姓名|冒名登记",
            "今天的号已经取完（{count}个）。请换一天。",  # a refusal of other tests, which the API's page lists
            "居民身份证信息（示范）|示范-居民身份证|示范健证-[0-9]{4}(?:、示范健证-[0-9]{4})*",
            "浙江省湖州市德清县示范路[0-9]+号(?:一层|2幢301室)?（示范）",
            "林一勺，健康证明有效（示范）；孙小锅，健康证明有效（示范）",
            "德清县示范路8号一层，商业用房，320平方米，权利人钱满仓（示范）",
            "浙\\(20[0-9]{2}\\)德清县不动产权第[0-9]+号|示范[0-9A-Z]+(?:-[0-9A-Z]+)*(?:补收|收|不受|撤受|受|补|决|撤|缴|退|送|终)?",
        )[::-1]
    )
)


@dataclass
class Reader:
    """Keeps every page that the clients of a test got."""

    pages: list[tuple[str, str]] = field(default_factory=list)  # how it was got, its HTML

    def keep(self, method: str, path: str, response) -> None:
        if response["Content-Type"].startswith("text/html") and response.content:
            self.pages.append((f"{method} {path} {response.status_code}", response.content.decode()))

    def chinese(self) -> list[str]:
        """What is left of Chinese, with the page on which it stands; each once."""
        found = {text: where for where, page in reversed(self.pages) for text in chinese(page)}
        return sorted(f"{where}: {text}" for text, where in found.items())


def chinese(page: str) -> list[str]:
    """Texts and attributes of a page in which Chinese is left once what people entered is taken away."""
    tree = html.fromstring(page)
    title = tree.findtext(".//title") or ""
    return [text for text in (title, *_texts(tree)) if HAN.search(ENTERED.sub("", text))]


def _texts(element):
    if not isinstance(element.tag, str) or element.tag in UNSEEN or element.get("lang", "").startswith("zh"):
        return
    yield from (element.get(name).strip() for name in SHOWN if element.get(name))
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip():
            yield " ".join(text.split())
    for child in element:
        yield from _texts(child)


LINK = re.compile(r'href="(/[^"#]*|\?[^"#]*)(?:#[^"]*)?"')


def crawl(client: Client, *starts: str, most: int = 150) -> set[str]:
    """Follow every link from the pages `starts`; the addresses of the pages that were read."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        shape = _shape(address)
        if address in seen or "/static/" in address or sum(shape == one for one in map(_shape, seen)) > 8:
            continue
        seen.add(address)
        response = client.get(address, follow=True)
        soon = response.status_code == 409 and address.endswith("/pdf")  # a document that is not made yet
        assert response.status_code == 200 or soon, (address, response.status_code)
        if response["Content-Type"].startswith("text/html"):
            path = response.request["PATH_INFO"]
            for link in LINK.findall(response.content.decode()):
                waiting.append((path + link if link.startswith("?") else link).replace("&amp;", "&"))
    return seen


def _shape(address: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=pull=)[a-z-]+", "ID", address)
