"""The habits of the house that can be read off the code itself."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.plugins.real_parts import ROOT
from tests.reading import ENGLISH

CODE = ROOT / "overleg"
TEMPLATES = ROOT / "templates"
OURS = sorted(
    file
    for folder in ("overleg", "tests", "tools", "bench")
    for file in (ROOT / folder).rglob("*.py")
)
APPLICATION = [file for file in OURS if file.is_relative_to(CODE)]
PAGES = sorted(file for file in TEMPLATES.rglob("*") if file.suffix in {".html", ".txt"})

BELOW_THE_VIEWS = {"models", "states", "queries", "permissions", "workflow", "notices", "papers"}
OF_A_REQUEST = {"request", "session", "current_user", "g"}
MAY_COMMIT = {
    "web/commits.py",
    "cli.py",
    "mail/delivery.py",
    "mail/digests.py",
    "agenda/bundling.py",
    "agenda/making.py",
    "decisions/proposal_zips.py",
    "calendars/invitations/reading.py",
}
MAY_COMMIT_IN = ("jobs", "demo")
ENDS_BY_ITSELF = frozenset({"cli.py", "jobs.py"})
LONGEST_FILE = 400
REPLACED_FIELDS = {"DateField", "SelectField", "RadioField", "SelectMultipleField"}
"""What ``overleg.web.fields`` replaces."""


def name_of(file: Path) -> str:
    """The path as one reads it in an error."""
    return file.relative_to(ROOT).as_posix()


@cache
def text_of(file: Path) -> str:
    """What stands in a file."""
    return file.read_text("utf-8")


@cache
def tree_of(file: Path) -> ast.Module:
    """The code of a file."""
    return ast.parse(text_of(file), name_of(file))


@cache
def nodes_of(file: Path) -> list[ast.AST]:
    """All there is in the code of a file."""
    return list(ast.walk(tree_of(file)))


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """The code is read once for all tests here, and not kept for those elsewhere."""
    yield
    for reading in (text_of, tree_of, nodes_of):
        reading.cache_clear()


def parts_below_the_views() -> list[Path]:
    """Modules of a feature that know nothing of a request."""
    return [
        file
        for file in APPLICATION
        if BELOW_THE_VIEWS & {*file.relative_to(CODE).with_suffix("").parts[1:]}
    ]


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = {
        f"{name_of(file)}:{node.lineno}"
        for file in OURS
        for function in nodes_of(file)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not hidden


def test_below_the_views_nobody_knows_of_a_request() -> None:
    told = {
        f"{name_of(file)}:{node.lineno} {alias.name}"
        for file in parts_below_the_views()
        for node in nodes_of(file)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("flask")
        for alias in node.names
        if alias.name in OF_A_REQUEST
    }
    assert not told


def test_every_form_uses_the_fields_of_the_house() -> None:
    others = {
        f"{name_of(file)}:{node.lineno} {alias.name}"
        for file in APPLICATION
        if file.relative_to(CODE).as_posix() != "web/fields.py"
        for node in nodes_of(file)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wtforms")
        for alias in node.names
        if alias.name in REPLACED_FIELDS
    }
    assert not others


def test_only_the_end_of_a_request_a_job_and_a_command_commit() -> None:
    commits = {
        f"{name_of(file)}:{node.lineno}"
        for file in APPLICATION
        if not may_commit(file)
        for node in nodes_of(file)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    }
    assert not commits


def may_commit(file: Path) -> bool:
    """Whether a transaction of its own ends in this file."""
    path = file.relative_to(CODE)
    return (
        path.as_posix() in MAY_COMMIT
        or path.parts[0] in MAY_COMMIT_IN
        or path.name in ENDS_BY_ITSELF
    )


def test_verbs_and_queries_say_what_they_do() -> None:
    silent = {
        f"{name_of(file)}:{node.lineno} {node.name}"
        for file in APPLICATION
        if {"workflow", "queries"} & {*file.relative_to(CODE).with_suffix("").parts[1:]}
        for node in tree_of(file).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    }
    assert not silent


def test_every_package_says_in_the_words_of_its_users_what_it_is() -> None:
    silent = {
        name_of(file)
        for file in APPLICATION
        if text_of(file).strip() and not ast.get_docstring(tree_of(file))
    }
    assert not silent


def test_no_file_is_long() -> None:
    lengths = {name_of(file): len(text_of(file).splitlines()) for file in OURS}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_every_template_is_used() -> None:
    everything = "\n".join(text_of(file) for file in [*APPLICATION, *PAGES])
    unused = {
        name_of(page)
        for page in PAGES
        if not any(
            f'"{name}"' in everything or f"'{name}'" in everything for name in names_of(page)
        )
    }
    assert not unused


def names_of(page: Path) -> list[str]:
    """How the code may name a template: a mail without its folder and ending, for it has two."""
    name = page.relative_to(TEMPLATES).as_posix()
    return [name, page.stem] if name.startswith("mail/") else [name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(TEMPLATES).as_posix())
def test_a_template_speaks_dutch_and_carries_no_style(page: Path) -> None:
    text = text_of(page)
    if "mail" not in page.relative_to(TEMPLATES).parts:
        assert not re.search(r"\sstyle=|\son[a-z]+=\"", text)
        assert not re.search(r"<script(?![^>]*(?:\bsrc=|nonce=))", text)
    english = ENGLISH.search(shown_in(text).lower())
    assert not english, english


def shown_in(template: str) -> str:
    """The words that stand in a template itself, without code, comments and tags."""
    without_kind = re.sub(r"\{% block page_kind %\}.*?\{% endblock %\}", " ", template)
    without_code = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", without_kind, flags=re.DOTALL)
    without_script = re.sub(r"<(script|style)\b.*?</\1>", " ", without_code, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", without_script)


def test_the_words_of_the_house() -> None:
    """A verslag is never called notulen."""
    slips = {
        name_of(file)
        for file in [*APPLICATION, *PAGES]
        if re.search(r"\bnotulen\b", text_of(file), re.IGNORECASE)
    }
    assert not slips
