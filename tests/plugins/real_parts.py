"""Which real parts this machine has: tests that need one it has not are left out, and named.

With OVERLEG_TEST_ALL=1 leaving out any test is a failure: that is how the build runs them.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.chromium import find_chromium
from tools.postgresql import find_binaries
from tools.redis_server import find_server

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = "needs "
SWITCH = "OVERLEG_TEST_ALL"
WAITING = {
    "test_wheel",
    "test_processes",
    "test_queue",
    "test_killed",
    "test_leaving_out",
    "test_libreoffice",
}
"""Modules whose tests start programs and wait for them."""


@dataclass(frozen=True)
class Part:
    """Something outside Python that tests use for real."""

    name: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]


def has_libreoffice() -> bool:
    """LibreOffice, with poppler to look at the pages it makes."""
    return bool(shutil.which("soffice") and shutil.which("pdftotext"))


def has_front_end_files() -> bool:
    """What `tools/vendor.py --dev` fetches."""
    vendor = ROOT / "overleg" / "static" / "vendor"
    axe = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    return axe.is_file() and vendor.is_dir() and any(vendor.iterdir())


PARTS = {
    "postgresql": Part("PostgreSQL", ("postgresql",), lambda: find_binaries() is not None),
    "redis": Part("Redis", ("redis-server",), lambda: find_server() is not None),
    "openssl": Part("openssl", ("openssl",), lambda: shutil.which("openssl") is not None),
    "browser": Part("Chromium", ("chromium-headless-shell",), lambda: find_chromium() is not None),
    "libreoffice": Part(
        "LibreOffice",
        ("libreoffice-writer", "poppler-utils", "fonts-liberation", "fonts-dejavu-core"),
        has_libreoffice,
    ),
    "npm": Part("the front-end files", (), has_front_end_files),
}


def whole_suite_on_postgresql() -> bool:
    """Whether every test that uses a database runs on PostgreSQL, not only who asks for it."""
    return os.environ.get("OVERLEG_TEST_DATABASE", "sqlite") == "postgresql"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if whole_suite_on_postgresql():
        _keep_what_uses_a_database(config, items)
    if workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0")):
        _put_long_ones_first(items, workers)
    missing = {mark: part for mark, part in PARTS.items() if not part.is_there()}
    for item in items:
        for mark, part in missing.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=LEFT_OUT + part.name))


def _put_long_ones_first(items: list[pytest.Item], workers: int) -> None:
    """The first process begins with the browser, the second with what waits for programs.

    Each begins with its part of the tests, as they stand here, and takes over from another when it
    is done: none should wait for a long one in the end, nor start a second browser.
    """
    looking = [item for item in items if item.get_closest_marker("browser")]
    waiting = [item for item in items if item.path.stem in WAITING and item not in looking]
    long = set(looking + waiting)
    others = [item for item in items if item not in long]
    first = max(0, len(items) // workers - len(looking))
    items[:] = [*looking, *others[:first], *waiting, *others[first:]]


def _keep_what_uses_a_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The others do the same on every database."""
    others = {item for item in items if "databases" not in getattr(item, "fixturenames", ())}
    items[:] = [item for item in items if item not in others]
    config.hook.pytest_deselected(items=list(others))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case by a file's argument, never by its bytes: a zip holds the moment it was made."""
    return argname if isinstance(val, bytes) else None


def pytest_report_header() -> str:
    database = "PostgreSQL" if whole_suite_on_postgresql() else "SQLite"
    parts = [f"{part.name} {'yes' if part.is_there() else 'NO'}" for part in PARTS.values()]
    return f"real parts: {', '.join(parts)}; tests run on {database}"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when it left out a test and was told to leave out none."""
    if hasattr(session.config, "workerinput") or not os.environ.get(SWITCH):
        return
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name the tests left out, and the one line that brings what they need."""
    skipped = _skipped(config)
    if not skipped:
        return
    counts = Counter(_reason(report) for report in skipped)
    terminalreporter.section("left out")
    packages: list[str] = []
    for part in PARTS.values():
        if counts.get(LEFT_OUT + part.name):
            packages += part.packages
    for reason, count in counts.items():
        terminalreporter.line(f"{count} {'test' if count == 1 else 'tests'}: {reason}")
    for report in skipped:
        terminalreporter.line(f"  {report.nodeid}")
    if packages:
        line = "apt-get install --no-install-recommends " + " ".join(packages)
        terminalreporter.line(f"What brings them: {line}")
    if counts.get(LEFT_OUT + PARTS["npm"].name):
        terminalreporter.line("The front-end files come with `make vendor`, which needs network.")
    if os.environ.get(SWITCH):
        terminalreporter.line(f"{SWITCH} is set: leaving out a test is a failure.", red=True)


def _skipped(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    found = [] if reporter is None else reporter.stats.get("skipped", [])
    return [report for report in found if isinstance(report, pytest.TestReport)]


def _reason(report: pytest.TestReport) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")
