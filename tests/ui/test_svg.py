"""Words in lines: brackets stand with what they hold, commas with what is before them."""

from onevisit.ui.svg import width_of, wrapped


def test_a_bracket_opens_on_the_line_of_its_words():
    assert wrapped("办证大厅（示例）", 60, 12) == ["办证大厅", "（示例）"]


def test_a_comma_hangs_over():
    assert wrapped("一二三四，五", 48, 12) == ["一二三四，", "五"]


def test_latin_words_are_not_broken():
    lines = wrapped("registration of a company", 80, 13)
    assert " ".join(lines) == "registration of a company"
    assert all(width_of(line, 13) <= 80 or " " not in line for line in lines)


def test_nothing_has_no_line():
    assert wrapped("", 80, 13) == []
