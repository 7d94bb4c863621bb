"""The woordenlijst binds every table and every label to the word on the screen."""

import re
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import overleg
from overleg.db import Model
from overleg.tables import MODULES
from tests.plugins.real_parts import ROOT

TEXT = (ROOT / "docs" / "woordenlijst.md").read_text("utf-8")
ROWS = {
    code: word.strip()
    for word, code in re.findall(r"^\| ([^|]+) \| `([\w.]+)` \|", TEXT, re.MULTILINE)
}


def labelled() -> list[type[Enum]]:
    """Every enum that the interface shows, in whichever package."""
    found = []
    for package in iter_modules(overleg.__path__):
        if not package.ispkg or not has_states(package.name):
            continue
        module = import_module(f"overleg.{package.name}.states")
        found += [kind for kind in enums_of(module) if hasattr(kind, "label")]
    return found


def has_states(package: str) -> bool:
    """Whether a package has a module for its states."""
    return (ROOT / "overleg" / package / "states.py").is_file()


def enums_of(module: ModuleType) -> list[type[Enum]]:
    """The enums that a module defines itself."""
    return [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Enum)
        and thing.__module__ == module.__name__
    ]


def test_every_table_has_a_word() -> None:
    tables = {
        name
        for module in MODULES
        for name, thing in vars(module).items()
        if isinstance(thing, type)
        and issubclass(thing, Model)
        and thing.__module__ == module.__name__
    }
    assert tables - set(ROWS) == set()


def test_every_label_stands_there_as_the_interface_shows_it() -> None:
    shown = {
        f"{kind.__name__}.{member.name}": getattr(member, "label", "")
        for kind in labelled()
        for member in kind
    }
    assert shown
    assert {code: word for code, word in ROWS.items() if "." in code} == shown


def test_nothing_stands_there_twice() -> None:
    codes = re.findall(r"^\| [^|]+ \| `([\w.]+)` \|", TEXT, re.MULTILINE)
    assert len(codes) == len(set(codes))
