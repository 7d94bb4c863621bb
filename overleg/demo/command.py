"""The command ``overleg demo``: an installation with three regions, ready to look around in."""

import os
import sys
from collections.abc import Callable, Mapping

import click
from flask import Flask
from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.db import close_database, session
from overleg.demo.loading import STARTED, load
from overleg.demo.people import PASSWORD
from overleg.jobs.worker import run_worker
from overleg.memory import nothing_to_collect
from overleg.migrating import migrate_database
from overleg.organisations.loading import load_reference
from overleg.processes import StartError, check_port_is_free, run_web_and_worker
from overleg.settings import Mode
from overleg.web import clock

SHOWN = {
    "Ondersteuner": "ondersteuner@midwest.demo.test",
    "Voorzitter": "voorzitter@midwest.demo.test",
    "Burgemeester": "burgemeester.roeselare@midwest.demo.test",
    "Algemeen directeur": "ad.izegem@midwest.demo.test",
    "Gemeentesecretariaat": "secretariaat.tielt@midwest.demo.test",
    "Lid agendacommissie": "agendacommissie1@rivierenland.demo.test",
    "Partner": "partner.solva@denderregio.demo.test",
    "Beheerder": "beheerder@demo.test",
}


def demo_command(application: Callable[[Mapping[str, str]], Flask]) -> click.Command:
    """The command that prepares the demo and runs its web server and worker.

    ``application(environ)`` builds the application from these settings.
    """

    @click.command()
    @click.option("--port", envvar="PORT", default=8000, show_default=True, help="Poort.")
    def demo(port: int) -> None:
        """Start de demo: webserver en achtergrondtaken, met drie regio's om in rond te kijken."""
        environment = {**os.environ, "OVERLEG_MODE": Mode.DEMO.value, "PORT": str(port)}
        try:
            check_port_is_free(port)
            app = application(environment)
            prepare(app)
            status = run_web_and_worker(
                port,
                application=app,
                work=run_worker,
                on_ready=lambda: click.echo(welcome(port)),
            )
        except StartError as error:
            click.echo(str(error), err=True)
            status = 2
        sys.exit(status)

    return demo


def prepare(app: Flask) -> None:
    """Bring the database up to date, and fill it when nobody is in it yet."""
    with app.app_context(), nothing_to_collect():
        migrate_database()
        if session().scalar(select(Person.id).limit(1)) is None:
            click.echo("De demo wordt geladen; dat duurt een moment.")
            load_reference(clock.now() - STARTED)
            load(clock.now())
            session().commit()
        close_database()


def welcome(port: int) -> str:
    """What the terminal says when the demo runs."""
    width = max(map(len, SHOWN))
    accounts = [f"  {role.ljust(width)}  {email}" for role, email in SHOWN.items()]
    return "\n".join(
        (
            "",
            f"Overleg draait op http://localhost:{port}",
            "",
            f"Aanmelden kan als (wachtwoord {PASSWORD}):",
            *accounts,
            "De aanmeldpagina toont alle accounts, met één klik. Stoppen: Ctrl-C.",
        )
    )
