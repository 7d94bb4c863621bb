"""A command that can't use its database says so in a sentence, and ends."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from overleg.cli import main
from tests.plugins.databases import Databases

UNREACHABLE = "postgresql://overleg@127.0.0.1:1/overleg"
READING = (
    ("reference",),
    ("administrator", "an.peeters@gemeente.test"),
    ("search", "energie", "--as", "an.peeters@gemeente.test"),
    ("search", "--rebuild"),
    ("dates", "import", "zoneraad-midwest", __file__),
    ("access", "an.peeters@gemeente.test", "/voorstellen"),
)
"""The commands that need a database that is up to date."""


def run(command: tuple[str, ...], url: str, folder: Path) -> Result:
    """Run it as whoever installs Overleg does; no other error may come out."""
    environ = {"OVERLEG_MODE": "demo", "OVERLEG_INSTANCE": str(folder), "DATABASE_URL": url}
    result = CliRunner().invoke(main, list(command), env=environ)
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize("command", [*READING, ("migrate",), ("demo", "--port", "0")])
def test_a_database_that_is_away_is_told(command: tuple[str, ...], tmp_path: Path) -> None:
    told = run(command, UNREACHABLE, tmp_path)
    assert told.exit_code == 3
    assert told.output.startswith("De databank antwoordt niet of weigert: connection failed")
    assert told.output.count("\n") == 1


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = run(("migrate",), f"sqlite:///{tmp_path}/nergens/overleg.db", tmp_path)
    assert told.exit_code == 3
    assert told.output == "De databank antwoordt niet of weigert: unable to open database file\n"


@pytest.mark.parametrize("command", READING)
def test_a_database_that_was_not_migrated_is_told(
    command: tuple[str, ...], databases: Databases, tmp_path: Path
) -> None:
    told = run(command, databases.empty(), tmp_path)
    assert told.exit_code == 3
    assert told.output == (
        "Dit gaat nog niet: de databank is niet bijgewerkt: voer `overleg migrate` uit.\n"
    )


@pytest.mark.parametrize("is_away", [True, False])
def test_the_worker_says_why_it_does_not_start(
    databases: Databases, tmp_path: Path, *, is_away: bool
) -> None:
    told = run(("worker",), UNREACHABLE if is_away else databases.empty(), tmp_path)
    assert told.exit_code == 1
    assert told.output.startswith("De achtergrondtaken starten niet: de databank is niet ")
