"""What people do with a year in the making: ask it, adjust it, drop it, and plan its meetings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import hold_until_commit, new_id, refuse_other, revision_of_values, session
from overleg.lib.errors import Refused
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting, MeetingSeries, PlannedDate, PlannedYear, TravelTime
from overleg.scheduling.rhythm import MOST_DAYS
from overleg.scheduling.rules.checking import Slot
from overleg.scheduling.rules.queries import travel_minutes_of
from overleg.scheduling.workflow import plan_meeting
from overleg.scheduling.years.queries import rhythm_of, year_of
from overleg.scheduling.years.weighing import Choice
from overleg.scheduling.years.wishes import YearRhythm, wishes_of

MOST_TRAVEL_MINUTES = 240


@dataclass(frozen=True)
class AskedYear:
    """What somebody asks for the years of a body; hours are those of Brussels."""

    rhythm: YearRhythm
    starts: time
    ends: time
    place: str = ""
    online_url: str = ""


def ask_year(body: Body, asked: AskedYear, *, by: Person, now: datetime) -> PlannedYear:
    """Keep what is asked; what was chosen for a wish that is still there stays.

    Raises ``Refused`` for no dates at all or more than ``MOST_DAYS``.
    """
    wishes = wishes_of(asked.rhythm)
    if not wishes:
        raise Refused("In deze periode valt geen enkele dag van dit ritme.")
    if len(wishes) > MOST_DAYS:
        raise Refused(
            f"Dat zijn meer dan {MOST_DAYS} vergaderingen. Kies een kortere periode of minder "
            "vergaderingen."
        )
    year = year_of(body)
    if year is None:
        year = PlannedYear(id=new_id(), body=body, dates=[])
        session().add(year)
    year.kind, year.weekday = asked.rhythm.kind, asked.rhythm.weekday
    year.nth, year.every_weeks = asked.rhythm.nth, asked.rhythm.every_weeks
    year.times, year.skips_summer = asked.rhythm.times, asked.rhythm.skips_summer
    year.first_day, year.last_day = asked.rhythm.first_day, asked.rhythm.last_day
    year.starts_at_hour, year.ends_at_hour = asked.starts, asked.ends
    year.place, year.online_url = asked.place, asked.online_url
    _touch(year, by, now)
    return year


def adjust_year(
    year: PlannedYear, choices: Mapping[date, Choice | None], *, by: Person, now: datetime
) -> None:
    """Keep what a person chose for each wish; None goes back to what is proposed."""
    kept = {each.wished_on: each for each in year.dates}
    for wished_on, choice in choices.items():
        if choice is None:
            if wished_on in kept:
                year.dates.remove(kept[wished_on])
            continue
        chosen = kept.get(wished_on)
        if chosen is None:
            chosen = PlannedDate(id=new_id(), wished_on=wished_on)
            year.dates.append(chosen)
        slot = choice.slot
        chosen.starts_at_utc = slot.starts_at if slot else None
        chosen.ends_at_utc = slot.ends_at if slot else None
        chosen.place = slot.place if slot else ""
        chosen.is_left_out, chosen.is_own = slot is None, choice.is_own
    _touch(year, by, now)


def drop_year(year: PlannedYear) -> None:
    """Forget what was asked and chosen; no meeting changes."""
    session().delete(year)


def plan_year(
    year: PlannedYear, slots: Sequence[Slot], *, by: Person, now: datetime
) -> list[Meeting]:
    """Plan a meeting on each of these dates, quietly, as one series; the year is made then.

    Raises ``Refused`` for none or for two on one day, and as ``plan_meeting``: then none of them is
    kept, as the request is undone.
    """
    in_order = sorted(slots, key=lambda slot: slot.starts_at)
    if not in_order:
        raise Refused("Kies minstens één datum.")
    if len({slot.day for slot in in_order}) < len(in_order):
        raise Refused("Twee vergaderingen vallen op dezelfde dag. Kies voor een ervan een andere.")
    series = MeetingSeries(
        id=new_id(),
        body=year.body,
        rule=rhythm_of(year).sentence,
        first_day=in_order[0].day,
        last_day=in_order[-1].day,
        starts_at_hour=year.starts_at_hour,
        created_at_utc=now,
    )
    meetings = [
        plan_meeting(
            year.body,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            place=slot.place,
            online_url=year.online_url,
            by=by,
            now=now,
            series=series,
            quiet=True,
        )
        for slot in in_order
    ]
    session().delete(year)
    return meetings


def set_travel_minutes(
    body: Body, minutes: int, *, revision: int, by: Person, now: datetime
) -> None:
    """Say how long the people of a body need from another place.

    Raises ``Refused`` for less than none or more than ``MOST_TRAVEL_MINUTES``, ``EditConflict``
    when another time stands there than that of ``revision``.
    """
    if not 0 <= minutes <= MOST_TRAVEL_MINUTES:
        raise Refused(f"Geef 0 tot {MOST_TRAVEL_MINUTES} minuten.")
    hold_until_commit(Body, Body.id == body.id)
    stands = travel_minutes_of([body.id])[body.id]
    refuse_other(revision_of_values(stands), revision, "de reistijd")
    kept = session().get(TravelTime, body.id, populate_existing=True)
    if kept is None:
        session().add(TravelTime(body_id=body.id, minutes=minutes))
    elif kept.minutes == minutes:
        return
    else:
        kept.minutes = minutes
    record(Verb.BODY_CHANGED, body, by=by, now=now, reason=f"Reistijd: {minutes} minuten.")


def _touch(year: PlannedYear, by: Person, now: datetime) -> None:
    """Note who was last; also two saves of one moment are two revisions."""
    year.changed_by_name, year.changed_at_utc = by.name, now
    flag_modified(year, "changed_at_utc")
    session().flush()
