"""The mails that put a meeting in somebody's calendar, change it there, or take it out."""

from dataclasses import replace
from datetime import datetime
from enum import Enum

from flask import current_app

from overleg.calendars.entries import event_with
from overleg.calendars.ical import CalendarEvent
from overleg.calendars.invitations.models import Invitation
from overleg.calendars.invitations.writing import Method, Party, write_invitation
from overleg.mail.links import absolute_url
from overleg.mail.workflow import Address, CalendarPart, post
from overleg.scheduling.answers.links import answer_links
from overleg.scheduling.notices import describe
from overleg.scheduling.states import Coming
from overleg.settings import Settings

ORGANIZER = "Overleg"


class Why(Enum):
    """Why a meeting leaves somebody's calendar, in the sentence of the mail."""

    CANCELLED = "Deze vergadering gaat niet door."
    NO_SEAT = "U hebt die dag geen zetel meer in dit overleg."
    SWITCHED_OFF = "U koos ervoor geen uitnodigingen meer te krijgen."
    OTHER_ADDRESS = "Uw uitnodigingen gaan voortaan naar een ander e-mailadres."


def post_request(
    invitation: Invitation, *, is_first: bool, said: Coming | None, now: datetime
) -> None:
    """Mail the meeting as it stands now, with three buttons to answer.

    ``said`` is what the person answered already about this moment.
    """
    meeting = invitation.meeting
    event = event_with(meeting, online=meeting.online_url)
    post(
        _addressee(invitation),
        subject=f"{'Uitnodiging' if is_first else 'Gewijzigde uitnodiging'}: {meeting.title}",
        template="meeting_invitation",
        context={
            "meeting": meeting,
            "when": describe(meeting),
            "is_first": is_first,
            "said": said,
            "answers": answer_links(meeting.id, invitation.person.id),
            "link": absolute_url(f"/vergaderingen/{meeting.id}"),
            "link_label": "Naar de vergadering",
        },
        about=meeting,
        body=meeting.body,
        matters_at=meeting.starts_at_utc,
        now=now,
        calendar=_part(invitation, event, Method.REQUEST, now, said),
    )


def post_cancel(invitation: Invitation, why: Why, *, now: datetime) -> None:
    """Mail that the meeting leaves the calendar, and why."""
    meeting = invitation.meeting
    event = replace(event_with(meeting, online=""), is_cancelled=True, description=why.value)
    what = "Gaat niet door" if why is Why.CANCELLED else "Uit uw kalender"
    post(
        _addressee(invitation),
        subject=f"{what}: {meeting.title}",
        template="meeting_withdrawn",
        context={
            "meeting": meeting,
            "when": describe(meeting),
            "why": why.value,
            "is_cancelled": why is Why.CANCELLED,
        },
        about=meeting,
        body=meeting.body,
        matters_at=meeting.starts_at_utc,
        now=now,
        calendar=_part(invitation, event, Method.CANCEL, now),
    )


def _addressee(invitation: Invitation) -> Address:
    person = invitation.person
    return Address(person.name, invitation.email, person.disabled_at_utc)


def _part(
    invitation: Invitation,
    event: CalendarEvent,
    method: Method,
    now: datetime,
    said: Coming | None = None,
) -> CalendarPart:
    settings: Settings = current_app.extensions["settings"]
    content = write_invitation(
        replace(event, sequence=invitation.sequence, changed_at=now),
        method,
        organizer=Party(ORGANIZER, settings.organizer),
        attendee=Party(invitation.person.name, invitation.email),
        said=said,
    )
    return CalendarPart(content.decode(), method.value)
