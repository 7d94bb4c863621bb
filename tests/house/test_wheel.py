"""The wheel carries all it needs: installed elsewhere, it runs."""

import os
import signal
import subprocess
import sys
import sysconfig
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from overleg.processes import answers
from tests.plugins.real_parts import ROOT
from tools.smoke import free_port

START_WITHIN_SECONDS = 300
FIND = "from importlib.util import find_spec; print(find_spec('overleg').origin)"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `make wheel` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    command += ["--directory", str(folder)]
    built = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an empty environment in another folder, with the wheel installed.

    What the wheel depends on comes from this environment, so that no network is needed.
    """
    environment = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    packages = next(environment.glob("lib/python3.*/site-packages"))
    (packages / "parts.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python")]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    return environment / "bin"


def test_the_wheel_holds_every_template_migration_and_static_file(wheel: Path) -> None:
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"overleg/{path.relative_to(ROOT)}"
        for folder in ("templates", "migrations")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".html", ".txt", ".py", ".mako", ".ini", ".docx"}
    }
    expected |= {
        str(path.relative_to(ROOT)) for path in (ROOT / "overleg").rglob("*") if is_ours(path)
    }
    assert expected - in_wheel == set()
    assert "wsgi.py" in in_wheel
    assert not [name for name in in_wheel if name.startswith(("tests/", "instance/"))]


def test_the_installed_command_runs_from_the_wheel(elsewhere: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [elsewhere / "python", "-c", FIND],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(elsewhere.parent)
    told = subprocess.run(
        [elsewhere / "overleg", "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "Overleg: agenda, verslag, uitkomsten en opvolging." in told.stdout


def test_the_demo_runs_from_the_wheel(elsewhere: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    with subprocess.Popen(
        [elsewhere / "overleg", "demo"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE
    ) as demo:
        assert demo.stdout is not None
        try:
            wait_until(lambda: answers(port, "/readyz"))
            announced = f"Overleg draait op http://localhost:{port}\n".encode()
            assert announced in iter(demo.stdout.readline, b"")
        finally:
            demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
    assert (tmp_path / "instance" / "overleg.db").is_file()
    assert not answers(port)


def wait_until(is_so: Callable[[], bool]) -> None:
    last_moment = time.monotonic() + START_WITHIN_SECONDS
    while not is_so():
        assert time.monotonic() < last_moment, "the demo does not answer"
        time.sleep(0.2)


def is_ours(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
