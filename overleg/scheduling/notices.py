"""Who is told by mail when a meeting is announced, moves or is cancelled: those who hold a seat
that day.

Who chose invitations gets one of those instead (``overleg.calendars.invitations``), unless it is
urgent: then everybody gets the mail as well.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.dates import format_span, format_weekday_date
from overleg.mail.haste import URGENT_WITHIN
from overleg.mail.links import absolute_url
from overleg.mail.workflow import Matter, post
from overleg.organisations.models import Seat
from overleg.scheduling.answers.links import answer_links
from overleg.scheduling.answers.queries import answers_to, held_answer, who_want_invitations
from overleg.scheduling.models import Meeting


def recipients(meeting: Meeting) -> Sequence[Person]:
    """Who has a seat on the day of the meeting and can be mailed, by name; one statement."""
    return seated_on(meeting.body_id, meeting.day)


def seated_on(body_id: str, day: date) -> Sequence[Person]:
    """Who has a seat in a body on a day (in Brussels) and can be mailed, by name; one statement."""
    seated = select(Seat.person_id).where(Seat.body_id == body_id, Seat.valid_on(day))
    return (
        session()
        .scalars(
            select(Person)
            .where(
                Person.id.in_(seated), Person.email.is_not(None), Person.disabled_at_utc.is_(None)
            )
            .order_by(Person.name, Person.id)
        )
        .all()
    )


def describe(meeting: Meeting) -> str:
    """``vrijdag 13 maart 2026, 9.30 tot 11.30 uur, Stadhuis Roeselare``."""
    parts = [
        format_weekday_date(meeting.starts_at_utc),
        format_span(meeting.starts_at_utc, meeting.ends_at_utc),
        meeting.place,
    ]
    return ", ".join(part for part in parts if part)


def tell_planned(meetings: Sequence[Meeting], *, now: datetime, note: str = "") -> list[Person]:
    """Tell the seat holders of new meetings of one body, in one mail each; returns them.

    ``note`` is a Dutch sentence in that mail: where the date comes from.
    """
    told: dict[str, tuple[Person, list[Meeting]]] = {}
    for meeting in meetings:
        for person in recipients(meeting):
            told.setdefault(person.id, (person, []))[1].append(meeting)
    invited = who_want_invitations([person for person, _own in told.values()])
    answered = answers_to(meetings[0]) if len(meetings) == 1 else {}
    for person, own in told.values():
        if person.id in invited:
            continue
        one = own[0] if len(own) == 1 else None
        said = held_answer(person.id, answered)
        post(
            person,
            subject=f"Gepland: {one.title if one else _several(own)}",
            template="meeting_planned",
            context={
                "body": own[0].body,
                "planned": [(each.label, describe(each)) for each in own],
                "note": note,
                "said": said.label if said else "",
                "answers": answer_links(one.id, person.id) if one else [],
                "link": absolute_url(f"/vergaderingen/{one.id}" if one else "/vergaderingen"),
                "link_label": "Naar de vergadering" if one else "Naar de vergaderingen",
            },
            about=own[0],
            also_about=[Matter(each, each.body) for each in own[1:]],
            body=own[0].body,
            matters_at=min(each.starts_at_utc for each in own),
            now=now,
        )
    return [person for person, _own in told.values()]


def _several(meetings: Sequence[Meeting]) -> str:
    return f"{len(meetings)} vergaderingen van {meetings[0].body.the_call_name}"


def is_soon(starts_at: datetime, now: datetime) -> bool:
    """Whether a meeting begins within 48 hours from now (both aware)."""
    return now <= starts_at <= now + URGENT_WITHIN


def tell_changed(
    meeting: Meeting, *, was: str, now: datetime, urgent: bool = False
) -> list[Person]:
    """Tell the seat holders where and when the meeting is now; returns them."""
    context = {"meeting": meeting, "was": was, "now_reads": describe(meeting)}
    return _tell(meeting, "Gewijzigd", "meeting_changed", context, now, urgent=urgent)


def tell_cancelled(meeting: Meeting, *, now: datetime) -> list[Person]:
    """Tell the seat holders that the meeting does not take place, and why; returns them."""
    context = {"meeting": meeting, "was": describe(meeting)}
    urgent = is_soon(meeting.starts_at_utc, now)
    return _tell(meeting, "Gaat niet door", "meeting_cancelled", context, now, urgent=urgent)


def _tell(
    meeting: Meeting,
    what: str,
    template: str,
    context: dict[str, object],
    now: datetime,
    *,
    urgent: bool,
) -> list[Person]:
    people = list(recipients(meeting))
    invited = frozenset[str]() if urgent else who_want_invitations(people)
    address = absolute_url(f"/vergaderingen/{meeting.id}")
    for person in people:
        if person.id in invited:
            continue
        post(
            person,
            subject=f"{'Dringend: ' if urgent else ''}{what}: {meeting.title}",
            template=template,
            context={
                **context,
                "answers": answer_links(meeting.id, person.id),
                "link": address,
                "link_label": "Naar de vergadering",
            },
            about=meeting,
            body=meeting.body,
            urgent=urgent,
            now=now,
        )
    return people
