"""What `make` does before the package: old Pythons and missing parts get one sentence."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from tools import browser, environment, sizes

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["environment", "make", "browser"])
def test_an_old_python_can_read_it(name):
    ast.parse((ROOT / "tools" / f"{name}.py").read_text(), feature_version=(3, 6))


def failing(capsys, call) -> str:
    with pytest.raises(SystemExit) as end:
        call()
    assert end.value.code == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_an_old_python_alone(monkeypatch, capsys):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(environment.shutil, "which", lambda _name: None)
    said = failing(capsys, lambda: environment.ensure("requirements.txt"))
    assert "Python 3.9 is too old" in said
    assert "apt-get install" in said


def test_an_old_python_beside_a_newer_one(monkeypatch):
    class Left(Exception):
        pass

    def leave(program: str, arguments: list[str]) -> None:
        raise Left(program)

    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/opt/{name}" if name == "python3.12" else None)
    monkeypatch.setattr(environment.os, "execv", leave)
    with pytest.raises(Left, match=r"python3\.12"):
        environment.need_new_python()


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """An environment that is still to be made."""
    monkeypatch.setattr(environment, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(environment, "PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(environment.shutil, "which", lambda _name: None)
    return tmp_path


def test_a_python_without_venv(nowhere, monkeypatch, capsys):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    said = failing(capsys, lambda: environment.ensure("requirements.txt"))
    assert f"python3.{sys.version_info.minor}-venv" in said


def test_a_folder_that_cannot_be_written(nowhere, monkeypatch, capsys):
    monkeypatch.setattr(environment.os, "access", lambda *_what: False)
    assert "cannot be written" in failing(capsys, lambda: environment.ensure("requirements.txt"))


def test_what_is_installed_is_not_installed_again(nowhere, monkeypatch):
    Path(environment.PYTHON).parent.mkdir(parents=True)
    Path(environment.PYTHON).touch()
    environment._write(environment._stamp("requirements.txt"), environment._wanted("requirements.txt"))
    monkeypatch.setattr(environment.subprocess, "call", lambda *_a, **_k: pytest.fail("installed again"))
    environment.ensure("requirements.txt")


def test_without_a_browser_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda _name: None)
    assert "sudo apt-get install chromium" in browser.ensure()


def test_sizes_are_found(tmp_path):
    file = tmp_path / "long.py"
    file.write_text("def f():\n" + "    x = 1\n" * 60 + "    import os\n" + "\n" * 400)
    found = "\n".join(sizes.of_file(file))
    assert "lines; at most 400" in found
    assert "f: 61 lines; at most 50" in found
    assert "imports inside" in found
    assert "does not open with a sentence" in found


def test_sizes_of_templates_are_found(tmp_path):
    file = tmp_path / "long.html"
    file.write_text(f"<p>{'长' * 160}</p>\n" + "\n" * 400)
    found = "\n".join(sizes.of_page(file))
    assert "long.html: 401 lines; at most 400" in found
    assert "long.html:1: 167 characters; at most 160" in found


def test_make_has_its_targets():
    said = subprocess.run(["make", "-n", "run", "test", "check", "bench"], cwd=ROOT, capture_output=True, text=True)
    assert said.stdout.count("tools/make.py") == 4
