"""The list of meetings: what is coming, and behind a filter what is over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import render_template, request, url_for

from overleg.lib.dates import MONTHS
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling import queries
from overleg.scheduling.deadlines import next_deadline
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import can_change, can_plan
from overleg.scheduling.states import MeetingState
from overleg.scheduling.views.blueprint import blueprint
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.navigation import Link

PAST = "voorbij"


@dataclass(frozen=True)
class Month:
    """The meetings of one calendar month in Brussels."""

    title: str
    meetings: list[Meeting]


@blueprint.get("/vergaderingen")
@signed_in
def list_meetings() -> str:
    """Coming meetings per month, or past ones of a year; filtered by body."""
    who, now, today = viewer(), clock.now(), clock.today()
    bodies = queries.bodies_of(who)
    chosen = next((b for b in bodies if b.slug == request.args.get("overleg")), None)
    body_ids = [chosen.id] if chosen else None
    shows_past = request.args.get("toon") == PAST
    years = queries.past_years(who, now, body_ids=body_ids)
    year = request.args.get("jaar", type=int)
    if year not in years:
        year = years[0] if years else today.year
    if shows_past:
        meetings = queries.past_meetings(who, now, body_ids=body_ids, year=year)
    else:
        meetings = queries.coming_meetings(who, now, body_ids=body_ids, with_cancelled=True)
    return render_template(
        "scheduling/list_meetings.html",
        months=_months(meetings),
        meetings=meetings,
        bodies=bodies,
        chosen=chosen,
        shows_past=shows_past,
        when=_when(chosen, shows_past),
        years=_years(chosen, years, year) if shows_past else [],
        deadlines={meeting.id: next_deadline(meeting, today) for meeting in meetings},
        today=today,
        quiet=_quiet(meetings, who) if not shows_past else {},
        plannable=[body for body in bodies if can_plan(who, body.id)],
        changeable={
            meeting.id
            for meeting in meetings
            if _is_ours_or_coming(meeting, now) and can_change(who, meeting)
        },
    )


def _is_ours_or_coming(meeting: Meeting, now: datetime) -> bool:
    """Whether there is something left to change: a past meeting of another's body just was."""
    return not meeting.body.is_external or meeting.ends_at_utc > now


def _quiet(meetings: Sequence[Meeting], who: Viewer) -> Counter[Body]:
    """The bodies of which this person can announce some of these meetings, and how many."""
    return Counter(
        meeting.body
        for meeting in meetings
        if meeting.is_quiet
        and meeting.state is MeetingState.PREPARING
        and can_plan(who, meeting.body_id)
    )


def _months(meetings: Sequence[Meeting]) -> list[Month]:
    by_month = groupby(meetings, key=lambda meeting: (meeting.day.year, meeting.day.month))
    return [
        Month(f"{MONTHS[month - 1].capitalize()} {year}", list(group))
        for (year, month), group in by_month
    ]


def _when(chosen: Body | None, shows_past: bool) -> list[Link]:
    slug = chosen.slug if chosen else None
    return [
        Link("Komende", url_for("scheduling.list_meetings", overleg=slug), current=not shows_past),
        Link(
            "Voorbije",
            url_for("scheduling.list_meetings", overleg=slug, toon=PAST),
            current=shows_past,
        ),
    ]


def _years(chosen: Body | None, years: list[int], current: int) -> list[Link]:
    slug = chosen.slug if chosen else None
    return [
        Link(
            str(year),
            url_for("scheduling.list_meetings", overleg=slug, toon=PAST, jaar=year),
            current=year == current,
        )
        for year in years
    ]
