"""``overleg search`` finds on the command line what somebody would find on the page."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from overleg.accounts.models import Person
from overleg.search.cli import search_command
from tests.agenda.preparing import CLOSED_TITLE, PUBLIC_TITLE
from tests.house.world import World


@pytest.fixture
def ask(app: Flask) -> Any:
    """Run the command."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(search_command(lambda: app), list(arguments))

    return run


def as_person(person: Person) -> tuple[str, str]:
    """The option that says who looks."""
    return "--as", str(person.email)


def test_json_tells_what_somebody_finds_and_where(world: World, ask: Any) -> None:
    result = ask(CLOSED_TITLE, *as_person(world.cast.mayor), "--json")
    told = json.loads(result.output)
    assert result.exit_code == 0
    assert told["as"] == world.cast.mayor.email
    assert told["total"] == len(told["hits"]) > 0
    first = told["hits"][0]
    assert CLOSED_TITLE in first["title"]
    assert first["circle"] == "mayors"
    assert first["url"].startswith("http")
    assert {*first} == {"kind", "title", "body", "when", "circle", "url", "snippet", "remark"}


def test_it_finds_nothing_that_is_not_for_them(world: World, ask: Any) -> None:
    for person in (world.cast.councillor, world.cast.stranger):
        result = ask(CLOSED_TITLE, *as_person(person), "--json")
        assert (result.exit_code, json.loads(result.output)["total"]) == (0, 0)
    assert "0 gevonden." not in ask(PUBLIC_TITLE, *as_person(world.cast.councillor)).output


def test_what_is_wrong_shows_in_the_status(world: World, ask: Any) -> None:
    unknown = ask("nota", "--as", "niemand@nergens.test")
    assert unknown.exit_code == 1
    assert "Niemand meldt zich aan als niemand@nergens.test." in unknown.output
    assert ask("nota").exit_code == 2
    assert ask().exit_code == 2


def test_the_index_is_made_anew(world: World, ask: Any) -> None:
    result = ask("--rebuild")
    assert result.exit_code == 0
    assert "teksten doorzoekbaar, " in result.output
    assert "bijlagen, " in result.output
