"""Of every event, now and before reforms, in both languages: no box over another, no line through a box."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import translation

from onevisit.catalogue.levers import read_levers
from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.drawing.model import Origin, Picture
from onevisit.core.drawing.of_event import picture_of_event
from onevisit.core.drawing.of_plan import picture_of_plan
from onevisit.core.planning.core import core_of
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.options import Context
from onevisit.core.proving.proof import prove
from onevisit.reform.drawing import place, tall
from onevisit.reform.drawing.draw import draw
from onevisit.reform.drawing.routes import path


def pictures() -> Iterator[tuple[str, Picture]]:
    folder = Path(ROOT) / "content"
    content = read_content(folder)
    for slug, reform in sorted(read_levers(folder, content).items()):
        assert reform.illustration is not None
        for event in (content.events[slug], reform.illustration.event):
            graph = compile_event(event, "")
            yield f"{event.key}-all", picture_of_event(graph)
            for channel in prove(graph).channels:
                context = graph.context(Context(channel.walk_in))
                core = core_of(graph, graph.classify(dict(channel.witness)), context)
                yield f"{event.key}-{channel.walk_in}", picture_of_plan(graph, core)


ALL = dict(pictures())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("layout", [place.layout, tall.layout], ids=["wide", "tall"])
def test_nothing_lies_over_anything(name, layout, language):
    with translation.override(language):
        out = layout(ALL[name])
    cards = list(out.cards.values())
    for n, a in enumerate(cards):
        assert 0 <= a.left < a.right <= out.width
        assert out.strip < a.top
        assert a.top + a.height <= out.height
        for b in cards[n + 1 :]:
            apart = a.right <= b.left or b.right <= a.left
            assert apart or a.top + a.height <= b.top or b.top + b.height <= a.top
    for line, _, points in out.ways:
        for (x1, y1), (x2, y2) in pairwise(points):
            assert x1 == x2 or y1 == y2
            for card in cards:
                inside = min(x1, x2) < card.right and max(x1, x2) > card.left
                assert not (inside and card.top < max(y1, y2) and min(y1, y2) < card.top + card.height), line


@pytest.mark.parametrize("name", ALL)
def test_everything_is_in_it(name):
    picture = ALL[name]
    with translation.override("zh-hans"):
        text = draw(picture, "题", "说明", "没有人")
    for drawing in text.split("</svg>")[:2]:
        assert drawing.count('class="ed-line ') == len(picture.lines)
        assert drawing.count('class="ed-mark ') == sum(len(box.papers) for box in picture.boxes)
        assert drawing.count('class="ed-number"') == len(picture.trips)
        assert drawing.count('class="ed-small"') == sum(len(box.stops) for box in picture.boxes)


@pytest.mark.parametrize("name", ALL)
def test_what_is_made_here_comes_by_a_line(name):
    picture = ALL[name]
    made = {
        (box.key, p.key) for box in picture.boxes for p in box.papers if p.origin in (Origin.PASSED, Origin.CARRIED)
    }
    assert {(line.target, line.paper) for line in picture.lines if line.paper} == made


def test_corners_are_round_and_straight_ways_have_none():
    assert path([(0, 0), (10, 0), (10, 0), (20, 0)]) == "M0.0 0.0L20.0 0.0"
    assert path([(0, 0), (20, 0), (20, 30)]).count("Q") == 1
