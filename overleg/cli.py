"""The command line: ``overleg <what>``."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import InterfaceError, OperationalError

from overleg import create_app
from overleg.agenda.reference import load_themes
from overleg.calendars.foreign.cli import dates_command
from overleg.db import close_database
from overleg.demo.command import demo_command
from overleg.jobs.readiness import NOT_MIGRATED, migration_of_database, newest_migration
from overleg.jobs.worker import run_worker
from overleg.migrating import migrate_database
from overleg.organisations.cli import administrator_command, reference_command
from overleg.search.cli import search_command
from overleg.settings import SettingsError, read_settings
from overleg.start.cli import access_command
from overleg.word.cli import word_command

NO_DATABASE = 3
"""The status of a command that can't use its database; 1 and 2 say something else of some."""


class Commands(click.Group):
    """All commands; what the database refuses is told in a sentence, with its own words."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was asked."""
        try:
            return super().invoke(context)
        except (OperationalError, InterfaceError) as error:
            said = str(error.orig).partition("\n")[0]
            click.echo(f"De databank antwoordt niet of weigert: {said}", err=True)
            context.exit(NO_DATABASE)


def application(environ: Mapping[str, str] = os.environ) -> Flask:
    """The application with these settings; stops with a clear line when they can't be used."""
    try:
        return create_app(read_settings(environ))
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def application_of_command(environ: Mapping[str, str] = os.environ) -> Flask:
    """The application with these settings; the command that asks closes its database."""
    app = application(environ)

    def close() -> None:
        with app.app_context():
            close_database()

    click.get_current_context().call_on_close(close)
    return app


def ready_application(environ: Mapping[str, str] = os.environ) -> Flask:
    """The same, for a command that needs its database up to date; stops where it is not."""
    app = application_of_command(environ)
    with app.app_context():
        is_ready = migration_of_database() == newest_migration()
    if not is_ready:
        click.echo(f"Dit gaat nog niet: {NOT_MIGRATED}.", err=True)
        click.get_current_context().exit(NO_DATABASE)
    return app


@click.group(cls=Commands)
def main() -> None:
    """Overleg: agenda, verslag, uitkomsten en opvolging."""


@main.command()
def migrate() -> None:
    """Breng de databank bij de tijd."""
    with application_of_command().app_context():
        migrate_database()


@main.command()
def worker() -> None:
    """Voer de achtergrondtaken uit: mails versturen, herinneren, opruimen."""
    run_worker(application_of_command())


main.add_command(reference_command(ready_application, load_themes))
main.add_command(administrator_command(ready_application))
main.add_command(search_command(ready_application))
main.add_command(dates_command(ready_application))
main.add_command(demo_command(application_of_command))
main.add_command(access_command(ready_application))
main.add_command(word_command())

if __name__ == "__main__":
    main()
