"""Fills in and checks templates from outside, in a process of its own (``apart.py`` starts it).

Templates are done by a child of this process, with little memory and little time for each: one that
never ends or fills the memory ends the child, and the next goes on in a fresh one. Started by its
path, so it takes ``overleg.word`` without the application around it.
"""

import runpy
import sys
from pathlib import Path
from types import ModuleType


def main() -> None:
    """Give the package ``overleg`` a place without running it, then do the work."""
    package = ModuleType("overleg")
    package.__path__ = [str(Path(__file__).resolve().parents[1])]
    sys.modules["overleg"] = package
    runpy.run_module("overleg.word.apart_work", run_name="__main__")


if __name__ == "__main__":
    main()
