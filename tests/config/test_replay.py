"""`onevisit replay`: past cases and synthetic applicants under a draft, and a sentence for each wrong input."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from onevisit.cases.models import Case
from onevisit.catalogue.load import canonical, read_content
from onevisit.config.cli import main
from onevisit.config.cli.replaying.crew import done
from onevisit.config.cli.replaying.period import period
from onevisit.config.cli.replaying.progress import Progress
from onevisit.config.plain import Plain
from onevisit.core.conditions import parse
from onevisit.insight.replaying.work import Draw, Sides, Worker
from onevisit.people.models import Look
from onevisit.people.queries import looks_at
from tests.core.planning.catalogues import restaurant
from tests.fixtures.people import actor
from tests.office.filing import file_case

EVENT = "open-restaurant"
FIRE = "events/open-restaurant/services/4-fire-check.yaml"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content, with the fire check from 100 m² on instead of 300."""
    folder = tmp_path_factory.mktemp("draft") / "content"
    shutil.copytree(settings.CONTENT, folder)
    rewrite(folder / FIRE, "matter.area >= parameter.fire_area", "matter.area >= 100")
    return folder


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def said(capsys):
    """Run a command; (exit code, standard output, standard error)."""

    def _said(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return _said


def replayed(said: Any, *arguments: object) -> dict[str, Any]:
    code, out, error = said("replay", *arguments, "--json")
    assert code == 0, error
    found: dict[str, Any] = json.loads(out)
    return found


def test_synthetic_applicants(said, draft: Path) -> None:
    found = replayed(said, draft, "--synthetic", 200)
    assert (found["source"], found["applicants"], found["seed"]) == ("synthetic", 200, 1)
    assert found["notice"] == "合成的申请人，不是真人"
    assert (found["unchanged"], found["added"], found["removed"]) == (["newborn", "sell-home"], [], [])
    [event] = found["events"]
    assert event["event"] == EVENT
    assert event["applicants"] == sum(event["verdicts"].values()) == 200
    worse = event["verdicts"]["worse"]
    assert 0 < worse == event["services"]["gained"]["fire-check"]
    assert (event["verdicts"]["better"], event["verdicts"]["open"], event["too_open"]) == (0, 0, 0)
    [fire] = [one for one in event["agencies"] if one["agency"] == "fire-rescue"]
    assert fire["after"]["procedures"]["low"] - fire["before"]["procedures"]["high"] == worse
    example = event["examples"]["worse"][0]
    assert {"label": "使用面积", "value": "≥ 100 平方米，< 300 平方米"} in example["answers"]
    assert example["gained"] == ["fire-check"]
    assert any(line["key"] == "assumptions" for line in event["proofs"])


def test_the_same_applicants_for_the_same_seed_however_many_processes(said, draft: Path) -> None:
    one, two = (replayed(said, draft, "--synthetic", 450, "--jobs", n) for n in (1, 2))
    assert one == two
    assert replayed(said, draft, "--synthetic", 450, "--seed", 2)["events"] != one["events"]


def test_told_in_chinese_and_in_english(said, draft: Path) -> None:
    code, out, error = said("replay", draft, "--synthetic", 60, "--event", EVENT)
    assert (code, error) == (0, "")
    assert out.count("合成") >= 3, "each part says that nobody is real"
    assert "按草稿才要办: 公众聚集场所投入使用、营业前消防安全检查" in out
    english = said("replay", draft, "--synthetic", 60, "--event", EVENT, "--english")[1]
    assert "synthetic applicants, nobody real" in english
    assert "needed only by the draft" in english
    assert not re.search("[一-鿿]", english)


def test_a_draft_without_a_change(said, draft: Path) -> None:
    found = replayed(said, draft, "--against", draft, "--synthetic", 10)
    assert (found["events"], len(found["unchanged"]), found["applicants"]) == ([], 3, 0)


def test_a_version_as_it_is_downloaded_is_a_draft_of_its_event(said, draft: Path, tmp_path: Path) -> None:
    changed = read_content(draft)
    file = tmp_path / "open-restaurant.json"
    file.write_text(canonical(changed.documents[EVENT]), encoding="utf-8")
    by_file, by_folder = (replayed(said, one, "--synthetic", 60, "--event", EVENT)["events"] for one in (file, draft))
    assert by_file == by_folder
    whole = replayed(said, file, "--synthetic", 60)
    assert [one["event"] for one in whole["events"]] == [EVENT]
    assert whole["removed"] == [], "the other events are not in the file, and stay as they are"
    file.write_text("{}", encoding="utf-8")
    assert "is no version of a life event" in said("replay", file, "--synthetic", 60)[2]


def test_an_event_that_only_one_of_them_has(said, draft: Path, tmp_path: Path) -> None:
    fewer = tmp_path / "content"
    shutil.copytree(draft, fewer)
    shutil.rmtree(fewer / "events" / EVENT)
    found = replayed(said, draft, "--against", fewer, "--synthetic", 10)
    assert (found["added"], found["removed"], found["events"]) == ([EVENT], [], [])
    assert replayed(said, fewer, "--against", draft, "--synthetic", 10)["removed"] == [EVENT]
    assert "only in the draft" in said("replay", draft, "--against", fewer, "--synthetic", 10, "--event", EVENT)[2]


@pytest.mark.django_db
def test_past_cases(said, draft: Path, content, register, accounts) -> None:
    by = actor(accounts["xiaoman"])
    assert by.person is not None
    for more in ({}, {"matter__tobacco": "true"}, {"matter__sign": "large"}):
        file_case(by, timezone.now(), **more)
    today = timezone.localdate()
    found = replayed(said, draft, f"--cases={today}", "--jobs", 2)
    assert (found["source"], found["cases"], found["period"]) == ("past", 3, f"{today}..{today}")
    [event] = found["events"]
    area = Case.objects.values_list("facts", flat=True)[0]["matter.area"]
    assert float(area) >= 100, "of the certificate: 320 m² by the register"
    assert event["applicants"] == 3
    assert event["verdicts"]["same"] == 3, "320 m² need the check by both catalogues"
    planned = sum(Case.objects.values_list("planned_visits", flat=True))
    assert event["totals"]["before"]["visits"] == {"low": planned, "high": planned}
    [run] = Look.objects.filter(subject=None)
    assert (run.name, run.refused, run.what) == ("系统", False, f"{today}..{today}: {EVENT} 3")
    [shown] = looks_at(by.person)
    assert shown.purpose == run.purpose
    assert shown.case in set(Case.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_no_case_no_look(said, draft: Path, content) -> None:
    found = replayed(said, draft, "--cases", "2020", "--event", EVENT)
    assert (found["cases"], found["events"][0]["applicants"]) == (0, 0)
    assert not Look.objects.exists()
    code, out, _ = said("replay", draft, "--cases", "2020", "--event", EVENT, "--english")
    assert code == 0
    assert "past cases (period 2020-01-01..2020-12-31, cases 0)" in out
    assert "--against is for --synthetic" in said("replay", draft, "--cases", "2020", "--against", draft)[2]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", (2026, 1, 1), (2026, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2026-01..2026-06", (2026, 1, 1), (2026, 6, 30)),
        ("2026-01-15..2026-02-01", (2026, 1, 15), (2026, 2, 1)),
        ("2025..2026-03-05", (2025, 1, 1), (2026, 3, 5)),
    ],
)
def test_periods(text: str, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    found = period(text)
    assert (found.first.timetuple()[:3], found.last.timetuple()[:3]) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "..", "2026-13", "2026-02-30", "26", "2026-06..2026-01", "2026..x", "0000", "9999-1"]
)
def test_a_period_that_is_none(said, draft: Path, text: str) -> None:
    code, _, error = said("replay", draft, f"--cases={text}")
    assert code == 2
    assert "is no period; write 2026" in error or "ends before it begins" in error


def test_wrong_input(said, draft: Path, tmp_path: Path) -> None:
    assert said("replay", draft)[0] == 2, "neither cases nor synthetic ones"
    assert said("replay", draft, "--synthetic", 5, "--cases", "2026")[0] == 2
    for number in ("0", "-1", "many", "1.5"):
        assert "is no number above 0" in said("replay", draft, "--synthetic", number)[2]
    code, out, error = said("replay", draft, "--synthetic", 5, "--event", "nix")
    assert (code, out) == (1, "")
    assert "There is no life event 'nix'; these are: newborn" in error
    assert "There is no folder" in said("replay", tmp_path / "none", "--synthetic", 5)[2]
    broken = tmp_path / "content"
    shutil.copytree(draft, broken)
    rewrite(broken / FIRE, "agency: fire-rescue", "agency: fire-rescu")
    code, out, error = said("replay", broken, "--synthetic", 5)
    assert (code, out) == (1, "")
    assert re.search(rf"{FIRE}:\d+: there is no agency `fire-rescu`\. Did you mean `fire-rescue`\?", error)


def test_a_refusal_in_another_process_is_one_sentence() -> None:
    own = restaurant()
    nobody = replace(own, constraints=(parse("matter.small and not matter.small"),))
    sides = {"event": Sides(own, own, ("a", "b")), "nobody": Sides(own, nobody, ("a", "c"))}
    assert [task.first for task, _ in done((Draw("event", n, 5, 1) for n in (0, 5, 10)), sides, 2)]
    with pytest.raises(Plain, match="抽不出合成的申请人"):
        list(done([Draw("nobody", 0, 5, 1)], sides, 2))
    with pytest.raises(Plain, match="ended by itself"):
        list(done([Draw("another", 0, 5, 1)], sides, 2))


def test_a_chunk_is_the_same_whoever_counts_it() -> None:
    own = restaurant()
    sides = {"event": Sides(own, own, ("a", "b"))}
    whole, rest = Worker(sides).do(Draw("event", 0, 40, 1)), Worker(sides).do(Draw("event", 30, 10, 1))
    part = Worker(sides).do(Draw("event", 0, 30, 1))
    part.merge(rest)
    assert part == whole


def test_progress_is_a_bar_in_a_terminal_and_lines_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    out = io.StringIO()
    progress = Progress(2000, "replayed", out)
    for now[0] in (2, 6, 8, 12):
        progress.add(500)
    progress.close()
    assert out.getvalue() == "replayed 1,000/2,000  6 s\nreplayed 2,000/2,000  12 s\n"
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    progress = Progress(2000, "replayed", terminal)
    now[0] += 1
    progress.add(1000)
    progress.close()
    assert "[###############...............] replayed 1,000/2,000" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_ctrl_c_ends_all_of_it_without_a_word(draft: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "onevisit.config.cli",
        "replay",
        str(draft),
        "--synthetic",
        "1000000",
        "--jobs",
        "2",
    ]
    run = subprocess.Popen(
        command,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as from a terminal, however tests are run
    )
    assert run.stderr is not None
    first = run.stderr.readline()
    assert re.fullmatch(r"replayed [\d,]+/1,000,000  \d+ s\n", first)
    os.killpg(run.pid, signal.SIGINT)
    out, error = run.communicate(timeout=30)
    assert (run.returncode, out) == (130, "")
    assert "Traceback" not in error
