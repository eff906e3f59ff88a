"""The folder .venv with the pinned requirements in it. Standard library only, and old syntax on purpose:

this file is read by whatever `python3` is, so that an old one still gets a sentence.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def fail(sentence):
    """Print one sentence and end with code 1."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def say(what):
    """Print progress at once."""
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def need_new_python():
    """Go on with a newer Python where this one is too old; a sentence where there is none."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    fail(
        "Python %d.%d is too old: OneVisit needs 3.11 or newer. Install one (Debian 12, Ubuntu 24.04 and later have it:"
        " sudo apt-get install python3 python3-venv), or name it: make PYTHON=/path/python3.11" % sys.version_info[:2]
    )


def ensure(requirements):
    """Make .venv hold exactly what the file `requirements` lists, and the package itself."""
    need_new_python()
    wanted = _wanted(requirements)
    if _read(_stamp(requirements)) == wanted and os.path.exists(PYTHON):
        return
    if not os.access(ROOT, os.W_OK):
        fail("%s cannot be written: run make in a copy of the project that belongs to you." % ROOT)
    try:
        if not _works(PYTHON):
            _make_venv()
        _install(requirements)
        _write(_stamp(requirements), wanted)
        if requirements != "requirements.txt":  # the tests' list holds the other whole
            _write(_stamp("requirements.txt"), _wanted("requirements.txt"))
    except OSError as error:
        fail(
            "The environment could not be made in %s: %s. Make room or permission there, then try again."
            % (VENV, error.strerror or error)
        )


def _make_venv():
    say("Environment (.venv) ...")
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv and subprocess.call([uv, "venv", "--quiet", "--python", sys.executable, VENV]) == 0:
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        fail(
            "This Python lacks venv: run `sudo apt-get install python%d.%d-venv` (or python3-venv), then try again."
            % sys.version_info[:2]
        )
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        fail("Python could not make .venv, as it says above: correct that, then try again.")


def _install(requirements):
    say("Requirements (%s) ..." % requirements)
    what = ["--no-deps", "-r", os.path.join(ROOT, requirements), "-e", ROOT]
    uv = _uv()
    if uv:
        trust = dict(os.environ, UV_SYSTEM_CERTS="true", UV_NATIVE_TLS="true")  # the machine's, as pip does
        command = [uv, "pip", "install", "--quiet", "--python", PYTHON, *what]
        if subprocess.call(command, env=trust, stderr=subprocess.DEVNULL) == 0:
            return
        say("  (uv could not; pip tries, which takes longer)")
    if subprocess.call([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]) != 0:
        fail("The requirements could not be installed, as said above: check network and pip's index, then try again.")


def _uv():
    """Some uv: the machine's, the environment's, or one that pip installs there; None when there is none."""
    inside = os.path.join(VENV, "bin", "uv")
    for found in (inside if os.path.exists(inside) else None, shutil.which("uv")):
        if found and _works(found):
            return found
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]
    return inside if subprocess.call(pip) == 0 and _works(inside) else None


def _works(program):
    try:
        return subprocess.call([program, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def _wanted(requirements):
    digest = hashlib.sha256(ROOT.encode())
    for name in (requirements, "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def _stamp(requirements):
    return os.path.join(VENV, "installed-" + requirements)


def _read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)
