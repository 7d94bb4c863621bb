"""Make `.venv` and put the locked parts in it, or find in a moment that it is all there.

Runs on the machine's own Python with nothing but the standard library. What was installed is
remembered with the hash of its lock file, so a second run asks the network nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed.json"
RUN_LOCK = "requirements.txt"
TEST_LOCK = "requirements-dev.txt"
NODE_LOCK = "requirements-node.txt"

# The project itself is not installed but pointed at: no build backend is fetched to run it.
COMMAND = """#!{python}
import sys

from overleg.cli import main

sys.exit(main())
"""


def main() -> None:
    """Bring `.venv` up to date; `--dev` adds what the tests and checks need."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--dev", action="store_true", help="add the tests' and checks' parts")
    dev = arguments.parse_args().dev
    if sys.version_info < (3, 11):  # noqa: UP036 - it may be started by any Python
        sys.exit(
            "Overleg vraagt Python 3.11 of nieuwer. Geef het op met: make PYTHON=python3.11 ..."
        )
    create()
    installed = read_stamp()
    locks = [TEST_LOCK if dev else RUN_LOCK]
    if shutil.which("npm", path=search_path()) is None or NODE_LOCK in installed:
        locks.append(NODE_LOCK)
    for lock in locks:
        if installed.get(lock) != digest(lock):
            install(lock)
            installed[lock] = digest(lock)
            if lock == TEST_LOCK:  # everything of the run lock is in the test lock
                installed[RUN_LOCK] = digest(RUN_LOCK)
            STAMP.write_text(json.dumps(installed, indent=2) + "\n")
    point_at_project()


def create() -> None:
    """Create the virtual environment when there is none whose Python runs."""
    if PYTHON.exists() and STAMP.exists():
        return
    if PYTHON.exists() and run_quietly([str(PYTHON), "-m", "pip", "--version"]):
        return
    say("De Python-omgeving .venv wordt aangemaakt.")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=False)
    if made.returncode != 0:
        sys.exit(
            "Deze Python kan geen omgeving maken. Op Debian of Ubuntu: apt-get install python3-venv"
        )


def install(lock: str) -> None:
    """Install exactly what a lock file names, each file checked against its hash."""
    say(f"De onderdelen uit {lock} worden geïnstalleerd.")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--requirement", str(ROOT / lock)]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(f"De onderdelen uit {lock} konden niet geïnstalleerd worden. Is er netwerk?")


def point_at_project() -> None:
    """Make `import overleg` and the command `overleg` work from `.venv`, for this folder."""
    packages = next(iter(sorted((ENVIRONMENT / "lib").glob("python3.*/site-packages"))), None)
    if packages is None:
        sys.exit("De omgeving .venv is niet volledig. Verwijder ze en probeer opnieuw.")
    write_if_changed(packages / "overleg.pth", f"{ROOT}\n")
    command = ENVIRONMENT / "bin" / "overleg"
    write_if_changed(command, COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def read_stamp() -> dict[str, str]:
    """Return which lock files are installed, each with the hash it had."""
    if not STAMP.exists():
        return {}
    found = json.loads(STAMP.read_text())
    return {str(name): str(value) for name, value in found.items()}


def digest(lock: str) -> str:
    """Return the SHA-256 of a lock file."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def search_path() -> str:
    """Return the PATH without `.venv`, where an npm of an earlier run may stand."""
    own = str(ENVIRONMENT / "bin")
    return os.pathsep.join(p for p in os.environ.get("PATH", "").split(os.pathsep) if p != own)


def write_if_changed(path: Path, text: str) -> None:
    """Write a text file, leaving it alone when it says so already."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def run_quietly(command: list[str]) -> bool:
    """Tell whether a command succeeds, showing nothing."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def say(sentence: str) -> None:
    """Print a line at once, also when the output is piped."""
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
