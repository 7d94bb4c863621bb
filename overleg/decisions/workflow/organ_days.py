"""Saying when a municipality's college and council meet. Days are calendar days in Brussels."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import hold_until_commit, new_id, refuse_stale, session
from overleg.decisions.models import OrganCalendar, OrganDay, OrganRule
from overleg.decisions.queries.organ_days import calendar_of
from overleg.decisions.states import Organ
from overleg.lib.dates import format_date
from overleg.lib.errors import Refused
from overleg.lib.text import count_of, join_words
from overleg.organisations.models import Organisation
from overleg.scheduling.rhythm import RhythmKind

MOST_DAYS = 400


@dataclass(frozen=True)
class Rule:
    """How often an organ meets; ``weekday`` 0 is Monday, ``nth`` -1 is the last of the month."""

    kind: RhythmKind
    weekday: int
    nth: int
    every_weeks: int
    first_day: date


def set_sessions(
    municipality: Organisation,
    organ: Organ,
    rule: Rule | None,
    *,
    extra: Collection[date],
    skipped: Collection[date],
    revision: int,
    by: Actor,
    now: datetime,
) -> None:
    """Say the rule of an organ and the days that differ; days read from a file stay.

    ``revision`` is that of the calendar the writer started from, ``NO_ROW`` when nothing was said
    yet. Raises ``EditConflict`` when somebody else said it in between, ``Refused`` when a day is
    said to be both, or there are too many of them.
    """
    both = sorted(set(extra) & set(skipped))
    if both:
        raise Refused(
            f"{join_words(map(format_date, both))} staat bij de extra dagen én bij de dagen zonder "
            "zitting. Laat één van de twee staan."
        )
    if len(extra) + len(skipped) > MOST_DAYS:
        raise Refused(f"Geef hoogstens {MOST_DAYS} dagen op.")
    hold_until_commit(Organisation, Organisation.id == municipality.id)
    calendar = calendar_of(municipality.id, organ)
    refuse_stale(calendar, revision, "deze zittingsdagen")
    if calendar is None:
        session().add(OrganCalendar(organisation_id=municipality.id, organ=organ))
    else:
        flag_modified(calendar, "organ")  # so that the revision counts up
    session().execute(
        delete(OrganRule).where(
            OrganRule.organisation_id == municipality.id, OrganRule.organ == organ
        )
    )
    if rule is not None:
        session().add(
            OrganRule(
                organisation_id=municipality.id,
                organ=organ,
                changed_by_name=by.name,
                changed_at_utc=now,
                **vars(rule),
            )
        )
    told = {**dict.fromkeys(extra, True), **dict.fromkeys(skipped, False)}
    _replace_days(municipality, organ, told, from_file=False, by=by, now=now)
    record(Verb.ORGAN_DAYS_CHANGED, municipality, by=by, now=now, reason=organ.label)


def take_over_days(
    municipality: Organisation, organ: Organ, days: Collection[date], *, by: Actor, now: datetime
) -> None:
    """Take the days of an organ from a calendar that was read; those of an earlier file go.

    Raises ``Refused`` when there is no day in it, or too many.
    """
    if not days:
        raise Refused(
            "In dit bestand staat geen enkele dag die nog komt. Kijk of het de juiste kalender is."
        )
    if len(days) > MOST_DAYS:
        raise Refused(f"In dit bestand staan meer dan {MOST_DAYS} dagen.")
    _replace_days(municipality, organ, dict.fromkeys(days, True), from_file=True, by=by, now=now)
    told = f"{organ.label}: {count_of(len(days), 'dag', 'dagen')} uit een kalenderbestand"
    record(Verb.ORGAN_DAYS_CHANGED, municipality, by=by, now=now, reason=told)


def _replace_days(
    municipality: Organisation,
    organ: Organ,
    days: dict[date, bool],
    *,
    from_file: bool,
    by: Actor,
    now: datetime,
) -> None:
    """What was typed wins from what a file said about the same day."""
    of_organ = (OrganDay.organisation_id == municipality.id, OrganDay.organ == organ)
    session().execute(delete(OrganDay).where(*of_organ, OrganDay.from_file.is_(from_file)))
    if not days:
        return
    others = {one.day: one for one in session().scalars(select(OrganDay).where(*of_organ))}
    for day, meets in sorted(days.items()):
        there = others.get(day)
        if there is not None and from_file:
            continue
        if there is not None:
            session().delete(there)
            session().flush()
        session().add(
            OrganDay(
                id=new_id(),
                organisation_id=municipality.id,
                organ=organ,
                day=day,
                meets=meets,
                from_file=from_file,
                added_by_name=by.name,
                added_at_utc=now,
            )
        )
