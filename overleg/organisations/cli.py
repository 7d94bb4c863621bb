"""The command ``overleg reference``."""

from collections.abc import Callable

import click
from flask import Flask

from overleg.db import session
from overleg.organisations.loading import load_reference
from overleg.web import clock


def reference_command(
    application: Callable[[], Flask], load_more: Callable[[], int]
) -> click.Command:
    """The command that loads the reference facts into the database of ``application()``.

    ``load_more`` adds the first lists of the packages above and says how many rows.
    """

    @click.command()
    def reference() -> None:
        """Laad gemeenten, regio's, zones en overlegorganen die nog ontbreken."""
        with application().app_context():
            added = load_reference(clock.now()) + load_more()
            session().commit()
        click.echo(f"{added} rijen toegevoegd.")

    return reference
