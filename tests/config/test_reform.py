"""`onevisit why` and `onevisit reform`: what they print, their exit codes, and a sentence for wrong input."""

import json
import shutil
from pathlib import Path

import pytest

from onevisit.config.cli import main
from onevisit.config.environment import ROOT

SLUGS = ("newborn", "open-restaurant", "sell-home")


@pytest.fixture
def said(capsys):
    def _said(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return _said


def test_the_cheapest_levers_are_told_with_owner_article_and_estimate(said):
    code, out, _ = said("reform", "newborn", "--unreformed")
    assert code == 0
    assert "在网上办最多跑 8 次" in out
    assert "在网上办最多跑 1 次，只到窗口办最多 1 次，已证明" in out
    assert "证明了没有更便宜的" in out
    assert "没有公开来源" in out


def test_as_json_with_the_rows_that_prove_it(said):
    code, out, _ = said("reform", "newborn", "--unreformed", "--json", "--lang", "en")
    (one,) = json.loads(out)
    assert code == 0
    assert one["after"] == {"online": 1, "walk_in": 1}
    chosen = {lever["key"] for lever in one["levers"]}
    assert all(chosen & set(row) for row in one["rows"])
    assert one["cost_first_year"] == sum(lever["cost"] + lever["yearly_cost"] for lever in one["levers"])
    assert "estimates" in one["estimates"]


def test_a_budget_buys_what_it_can(said):
    code, out, _ = said("reform", "newborn", "--unreformed", "--budget", 250000, "--lang", "en")
    assert code == 0
    assert "then: at most 2 visits online" in out
    code, out, _ = said("reform", "newborn", "--unreformed", "--budget", 0, "--lang", "en")
    assert code == 0


def test_averages_are_of_synthetic_applicants_and_say_so(said):
    out = said("reform", "newborn", "--unreformed")[1]
    assert "平均（100 个合成的申请人）：跑 3.7 → " in out
    assert "不是真人" in out
    code, out, _ = said("reform", "newborn", "--unreformed", "--json", "--lang", "en")
    (one,) = json.loads(out)
    averages = one["averages"]
    assert code == 0
    assert "synthetic" in averages["of"]
    assert averages["applicants"] == 100
    assert averages["after"]["visits"] < 1 < averages["before"]["visits"] < 8
    assert averages["after"]["days"] < averages["before"]["days"]
    assert said("reform", "newborn", "--unreformed", "--json", "--lang", "en")[1] == out


def test_when_the_time_is_up_nothing_is_called_proved(said):
    code, out, _ = said("reform", "newborn", "--unreformed", "--seconds", 0)
    assert code == 1
    assert "证明了没有更便宜的" not in out
    assert "没有证明这是最便宜的：至少要 0 元" in out
    assert "在网上办最多跑 1 次，只到窗口办最多 1 次，已证明" in out
    code, out, _ = said("reform", "newborn", "--unreformed", "--seconds", 0, "--budget", 250000, "--lang", "en")
    assert code == 1
    assert "not proved the fewest: no fewer than 0 visits" in out
    assert "proved: the budget buys no fewer visits" not in out


def test_all_events_reach_the_target_together(said):
    code, out, _ = said("reform", "--all", "--unreformed", "--target", 4, "--json", "--lang", "en")
    found = json.loads(out)
    assert code == 0
    assert [one["event"] for one in found["events"]] == [f"{slug}-unreformed" for slug in SLUGS]
    assert all(max(one["after"].values()) <= 4 for one in found["events"])
    whole = found["together"]
    assert whole["proved"]
    assert whole["cost_first_year"] == whole["cost_at_least"]
    each = sum(one["cost_first_year"] for one in found["events"])
    assert whole["cost_first_year"] == each - whole["shared_saves"]


def test_one_budget_for_all_events_weighted_by_demand(said):
    code, out, _ = said("reform", "--all", "--unreformed", "--budget", 5000, "--json", "--lang", "en")
    found = json.loads(out)
    year = found["together"]["visits_a_year"]
    assert code == 0
    assert found["together"]["cost_first_year"] <= 5000
    assert year["after"] == year["at_least"] < year["before"]
    for when in ("before", "after"):
        assert year[when] == sum(one["demand"] * max(one[when].values()) for one in found["events"])
    assert "demand" in year["estimates"]
    out = said("reform", "--all", "--budget", 5000)[1]
    assert "一年的件数也是" in out
    assert "一年合计：7,900 次 → 7,900 次" in out
    assert out.count("这笔钱在这里买不到更少的次数") == 3


def test_what_is_reached_already_needs_nothing(said):
    code, out, _ = said("reform", "--all")
    assert code == 0
    assert out.count("不用再改") == 3


def test_out_of_reach_ends_with_1_and_says_for_whom(said):
    code, out, _ = said("reform", "newborn", "--target", 0, "--lang", "en")
    assert code == 1
    assert "not even all levers reach 0" in out


@pytest.mark.parametrize("amount", ["much", "-1", "NaN"])
def test_a_budget_that_is_none(said, amount):
    code, _, err = said("reform", "newborn", f"--budget={amount}")
    assert code == 2
    assert amount in err


def test_wrong_names_have_their_sentence(said, tmp_path):
    assert "--all" in said("reform")[2]
    assert "open-restaurant" in said("reform", "nix")[2]
    assert "open-restaurant" in said("why", "nix")[2]
    shutil.copytree(Path(ROOT) / "content", tmp_path / "content")
    shutil.rmtree(tmp_path / "content" / "reform")
    shutil.rmtree(tmp_path / "content" / "illustrations")
    for command in (("reform", "newborn"), ("why", "newborn", "--unreformed")):
        code, _, err = said(*command, "--content", tmp_path / "content")
        assert code == 1
        assert "content/" in err


def test_why_names_rule_article_and_remedy(said):
    code, out, _ = said("why", "newborn", "--target", 0, "--online")
    assert code == 0
    assert "出境入境管理法" in out
    assert "去掉它" in out
    code, out, _ = said("why", "newborn", "--target", 0, "--lang", "en")
    assert "who walks in comes once at least" in out
    assert "没有人跑得多于 1 次，已证明" in said("why", "sell-home")[1]


def test_why_as_json(said):
    code, out, _ = said("why", "newborn", "--unreformed", "--json")
    document = json.loads(out)
    assert code == 0
    first = document["people"][0]
    assert first["visits"] == 8
    assert [one["visit"] for one in first["causes"]] == list(range(2, 9))
    assert all(rule["remedy"] and rule["basis"] for one in first["causes"] for some in one["sets"] for rule in some)
