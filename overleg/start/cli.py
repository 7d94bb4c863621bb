"""The command ``overleg access``."""

import json
import sys
from collections.abc import Callable

import click
from flask import Flask

from overleg.start.asking import CannotAsk, may_open

NOT_ALLOWED, CANNOT_ASK = 1, 2


def access_command(application: Callable[[], Flask]) -> click.Command:
    """The command that asks the application of ``application()`` whether somebody may."""

    @click.command()
    @click.argument("email")
    @click.argument("address")
    @click.option("--json", "as_json", is_flag=True, help="Antwoord als JSON.")
    def access(email: str, address: str, *, as_json: bool) -> None:
        """Zeg of iemand een adres mag openen, en welke regel dat beslist.

        De status is 0 als het mag, 1 als het niet mag, 2 als de persoon of het adres niet bestaat.
        """
        try:
            verdict = may_open(application(), email, address)
        except CannotAsk as unknown:
            told = json.dumps({"error": str(unknown)}, ensure_ascii=False)
            click.echo(told if as_json else str(unknown))
            sys.exit(CANNOT_ASK)
        if as_json:
            click.echo(json.dumps(verdict.as_dict(), ensure_ascii=False))
        else:
            click.echo(f"{'Mag' if verdict.allowed else 'Mag niet'}: {verdict.rule}")
            for reason in verdict.reasons:
                click.echo(f"- {reason}")
        sys.exit(0 if verdict.allowed else NOT_ALLOWED)

    return access
