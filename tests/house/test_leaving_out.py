"""A test whose real part is missing is left out and named, or fails the run."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugins.real_parts import ROOT

NEEDY = """
import pytest

@pytest.mark.browser
def test_with_a_browser():
    pass

def test_with_nothing():
    pass
"""

PLUGINS = ("-p", "xdist", "-p", "tests.plugins.real_parts")
ONLY_THESE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run two tests on a machine where no program can be found."""
    (tmp_path / "test_needy.py").write_text(NEEDY)

    def pytest_run(**environment: str) -> subprocess.CompletedProcess[str]:
        options = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-n", "1"]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *PLUGINS, *options, "."],
            cwd=tmp_path,
            env={"PATH": str(tmp_path), "PYTHONPATH": str(ROOT), **ONLY_THESE, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return pytest_run


def test_the_run_succeeds_and_names_what_was_left_out(run: Run) -> None:
    told = run()
    assert told.returncode == 0, told.stdout + told.stderr
    assert "1 passed, 1 skipped" in told.stdout
    assert "1 test: needs Chromium" in told.stdout
    assert "test_needy.py::test_with_a_browser" in told.stdout
    assert "apt-get install --no-install-recommends chromium-headless-shell\n" in told.stdout


def test_told_to_leave_out_nothing_the_run_fails(run: Run) -> None:
    told = run(OVERLEG_TEST_ALL="1")
    assert told.returncode == pytest.ExitCode.TESTS_FAILED
    assert "leaving out a test is a failure" in told.stdout
