"""An afspraak from before the mergers of 1 January 2025, and where what was open went to."""

from datetime import date, time, timedelta

from sqlalchemy import select

from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import ItemText, add_own_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind
from overleg.decisions.workflow.follow_up import Report, report
from overleg.decisions.workflow.mergers import follow_mergers
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.demo.story import Story
from overleg.documents.states import Circle
from overleg.lib.dates import local_date, to_utc
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import approve_minutes, close_meeting, open_meeting
from overleg.organisations.models import Organisation
from overleg.scheduling.models import Meeting
from overleg.scheduling.workflow import plan_meeting

HELD_ON, MERGED_ON = date(2024, 11, 8), date(2025, 1, 1)
ASKED = ("37007", "37012", "37015", "37018", "37010", "37017")
"""Meulebeke, Ruiselede, Tielt and Wingene of before 2025, and Oostrozebeke and Wielsbeke."""
WAITED = {"37007": date(2025, 2, 6), "37012": date(2025, 1, 30)}
"""Of which the council had not decided yet, and when that of their successor did."""
COLLEGE_DAY, COUNCIL_DAY = date(2024, 12, 2), date(2024, 12, 19)
TITLE = "Lokaal energie- en klimaatpact: samen aankopen"
SAID = (
    "<p>De gemeenten die op 1 januari fuseren, vragen dat het pact ook daarna doorloopt. Wat zij nog moeten "
    "beslissen, neemt de nieuwe gemeente over.</p>"
)
AGREED = "<p>De gemeenten kopen samen zonnepanelen en laadpalen aan. De colleges en gemeenteraden keuren dat goed.</p>"


def play_mergers(story: Story) -> None:
    """Give the Midwestoverleg a meeting of 2024; nothing in a demo of before the successors answered."""
    if story.body.slug != "midwestoverleg" or local_date(story.now) <= max(WAITED.values()):
        return
    outcome = _agree(story, _hold(story))
    for row in outcome.follow_ups:
        nis_code = row.organisation.nis_code
        if row.organ is Organ.COLLEGE:
            _decide(story, row, COLLEGE_DAY)
        elif nis_code not in WAITED:
            _decide(story, row, COUNCIL_DAY)
    follow_mergers(to_utc(MERGED_ON, time(4)))
    days = dict(zip(("37022", "37021"), WAITED.values(), strict=True))
    for row in outcome.follow_ups:
        if row.state is FollowUpState.TO_SCHEDULE:
            _decide(story, row, days[row.organisation.nis_code or ""])


def _hold(story: Story) -> Meeting:
    support, start = story.region.support, to_utc(HELD_ON, time(9, 30))
    meeting = plan_meeting(
        story.body,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place=story.rhythm.place,
        online_url="",
        by=support,
        now=start - timedelta(days=60),
    )
    ensure_fixed_items(meeting, now=start - timedelta(days=20))
    text = ItemText(TITLE, AGREED, story.body.name, Asked.DECIDE, 30, Circle.ADMINISTRATIONS)
    add_own_item(meeting, text, by=support, now=start - timedelta(days=20))
    send_agenda(meeting, message="", by=support, now=start - timedelta(days=8))
    open_meeting(meeting, by=support, now=start)
    return meeting


def _agree(story: Story, meeting: Meeting) -> Outcome:
    support, at = story.region.support, meeting.starts_at_utc + timedelta(minutes=40)
    item = next(item for item in items_of_meeting(meeting) if item.title == TITLE)
    save_notes(item, SAID, started_from=0, by=support, now=at)
    outcome = note_outcome(item, Agreed(OutcomeKind.AGREEMENT, TITLE, AGREED), by=support, now=at)
    close_meeting(meeting, by=support, now=meeting.ends_at_utc)
    make_ready(outcome, by=support, now=at)
    towns = session().scalars(select(Organisation).where(Organisation.nis_code.in_(ASKED)))
    release_outcome(
        outcome,
        Request(
            towns.all(), [Organ.COLLEGE, Organ.COUNCIL], due_on=date(2025, 2, 28), in_order=True
        ),
        by=support,
        now=at + timedelta(days=4),
    )
    approve_minutes(meeting, by=support, now=story.past[0].starts_at_utc)
    return outcome


def _decide(story: Story, row: FollowUp, day: date) -> None:
    """Noted by support staff: the accounts of these municipalities are of later."""
    what = Report(
        FollowUpState.APPROVED,
        day,
        f"{day.year}/{'CBS' if row.organ is Organ.COLLEGE else 'GR'}/{100 + day.day}",
    )
    at = to_utc(day, time(16))
    report(row, what, revision=row.revision, by=story.region.support, now=at)
