"""Choose the versions again and write the lock files, with the hash of every file.

make lock            keep the versions there are, add what pyproject.toml asks
make lock UPGRADE=1  take the newest versions that fit
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements-dev.txt": ["--group", "pyproject.toml:dev", "--extra", "redis"],
    # What is tested is what runs: the same versions, also where a test's part holds one back.
    "requirements.txt": ["--constraints", "requirements-dev.txt"],
    "requirements-node.txt": ["--group", "pyproject.toml:node"],
}


def main() -> None:
    """Write the three lock files; none of them holds an address."""
    for lock, groups in LOCKS.items():
        command = [str(Path(sys.executable).parent / "uv"), "pip", "compile", "--quiet"]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-emit-find-links"]
        command += ["--custom-compile-command", "make lock", "--output-file", lock, *groups]
        if lock != "requirements-node.txt":
            command.append("pyproject.toml")
        if os.environ.get("UPGRADE"):
            command.append("--upgrade")
        subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
