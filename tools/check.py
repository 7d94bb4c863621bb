"""Everything about the code that needs no run: `make check`, and `--write` for `make format`.

Every check is made, also after one fails, so that one run shows all there is to repair.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LOCK_FILES = (*sorted(ROOT.glob("requirements*.txt")), ROOT / "package-lock.json")
ADDRESS = re.compile(r"(?:https?|git\+\w+|file|ssh)://|--(?:extra-)?index-url|--find-links")
FUNDING = re.compile(r'^\s+"url": "https://(?:github\.com/sponsors|opencollective\.com)/[^"]*"$')


def main() -> None:
    """Run the checks, or with `--write` only put code and templates in shape."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="rewrite instead of checking")
    checks = WRITERS if arguments.parse_args().write else CHECKS
    failed = [name for name, check in checks.items() if not timed(name, check)]
    if failed:
        sys.exit(f"Niet in orde: {', '.join(failed)}")


def timed(name: str, check: Callable[[], bool]) -> bool:
    """Make one check and say how long it took."""
    print(f"== {name}", flush=True)
    started = time.monotonic()
    passed = check()
    took = time.monotonic() - started
    print(f"   {'in orde' if passed else 'NIET IN ORDE'} ({took:.1f} s)", flush=True)
    return passed


def run(tool: str, *arguments: str, accepted: tuple[int, ...] = (0,)) -> Callable[[], bool]:
    """Return a check that runs a tool of `.venv` in the project's folder."""

    def check() -> bool:
        command = [str(BIN / tool), *arguments]
        return subprocess.run(command, check=False, cwd=ROOT).returncode in accepted

    return check


def locks_hold_no_address() -> bool:
    """The lock files name files by hash, not by place, so that any mirror serves them."""
    clean = True
    for lock in LOCK_FILES:
        for number, line in enumerate(lock.read_text().splitlines(), start=1):
            if ADDRESS.search(line) and not FUNDING.match(line):
                print(f"{lock.name}:{number}: een adres: {line.strip()}")
                clean = False
    return clean


CHECKS: dict[str, Callable[[], bool]] = {
    "ruff format": run("ruff", "format", "--check", "--quiet", "."),
    "ruff check": run("ruff", "check", "--quiet", "."),
    "mypy": run("mypy", "--no-error-summary"),
    "import-linter": run("lint-imports", "--no-logo"),
    "djlint": run("djlint", "templates", "--lint", "--quiet"),
    "lock files": locks_hold_no_address,
}
WRITERS: dict[str, Callable[[], bool]] = {
    "ruff check": run("ruff", "check", "--fix", "--quiet", "."),
    "ruff format": run("ruff", "format", "--quiet", "."),
}


if __name__ == "__main__":
    main()
