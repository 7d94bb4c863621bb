"""Who comes to the next meeting of Midwest, and who is invited to it by mail."""

from datetime import datetime, timedelta

from overleg.calendars.invitations.workflow import switch_on
from overleg.demo.people import Region
from overleg.lib.dates import local_date
from overleg.organisations.queries.bodies import seats_of
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.answers.workflow import give_answer
from overleg.scheduling.queries import coming_meetings
from overleg.scheduling.states import AnswerWay, Coming

BODY = "midwestoverleg"
BY_FEED = "burgemeester.roeselare"
"""Who follows a calendar address already."""
CHOSEN_AGO = timedelta(days=6)
COMING, MAYBE, NOT_COMING = Coming.COMING, Coming.MAYBE, Coming.NOT_COMING
LINK, PAGE, CALENDAR = AnswerWay.LINK, AnswerWay.PAGE, AnswerWay.CALENDAR
SAID: tuple[tuple[Coming, AnswerWay] | None, ...] = (
    (COMING, CALENDAR),
    (COMING, LINK),
    None,
    (COMING, PAGE),
    (NOT_COMING, CALENDAR),
    (COMING, PAGE),
    (MAYBE, LINK),
    (COMING, LINK),
    (COMING, LINK),
)
"""What the members say in turn; whose calendar answers chose invitations."""


def play_invitations(region: Region, now: datetime) -> None:
    """Invite those who want it, and let most members answer; ``now`` in UTC."""
    body, support = region.bodies[BODY], region.people["ondersteuner"]
    who = viewer_for(support, local_date(now))
    coming = [each for each in coming_meetings(who, now, body_ids=[body.id]) if not each.is_quiet]
    if not coming:
        return
    meeting, chosen_at = coming[0], now - CHOSEN_AGO
    people = [seat.person for seat in seats_of(body.id, meeting.day) if seat.person is not None]
    people.remove(region.people[BY_FEED])
    give_answer(meeting, region.people[BY_FEED], COMING, way=PAGE, now=now - timedelta(days=2))
    for number, (person, said) in enumerate(zip(people, SAID, strict=False)):
        if said is None:
            continue
        answer, way = said
        if way is CALENDAR:
            switch_on(person, now=chosen_at)
        give_answer(meeting, person, answer, way=way, now=chosen_at + timedelta(hours=7 * number))
