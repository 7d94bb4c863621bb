"""The command ``overleg reference``."""

from collections.abc import Callable

import click
from flask import Flask

from overleg.db import session
from overleg.organisations.loading import load_reference
from overleg.web import clock


def reference_command(application: Callable[[], Flask]) -> click.Command:
    """The command that loads the reference facts into the database of ``application()``."""

    @click.command()
    def reference() -> None:
        """Laad gemeenten, regio's, zones en overlegorganen die nog ontbreken."""
        with application().app_context():
            added = load_reference(clock.now())
            session().commit()
        click.echo(f"{added} rijen toegevoegd.")

    return reference
