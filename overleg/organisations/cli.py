"""The commands ``overleg reference`` and ``overleg administrator``."""

import re
import sys
from collections.abc import Callable
from datetime import date, datetime

import click
from flask import Flask

from overleg.accounts.models import Person
from overleg.accounts.queries import person_by_email
from overleg.accounts.states import LinkPurpose
from overleg.accounts.workflow import add_person, invite_person
from overleg.audit.workflow import System
from overleg.db import session
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import OverlegError, Refused
from overleg.mail.addresses import normal_email
from overleg.mail.links import absolute_url
from overleg.organisations.forms.fields import EMAIL_SHAPE
from overleg.organisations.loading import load_reference
from overleg.organisations.queries import roles_of_person
from overleg.organisations.states import Role
from overleg.organisations.workflow import grant_role
from overleg.web import clock
from overleg.web.forms import LONGEST_LINE


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


def administrator_command(application: Callable[[], Flask]) -> click.Command:
    """The command that makes the first administrator of ``application()``, or another one."""

    @click.command()
    @click.argument("email")
    @click.option("--name", help="Naam van wie nog niet bekend is. Zonder: uit het e-mailadres.")
    def administrator(email: str, name: str | None) -> None:
        """Maak iemand beheerder en stuur een uitnodiging om een wachtwoord te kiezen.

        Zo komt de eerste persoon binnen. De link van de uitnodiging gaat per mail, en staat
        ook in het antwoord, één keer. Wie al beheerder is, wordt geweigerd: de status is dan 1.
        """
        with application().app_context():
            try:
                told = _make_administrator(email, name, now=clock.now())
                session().commit()
            except OverlegError as refused:
                _stop(str(refused))
        click.echo(told)

    return administrator


def _stop(why: str) -> None:
    session().rollback()
    click.echo(why, err=True)
    sys.exit(1)


def _make_administrator(email: str, name: str | None, *, now: datetime) -> str:
    """Do it, and say in Dutch what was done. Raises ``OverlegError``."""
    address = normal_email(email)
    if not re.fullmatch(EMAIL_SHAPE, address) or len(address) > LONGEST_LINE:
        raise Refused(f"{email} is geen e-mailadres.")
    known = person_by_email(address)
    if known is not None and _is_administrator(known, local_date(now)):
        raise Refused(
            f"{known.name} ({address}) is al beheerder. Aanmelden kan met een link per mail, op "
            f"{absolute_url('/aanmelden')}."
        )
    person = known or add_person(_name(name, address), address, by=System(), now=now)
    grant_role(person, Role.ADMINISTRATOR, valid_from=local_date(now), by=System(), now=now)
    lines = [f"{person.name} ({address}) is nu beheerder."]
    if person.password_hash is not None:
        lines.append("Aanmelden kan met het wachtwoord van deze persoon.")
        return "\n".join(lines)
    link = invite_person(person, by=System(), now=now)
    last = format_date(now + LinkPurpose.INVITATION.lifetime)
    lines += [
        "De uitnodiging staat klaar; overleg worker mailt ze. Komt de mail niet aan, kies dan een",
        f"wachtwoord op dit adres; het werkt één keer, tot en met {last}:",
        link,
    ]
    return "\n".join(lines)


def _is_administrator(person: Person, today: date) -> bool:
    """Whether somebody is administrator today, or will be."""
    return any(
        role.role is Role.ADMINISTRATOR and (role.valid_to is None or role.valid_to >= today)
        for role in roles_of_person(person)
    )


def _name(given: str | None, email: str) -> str:
    """The name as it was given, or made of the address: ``an.peeters@...`` is An Peeters."""
    name = " ".join((given or re.sub(r"[._+-]+", " ", email.partition("@")[0]).title()).split())
    if len(name) > LONGEST_LINE:
        raise Refused("Deze naam is te lang.")
    return name or email
