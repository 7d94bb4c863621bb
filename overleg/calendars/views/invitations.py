"""Choosing how meetings come in one's calendar: by invitation, or not."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from overleg.accounts.login import signed_in_person
from overleg.calendars.invitations.queries import live_invitations, meetings_to_invite
from overleg.calendars.invitations.workflow import switch_off, switch_on
from overleg.calendars.queries import feeds_of
from overleg.calendars.views.blueprint import blueprint
from overleg.calendars.workflow import revoke_feed
from overleg.lib.errors import Refused
from overleg.lib.text import count_of, upper_first
from overleg.organisations.queries import seats_of_person
from overleg.scheduling.answers.queries import who_want_invitations
from overleg.web.access import signed_in
from overleg.web.clock import now, today
from overleg.web.forms import HouseForm


class ChoiceForm(HouseForm):
    """Switching over; with feeds left alone every meeting would stand there twice."""

    revoke_feeds = BooleanField("Trek mijn kalenderadressen in", default=True)


@blueprint.get("/kalender/uitnodigingen")
@signed_in
def my_invitations() -> str:
    """How it stands, and what happens on switching over."""
    person = signed_in_person()
    is_on = bool(who_want_invitations([person]))
    meetings = meetings_to_invite(person, now())
    return render_template(
        "calendars/my_invitations.html",
        person=person,
        is_on=is_on,
        is_seated=any((seat.valid_to or today()) >= today() for seat in seats_of_person(person)),
        meetings=meetings,
        standing=live_invitations(person, now()) if is_on else [],
        feeds=feeds_of(person.id),
        # Who is invited nowhere yet would be left with an empty calendar.
        form=ChoiceForm(revoke_feeds=bool(meetings)),
    )


@blueprint.post("/kalender/uitnodigingen/aan")
@signed_in
def switch_invitations_on() -> ResponseReturnValue:
    """Invite this person to every coming meeting, and to each that is planned from now on."""
    person, form = signed_in_person(), ChoiceForm()
    if not form.validate():
        raise Refused("Deze pagina stond te lang open. Kies opnieuw.")
    if form.revoke_feeds.data:
        for feed in feeds_of(person.id):
            revoke_feed(feed, by=person, now=now())
    number = switch_on(person, now=now())
    flash(f"U krijgt voortaan uitnodigingen. {_sent(number)}", "success")
    return redirect(url_for("calendars.my_invitations"))


@blueprint.post("/kalender/uitnodigingen/uit")
@signed_in
def switch_invitations_off() -> ResponseReturnValue:
    """Take every coming meeting out of this person's calendar; plain mails from now on."""
    number = switch_off(signed_in_person(), now=now())
    flash(f"U krijgt voortaan gewone mails. {_sent(number)}", "success")
    return redirect(url_for("calendars.my_invitations"))


def _sent(number: int) -> str:
    mails = count_of(number, "mail vertrekt", "mails vertrekken")
    return f"{upper_first(mails)} nu naar u."
