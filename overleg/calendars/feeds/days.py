"""From what is due, and from another body's date, to what a calendar shows of it.

A uid follows from the id that a row keeps for good, never from a day or a title.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from overleg.calendars.ical import CalendarEvent, DayEvent, Entry
from overleg.decisions.queries.dated import DatedAction, DatedFollowUp
from overleg.decisions.states import Organ
from overleg.documents.states import Circle
from overleg.lib.dates import format_date, format_weekday_date, local_date
from overleg.lib.text import upper_first
from overleg.mail.links import absolute_url
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import BodyDate, Meeting
from overleg.scheduling.states import DateState, MeetingState

DOMAIN = "overleg"


def deadlines_of(meeting: Meeting, viewer: Viewer) -> list[DayEvent]:
    """By when proposals are in and, for support staff, by when agenda and outcomes are out.

    None for a cancelled meeting, for another's body, and for readers of what is public.
    """
    body = meeting.body
    if meeting.state is MeetingState.CANCELLED or body.is_external:
        return []
    if not viewer.may_read(body.id, Circle.ADMINISTRATIONS):
        return []
    found = [("voorstellen", "laatste dag voor voorstellen", meeting.proposals_due_on)]
    if viewer.supports(body.id):
        found += [
            ("agenda", "agenda versturen", meeting.agenda_due_on),
            ("uitkomsten", "lijst van uitkomsten rondsturen", meeting.outcomes_due_on),
        ]
    url = absolute_url(f"/vergaderingen/{meeting.id}")
    return [
        DayEvent(
            uid=f"{key}-{meeting.calendar_uid}",
            sequence=meeting.calendar_sequence + body.revision - 1,
            created_at=meeting.created_at_utc,
            changed_at=meeting.changed_at_utc,
            day=day,
            summary=f"{body.call_name}: {what}",
            description=f"Vergadering {meeting.label} van {format_date(meeting.day)}\n{url}",
            url=url,
        )
        for key, what, day in found
    ]


def follow_up_event(due: DatedFollowUp) -> DayEvent:
    """What a college or council has on its session of that day, or must decide by then."""
    title = due.title or f"besloten punt van {due.body.the_name}"
    organ = "College" if due.organ is Organ.COLLEGE else "Gemeenteraad"
    when = "" if due.is_scheduled else ", tegen vandaag"
    stand = "Staat op deze zitting." if due.is_scheduled else "Nog niet geagendeerd."
    if due.waits_for_college:
        stand = "Eerst beslist het college."
    elif due.first_possible is not None:
        late = ", later dan gevraagd" if due.first_possible > due.day else ""
        stand += (
            f"\nEerste mogelijke {due.organ.label}: "
            f"{format_weekday_date(due.first_possible)}{late}."
        )
    url = absolute_url(f"/gemeenten/{due.nis_code}" if due.nis_code else "/opvolging")
    return DayEvent(
        uid=f"opvolging-{due.id}@{DOMAIN}",
        sequence=due.revision - 1,
        created_at=due.opened_at_utc,
        changed_at=due.changed_at_utc,
        day=due.day,
        summary=f"{organ} {due.municipality}{when}: {title}",
        description=(
            f"{upper_first(due.body.the_name)} van {format_date(due.met_at_utc)} "
            f"vraagt {due.asked.label}.\n"
            f"{stand}\nTekst downloaden en melden: {url}"
        ),
        url=url,
    )


def action_event(due: DatedAction) -> DayEvent:
    """What the feed's person does by that day."""
    url = absolute_url(f"/vergaderingen/{due.meeting_id}/uitkomsten")
    return DayEvent(
        uid=f"actie-{due.id}@{DOMAIN}",
        sequence=due.revision - 1,
        created_at=due.noted_at_utc,
        changed_at=due.noted_at_utc,
        day=due.day,
        summary=f"Actiepunt, tegen vandaag: {due.text or 'besloten punt'}",
        description=f"{due.body_name} van {format_date(due.met_at_utc)}\n{url}",
        url=url,
    )


def events_of_dates(dates: Sequence[BodyDate], meetings: Collection[Meeting]) -> list[Entry]:
    """The dates of other bodies, without those that stand there as a meeting of ours already."""
    known = {(meeting.body_id, meeting.day) for meeting in meetings}
    return [_of_date(each) for each in dates if (each.body_id, each.day) not in known]


def _of_date(each: BodyDate) -> Entry:
    is_cancelled = not each.takes_place
    before = "Vervalt: " if is_cancelled else ""
    before += "Onder voorbehoud: " if each.state is DateState.TENTATIVE and not before else ""
    summary = f"{before}{each.body.call_name}"
    name = each.body.name
    url = absolute_url(f"/overleg/{each.body.slug}")
    uid = f"datum-{each.id}@{DOMAIN}"
    if each.is_all_day:
        last = local_date(each.ends_at_utc - timedelta(seconds=1))
        return DayEvent(
            uid=uid,
            sequence=each.revision - 1,
            created_at=each.added_at_utc,
            changed_at=each.changed_at_utc,
            day=each.day,
            days=max((last - each.day).days, 0) + 1,
            summary=summary,
            location=each.place,
            description=name,
            url=url,
            is_cancelled=is_cancelled,
        )
    return CalendarEvent(
        uid=uid,
        sequence=each.revision - 1,
        created_at=each.added_at_utc,
        changed_at=each.changed_at_utc,
        starts_at=each.starts_at_utc,
        ends_at=each.ends_at_utc,
        summary=summary,
        location=each.place,
        description=name,
        url=url,
        is_cancelled=is_cancelled,
    )
