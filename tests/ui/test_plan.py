"""The plan drawing: nothing left out, arrows that keep clear, many lanes on a phone, the same in words."""

import re

import pytest
from django.utils.safestring import SafeString

from onevisit.ui.plan import rows, tall, wide
from onevisit.ui.plan.model import Act, Bar, Drawing, Lane, Link, tracks
from onevisit.ui.plan.route import Box, best_x, crossings, steps


def drawing(
    lanes: int, bars: tuple[Bar, ...], links: tuple[Link, ...] = (), acts: tuple[Act, ...] = (), days: int = 10
) -> Drawing:
    return Drawing(
        name="d",
        title="办理方案",
        summary="说明",
        you="您",
        you_sub="跑 0 次",
        lanes=tuple(Lane(f"a{n}", f"{n}号局", "1 项") for n in range(lanes)),
        bars=bars,
        acts=acts,
        links=links,
        days=days,
        dates=tuple((f"12月{n + 1}日", "周一") for n in range(days + 1)),
        done="全部办好",
    )


def bar(key: str, lane: int, begins: int, ends: int, *after: str, gives: str = "") -> Bar:
    length = f"{ends - begins} 个工作日" if ends > begins else "当场"
    return Bar(key, f"a{lane}", f"事项{key}", begins, ends, length, gives=gives, after=after)


SERIAL = drawing(
    2,
    (bar("x", 0, 0, 3, gives="批文"), bar("y", 1, 3, 10, "x")),
    (Link("x", "y", serial=True),),
    (Act(0, "phone", "网上提交一次"), Act(10, "courier", "证照快递到", "不用取")),
)


@pytest.mark.parametrize("draw", [wide.draw, tall.draw])
def test_a_picture_names_itself_and_everything_on_it(draw):
    svg = draw(SERIAL)
    assert isinstance(svg, SafeString)
    assert "<title" in svg and "<desc" in svg and 'role="img"' in svg and "style=" not in svg
    labels = re.search(r'aria-labelledby="([^"]+)"', svg)
    assert labels and all(f'id="{name}"' in svg for name in labels.group(1).split())
    assert svg.count('class="pl-bar"') == 2
    assert "网上提交一次" in svg and "pl-arrow" in svg


@pytest.mark.parametrize("draw", [wide.draw, tall.draw])
def test_what_is_typed_is_escaped(draw):
    bad = drawing(1, (Bar("x", "a0", "<script>", 0, 3, "3 天"),))
    assert "<script>" not in draw(bad)


def test_two_pictures_on_a_page_do_not_share_ids():
    page = wide.draw(SERIAL) + tall.draw(SERIAL)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_words_tell_the_same_in_order():
    lines = rows.in_words(SERIAL)
    assert lines[0].startswith("12月1日：网上提交一次")
    assert [line.split("：")[1].split("，")[0] for line in lines] == [
        "网上提交一次",
        "开始办事项x",
        "批文办好",
        "开始办事项y",
        "事项y办好",
        "证照快递到",
    ]
    assert "自动交给 1 项" in lines[2]


def test_a_chain_of_things_done_on_the_spot_is_told_to_its_end():
    chain = drawing(1, (bar("x", 0, 0, 0), bar("y", 0, 0, 0, "x"), bar("z", 0, 0, 0, "y")), days=1)
    ended = [row.ends.key for row in rows.rows_of(chain) if row.ends]
    assert ended == ["x", "y", "z"]


def test_a_visit_has_its_pin_and_its_thread():
    visit = Act(3, "pin", "去大厅", "签字", visit=True, bars=("y",))
    svg = wide.draw(drawing(2, SERIAL.bars, SERIAL.links, (visit,)))
    assert 'class="pl-pin"' in svg and 'class="pl-thread"' in svg and 'class="pl-knot"' in svg
    assert 'class="pl-pin"' in tall.draw(drawing(2, SERIAL.bars, SERIAL.links, (visit,)))


@pytest.mark.parametrize("lanes", [1, 7, 12, 20])
def test_any_number_of_lanes_fits_a_phone(lanes):
    many = drawing(lanes, tuple(bar(f"b{n}", n, 0, 1 + n % 9) for n in range(lanes)))
    svg = tall.draw(many)
    xs = [float(x) for x in re.findall(r'<rect class="pl-bar"[^>]* x="([\d.]+)"', svg)]
    assert len(xs) == lanes and max(xs) < 260
    texts = [float(x) for x in re.findall(r'<text class="pl-name" x="([\d.]+)"', svg)]
    assert min(texts) > max(xs) + 8, "words stand clear of the lanes"


def test_an_arrow_goes_round_a_busy_lane():
    busy = drawing(
        3,
        (bar("x", 0, 0, 5), bar("busy", 1, 4, 9), bar("y", 2, 5, 10, "x")),
        (Link("x", "y", serial=True),),
    )
    picture = wide._Wide(busy)
    path, x, _ = picture._route(busy.links[0], set(), [])
    boxes = [box for box in picture.boxes if box.owner == "busy"]
    assert path and crossings(x, picture.placed["x"].bottom, picture.placed["y"].top, boxes) == 0


def test_on_a_phone_an_arrow_bridges_a_busy_lane():
    busy = drawing(3, (bar("x", 0, 0, 3), bar("busy", 1, 0, 9), bar("y", 2, 0, 10)), (Link("x", "y"),))
    assert re.search(r'class="pl-out" d="[^"]*a[\d.]+ [\d.]+ 0 0 1', tall.draw(busy))


def test_best_x_prefers_the_free_way_then_its_own_line():
    wall = [Box("w", 10, 0, 50, 10)]
    assert best_x([20, 60], 0, 10, wall) == 60
    assert best_x([60, 70], 0, 10, wall, used={70}) == 70
    assert best_x([60, 70], 0, 10, wall, shunned=[61]) == 70
    assert steps(0, 20, 8) == [0, 8, 16] and steps(20, 0, 8) == []


def test_spans_that_touch_take_another_track():
    assert tracks([(0, 5), (5, 9), (6, 9)], gap=1) == [0, 1, 0]
