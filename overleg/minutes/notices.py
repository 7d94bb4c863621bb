"""Who is told what about a verslag."""

from datetime import date, datetime

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.audit.workflow import Actor
from overleg.db import session
from overleg.lib.dates import format_date, local_date
from overleg.lib.text import join_words
from overleg.mail.links import absolute_url
from overleg.mail.workflow import post
from overleg.minutes.models import Minutes, MinutesVersion, MinutesVersionItem, Remark
from overleg.organisations.queries.bodies import people_with_role, seats_of
from overleg.organisations.states import Role, SeatKind
from overleg.organisations.viewer import viewer_for


def tell_chair(minutes: Minutes, *, by: Actor, now: datetime) -> None:
    """Tell who chairs the body that the draft waits."""
    meeting = minutes.meeting
    for person in people_with_role(meeting.body_id, Role.CHAIR, local_date(now)):
        post(
            person,
            subject=f"Na te lezen: verslag van {meeting.the_title}",
            template="minutes_to_chair",
            context={
                "meeting": meeting,
                "by": by.name,
                "link": absolute_url(f"/vergaderingen/{meeting.id}/verslag"),
                "link_label": "Verslag nalezen",
            },
            about=minutes,
            body=meeting.body,
            now=now,
        )


def tell_members(minutes: Minutes, until: date, *, now: datetime) -> None:
    """Tell the members that they can remark until a day in Brussels."""
    meeting = minutes.meeting
    for person in members_to_tell(minutes):
        post(
            person,
            subject=f"Verslag van {meeting.the_title}: opmerkingen tot {format_date(until)}",
            template="minutes_circulated",
            context={
                "meeting": meeting,
                "until": until,
                "link": absolute_url(f"/vergaderingen/{meeting.id}/verslag"),
                "link_label": "Verslag lezen",
            },
            about=minutes,
            body=meeting.body,
            now=now,
        )


def tell_remarker(remark: Remark, *, now: datetime) -> None:
    """Tell who made a remark what became of it."""
    meeting = remark.minutes.meeting
    person = session().get_one(Person, remark.person_id)
    post(
        person,
        subject=f"Uw opmerking bij het verslag: {remark.state.label}",
        template="remark_settled",
        context={
            "remark": remark,
            "meeting": meeting,
            "link": absolute_url(f"/vergaderingen/{meeting.id}/verslag"),
            "link_label": "Verslag lezen",
        },
        about=remark.minutes,
        body=meeting.body,
        now=now,
    )


def tell_corrected(
    version: MinutesVersion,
    item: AgendaItem,
    before: MinutesVersionItem | None,
    after: MinutesVersionItem,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Tell the members who had the verslag what was put right, and why; its words stay out of it.

    Only who reads the point is told, and who did it is not.
    """
    meeting, today = version.minutes.meeting, local_date(now)
    parts = [
        part
        for part, is_new in (
            ("de bespreking", before is None or before.text_html != after.text_html),
            ("wat eruit voortkwam", before is None or before.results_html != after.results_html),
        )
        if is_new
    ]
    for person in members_to_tell(version.minutes):
        reads = viewer_for(person, today).may_read(meeting.body_id, item.circle)
        if not reads or person.id == by.id:
            continue
        post(
            person,
            subject=f"Rechtgezet: verslag van {meeting.the_title}",
            template="minutes_corrected",
            context={
                "meeting": meeting,
                "item": item,
                "version": version,
                "what": join_words(parts),
                "link": absolute_url(
                    f"/vergaderingen/{meeting.id}/verslag/goedgekeurd/{version.number}"
                ),
                "link_label": "Lees wat er wijzigde",
            },
            about=version.minutes,
            body=meeting.body,
            now=now,
        )


def members_to_tell(minutes: Minutes) -> list[Person]:
    """Who sat at the table that day, guests left out, each once; two statements."""
    meeting = minutes.meeting
    people = [
        seat.person
        for seat in seats_of(meeting.body_id, meeting.day)
        if seat.person is not None and seat.kind is not SeatKind.GUEST
    ]
    return list({person.id: person for person in people}.values())
