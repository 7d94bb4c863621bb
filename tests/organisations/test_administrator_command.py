"""``overleg administrator`` lets the first person in, on an installation with nobody in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.accounts.passwords import hash_password
from overleg.audit.queries import history_around
from overleg.audit.states import Verb
from overleg.cli import application, main
from overleg.db import close_database, db
from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState
from tests.plugins.databases import MIGRATED, Databases
from tests.reading import ReadingClient

EMAIL = "an.peeters@gemeente.test"
PASSWORD = "een lang wachtwoord voor de dienst"
LINK = re.compile(r"https?://\S+/uitnodiging/\S+")


@dataclass
class Installation:
    """An installation in production; its settings are those of its environment."""

    environ: dict[str, str]

    def run(self, *arguments: str, **settings: str) -> Result:
        """Run a command as who installs it does."""
        return CliRunner().invoke(main, list(arguments), env={**self.environ, **settings})

    @contextmanager
    def opened(self) -> Iterator[ReadingClient]:
        """Somebody at its web server, and its database at hand."""
        app = application(self.environ)
        with app.app_context():
            try:
                yield ReadingClient(app)
            finally:
                close_database()


@pytest.fixture
def production(databases: Databases, tmp_path: Path) -> Installation:
    """A migrated installation without anybody in it."""
    return Installation(
        {
            "OVERLEG_MODE": "production",
            "OVERLEG_SECRET_KEY": "een-willekeurige-tekst-van-minstens-32-tekens",
            "DATABASE_URL": databases.copy_of(MIGRATED),
            "OVERLEG_INSTANCE": str(tmp_path),
            "OVERLEG_BASE_URL": "http://localhost",
            "OVERLEG_SMTP_URL": "smtp://localhost:2525",
            "OVERLEG_MAIL_FROM": "overleg@gemeente.test",
        }
    )


def somebody() -> Person:
    return db.session.scalars(select(Person).where(Person.email == EMAIL)).one()


def test_the_first_person_gets_in_before_a_mail_arrives(production: Installation) -> None:
    told = production.run("administrator", EMAIL, "--name", "An Peeters")
    assert told.exit_code == 0, told.output
    assert f"An Peeters ({EMAIL}) is nu beheerder." in told.output
    (link,) = LINK.findall(told.output)
    with production.opened() as client:
        path = link.removeprefix("http://localhost")
        chosen = dict.fromkeys(("new_password", "repeated_password"), PASSWORD)
        assert client.send(path, chosen).status_code == 302
        assert client.get("/beheer/personen").status_code == 200
        assert client.get("/organisaties/nieuw").status_code == 200
        entries = history_around(somebody().id, own=[somebody().id])
        assert [(entry.verb, entry.actor_name) for entry in entries] == [
            (Verb.PERSON_SIGNED_IN, "An Peeters"),
            (Verb.PERSON_INVITED, "Overleg"),
            (Verb.ROLE_GRANTED, "Overleg"),
            (Verb.PERSON_ADDED, "Overleg"),
        ]


def test_the_link_goes_by_mail_too(production: Installation) -> None:
    told = production.run("administrator", EMAIL)
    assert told.exit_code == 0, told.output
    assert f"An Peeters ({EMAIL}) is nu beheerder." in told.output
    (link,) = LINK.findall(told.output)
    with production.opened():
        (mail,) = db.session.scalars(select(OutboxMessage))
        assert (mail.to_email, mail.state) == (EMAIL, MailState.WAITING)
        assert link in mail.text


def test_who_is_administrator_already_is_refused(production: Installation) -> None:
    production.run("administrator", EMAIL)
    again = production.run("administrator", f" {EMAIL.upper()} ")
    assert again.exit_code == 1
    assert "An Peeters" in again.output
    assert "is al beheerder" in again.output
    with production.opened():
        assert len(db.session.scalars(select(OutboxMessage)).all()) == 1
        assert len(history_around(somebody().id)) == 1


def test_who_is_known_keeps_the_password(production: Installation) -> None:
    with production.opened():
        known = Person(name="An P.", email=EMAIL, created_at_utc=datetime.now(UTC))
        known.password_hash = hash_password(PASSWORD)
        db.session.add(known)
        db.session.commit()
    told = production.run("administrator", EMAIL, "--name", "Iemand anders")
    assert told.exit_code == 0
    assert f"An P. ({EMAIL}) is nu beheerder." in told.output
    assert "met het wachtwoord van deze persoon" in told.output
    with production.opened():
        assert not db.session.scalars(select(OutboxMessage)).all()


def test_a_closed_account_is_no_administrator(production: Installation) -> None:
    with production.opened():
        at = datetime.now(UTC)
        db.session.add(Person(name="An", email=EMAIL, created_at_utc=at, disabled_at_utc=at))
        db.session.commit()
    told = production.run("administrator", EMAIL)
    assert (told.exit_code, "gesloten" in told.output) == (1, True)


@pytest.mark.parametrize("email", ["an.peeters", "an@", f"{'a' * 200}@gemeente.test", ""])
def test_what_is_no_address_is_refused(production: Installation, email: str) -> None:
    told = production.run("administrator", email)
    assert (told.exit_code, "is geen e-mailadres" in told.output) == (1, True)


def test_the_help_names_the_command_in_dutch(production: Installation) -> None:
    assert "Maak iemand beheerder" in production.run("administrator", "--help").output
    assert "administrator" in production.run("--help").output
