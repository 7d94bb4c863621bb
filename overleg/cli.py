"""The command line: ``overleg <what>``."""

import os
import sys

import click
from flask import Flask
from flask_migrate import upgrade

from overleg import create_app
from overleg.organisations.cli import reference_command
from overleg.settings import SettingsError, read_settings


def application() -> Flask:
    """The application with the settings of the environment; stops with a clear line when it can't."""
    try:
        return create_app(read_settings(os.environ))
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@click.group()
def main() -> None:
    """Overleg: agenda, verslag, uitkomsten en opvolging."""


@main.command()
def migrate() -> None:
    """Breng de databank bij de tijd."""
    with application().app_context():
        upgrade()


main.add_command(reference_command(application))
