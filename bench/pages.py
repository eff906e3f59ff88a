"""How long the server takes for each page, and how much it sends."""

import gzip
import statistics
import time

from bench.site import Site, Visitor

TIMES = 15


def pages(site: Site) -> None:
    """Median time from request to the last byte, over loopback."""
    chen = Visitor(site, "chen")
    officer = Visitor(site, "shichang")
    for who, paths in (
        (chen, ["/", "/guides/open-restaurant", "/cases", "/licences", "/me/looks"]),
        (officer, ["/office/"]),
    ):
        for path in paths:
            print(_line(who, path))


def _line(who: Visitor, path: str) -> str:
    took = []
    status, body = who.get(path)
    for _ in range(TIMES):
        began = time.perf_counter()
        status, body = who.get(path)
        took.append((time.perf_counter() - began) * 1000)
    size = len(gzip.compress(body)) / 1024
    return f"  {path:28} {statistics.median(took):7.1f} ms   {size:5.1f} KB gzipped   {status}"
