"""Files are read in a process of their own: what takes too much ends alone, and nothing is left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from onevisit.cases import upload_errors as errors
from onevisit.cases.apart import asking
from onevisit.cases.apart.asking import MOST_ASKING, check_apart
from onevisit.cases.apart.limits import AT_ONCE, MEMORY, TIME
from onevisit.cases.rules.uploads import MOST_PIXELS, PDF, Checked
from tests import bombs
from tests.fixtures.files import pdf, picture

ROOT = Path(__file__).resolve().parents[3]


def readers(of: int) -> list[int]:
    """The processes that read, begun by that one."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(parent) == of and asking.SERVING.encode() in command:
            found.append(int(entry.name))
    return found


@pytest.fixture
def reader() -> int:
    asking.start()
    (found,) = readers(os.getpid())
    return found


def test_what_is_kept_and_what_is_refused_comes_back() -> None:
    assert check_apart("../图.pdf", pdf(pages=3)) == Checked("图.pdf", PDF, pdf(pages=3), 3)
    assert check_apart("a\udce4.jpg", picture()).name == "a.jpg"
    with pytest.raises(errors.DisguisedUpload, match="说是 PDF"):
        check_apart("a.pdf", picture())
    with pytest.raises(errors.UploadTooLarge, match=r"10\.0 MB"):
        check_apart("a.pdf", bytes(10 * 1024 * 1024 + 1))


def endless_rows() -> bytes:
    """An index of 900 million rows of no bytes, which says so where nobody looks before reading it."""

    def end(at: int, _starts: list[int]) -> bytes:
        head = b"4 0 obj\n<< /Type /XRef /#53ize 900000000 /W [0 0 0] /Root 1 0 R /Length 0 >>\nstream\n"
        return head + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at

    return bombs.written(bombs.PAGE, end)


@pytest.mark.parametrize("bomb", [endless_rows, bombs.many_numbers], ids=lambda bomb: bomb.__name__)
def test_what_takes_too_long_ends_alone(reader: int, bomb) -> None:
    content, work, began = bomb(), time.process_time(), time.monotonic()
    with pytest.raises(errors.UploadTooCostly):
        check_apart("a.pdf", content)
    assert time.monotonic() - began < TIME + 3
    assert time.process_time() - work < 1, "not in this process"
    assert check_apart("a.pdf", pdf()).pages == 1
    assert readers(os.getpid()) == [reader]


LITTLE_MEMORY = """
import resource, sys
from onevisit.cases.rules.pdf import check_pdf
content = open(sys.argv[1], "rb").read()
resource.setrlimit(resource.RLIMIT_AS, (200_000_000, 200_000_000))
try:
    check_pdf(content)
except Exception as error:
    print(type(error).__name__)
"""


def test_a_lack_of_memory_is_not_taken_for_damage(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(bombs.many_dictionaries())
    assert script(LITTLE_MEMORY, str(tmp_path / "a.pdf")).communicate(timeout=60)[0] == "UploadTooCostly\n"


LARGEST_PICTURES = """
import os, re, resource, sys
from onevisit.cases.apart import asking
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
before = peak()
for name in ("WEBP", "JPEG", "small", "small"):  # whoever is taken up has those before him counted
    assert asking.check_apart("a", open(f"{sys.argv[1]}/{name}", "rb").read()).content
asking._READERS.control.close()
os.wait()
print((peak() - before) * 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def test_the_largest_pictures_fit(tmp_path: Path) -> None:
    assert (MOST_PIXELS["WEBP"], MOST_PIXELS["JPEG"]) == (16_000_000, 25_000_000)
    (tmp_path / "WEBP").write_bytes(picture("WEBP", size=(4000, 4000)))
    (tmp_path / "JPEG").write_bytes(picture("JPEG", size=(5000, 5000), progressive=True))
    (tmp_path / "small").write_bytes(picture())
    ran = script(LARGEST_PICTURES, str(tmp_path))
    said, _ = ran.communicate(timeout=60)
    assert ran.returncode == 0
    asking_more, reading = (int(number) for number in said.split())
    assert 100_000_000 < reading < MEMORY, "the pictures were decoded there"
    assert asking_more < 30_000_000, "and not here"


def script(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process that may ask."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_one_that_died_is_started_again(reader: int) -> None:
    os.kill(reader, signal.SIGKILL)
    end = time.monotonic() + 10
    while check_with_luck() is None:
        assert time.monotonic() < end
    (fresh,) = [found for found in readers(os.getpid()) if found != reader]
    assert fresh


def check_with_luck() -> Checked | None:
    """None for who was on his way to the one that died."""
    try:
        return check_apart("a.pdf", pdf())
    except errors.UploadBusy:
        return None


@pytest.fixture
def taken_up(reader: int) -> Iterator[list[Connection]]:
    """All who read are taken up by others, who do not send their files."""
    lines = []
    for _ in range(AT_ONCE):
        ours, theirs = socket.socketpair()
        with theirs:
            asking._READERS.send(theirs)
        line = Connection(ours.detach())
        assert line.recv_bytes() == b"ready"
        lines.append(line)
    yield lines
    for line in lines:
        line.close()


def test_one_thread_is_left_for_the_pages_and_turns_come(taken_up: list[Connection]) -> None:
    with ThreadPoolExecutor(MOST_ASKING) as pool:
        waiting = [pool.submit(check_apart, "a.pdf", pdf()) for _ in range(MOST_ASKING)]
        time.sleep(0.5)
        with pytest.raises(errors.UploadBusy):
            check_apart("a.pdf", pdf())
        assert not any(one.done() for one in waiting)
        for line in taken_up:
            line.close()
        assert [one.result(timeout=20).pages for one in waiting] == [1] * MOST_ASKING


def test_it_knows_no_secrets_and_has_one_thread(reader: int) -> None:
    assert "DATABASE_URL" in os.environ
    names = {one.partition(b"=")[0] for one in Path(f"/proc/{reader}/environ").read_bytes().split(b"\0") if one}
    assert names <= {b"PYTHONPATH", b"ONEVISIT_VAR"}
    check_apart("a.pdf", pdf())
    assert "\nThreads:\t1\n" in Path(f"/proc/{reader}/status").read_text(), "so that a fork of it is whole"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_who_started_it(how: signal.Signals) -> None:
    code = "import time; from onevisit.cases.apart import asking; asking.start(); print(1, flush=True); time.sleep(60)"
    with script(code) as other:
        assert other.stdout is not None and other.stdout.readline()
        (found,) = readers(other.pid)
        other.send_signal(how)
    end = time.monotonic() + 10
    while alive(found):
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
