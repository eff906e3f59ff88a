"""Fields made from facts, and how they are drawn."""

from datetime import date
from decimal import Decimal

from django.template import Context, Template

from onevisit.core.facts import FactSpec, FactType, Option
from onevisit.core.text import Text
from onevisit.ui.forms import as_typed, field_of

T = Text("面积", "area")


def drawn(field) -> str:
    return Template("{% load ui %}{% field f %}").render(Context({"f": field}))


def spec(kind: FactType, **more) -> FactSpec:
    return FactSpec("matter.area", kind, T, T, T, **more)


def test_a_number_has_its_unit_and_keyboard():
    field = field_of(spec(FactType.DECIMAL, unit=Text("平方米"), hint=Text("含厨房")), Decimal("12.5"))
    page = drawn(field)
    assert 'value="12.5"' in page and 'inputmode="decimal"' in page and "平方米" in page
    assert 'for="f-matter-area"' in page and 'aria-describedby="f-matter-area-hint"' in page


def test_what_was_typed_stays_beside_its_error():
    page = drawn(field_of(spec(FactType.TEXT), "旧", typed='"><b>', error=Text("请改")))
    assert "&quot;&gt;&lt;b&gt;" in page and 'aria-invalid="true"' in page and "请改" in page and "旧" not in page


def test_choices_are_radios_in_a_fieldset_and_the_first_has_the_fields_id():
    options = (Option("a", Text("甲"), Text("说明")), Option("b", Text("乙")))
    page = drawn(field_of(spec(FactType.CHOICE, options=options), "b"))
    assert "<fieldset" in page and "<legend" in page and 'id="f-matter-area"' in page
    assert page.count('type="radio"') == 2 and page.count("checked") == 1
    assert "checked" in page.split('value="b"')[1]


def test_yes_or_no_stand_beside_each_other():
    assert "ov-choice--row" in drawn(field_of(spec(FactType.BOOL), True))


def test_long_texts_get_lines_and_phones_their_keyboard():
    assert "<textarea" in drawn(field_of(spec(FactType.TEXT, check="ric_list", max_length=800)))
    assert 'type="tel"' in drawn(field_of(spec(FactType.TEXT, check="phone")))
    assert "例如" in drawn(field_of(spec(FactType.DATE)))


def test_values_as_typed():
    assert [as_typed(v) for v in (None, True, False, date(2026, 1, 2), 3)] == ["", "true", "false", "2026-01-02", "3"]
