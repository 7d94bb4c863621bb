"""When colleges and councils meet. Days are calendar days in Brussels."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from overleg.db import session
from overleg.decisions.models.organ_days import OrganCalendar, OrganDay, OrganRule
from overleg.decisions.states import Organ
from overleg.scheduling.rhythm import Rhythm, RhythmKind, days_of

LOOKS_AHEAD = timedelta(days=365)


@dataclass
class Sessions:
    """The rule of one college or council and the days that differ from it."""

    rule: OrganRule | None = None
    days: list[OrganDay] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Whether anything is known of when it meets."""
        return self.rule is not None or any(one.meets for one in self.days)

    @property
    def in_words(self) -> str:
        """``elke maandag``; empty without a rule."""
        return rhythm_of(self.rule, self.rule.first_day).sentence if self.rule else ""

    def between(self, first: date, last: date) -> list[date]:
        """The days on which it meets, both ends included, in order."""
        days: set[date] = set()
        if self.rule is not None and last >= self.rule.first_day:
            days.update(day for day in _by_rule(self.rule, first, last) if first <= day <= last)
        for one in self.days:
            if not one.meets:
                days.discard(one.day)
            elif first <= one.day <= last:
                days.add(one.day)
        return sorted(days)

    def first_after(self, day: date) -> date | None:
        """The first session after a day, within a year; None when nothing is known."""
        return next(iter(self.between(day + timedelta(days=1), day + LOOKS_AHEAD)), None)


def sessions_of(organisation_ids: Collection[str]) -> dict[tuple[str, Organ], Sessions]:
    """When the organs of these municipalities meet, by municipality and organ; two statements."""
    found: dict[tuple[str, Organ], Sessions] = {}
    wanted = sorted(organisation_ids)
    rules: Sequence[OrganRule] = (
        session().scalars(select(OrganRule).where(OrganRule.organisation_id.in_(wanted))).all()
    )
    for rule in rules:
        found.setdefault((rule.organisation_id, rule.organ), Sessions()).rule = rule
    days = session().scalars(
        select(OrganDay).where(OrganDay.organisation_id.in_(wanted)).order_by(OrganDay.day)
    )
    for one in days:
        found.setdefault((one.organisation_id, one.organ), Sessions()).days.append(one)
    return found


def calendar_of(organisation_id: str, organ: Organ) -> OrganCalendar | None:
    """The calendar of one college or council as it was typed last; None when it never was."""
    return session().get(OrganCalendar, (organisation_id, organ), populate_existing=True)


def first_session_after(organisation_id: str, organ: Organ, day: date) -> date | None:
    """The first college or council of a municipality after a day; None when it is not known."""
    known = sessions_of([organisation_id]).get((organisation_id, organ))
    return known.first_after(day) if known else None


def starts_on(rule: OrganRule) -> date:
    """The day from which a rule goes on; of a weekly one the first session.

    Weeks are counted from that of ``first_day``: rules that were kept while that was any day stay
    where they are.
    """
    if rule.kind is RhythmKind.MONTHLY:
        return rule.first_day
    of_that_week = rule.first_day + timedelta(days=rule.weekday - rule.first_day.weekday())
    has_passed = of_that_week < rule.first_day
    return of_that_week + timedelta(weeks=rule.every_weeks if has_passed else 0)


def rhythm_of(rule: OrganRule, last_day: date) -> Rhythm:
    """A rule as the rhythm that scheduling repeats."""
    return Rhythm(
        kind=rule.kind,
        weekday=rule.weekday,
        first_day=starts_on(rule),
        last_day=last_day,
        nth=rule.nth,
        every_weeks=rule.every_weeks,
    )


def _by_rule(rule: OrganRule, first: date, last: date) -> list[date]:
    """Counted from the latest beginning of a cycle before ``first``, as a rhythm has an end."""
    cycle = timedelta(weeks=rule.every_weeks)
    start = starts_on(rule)
    if first > start:
        start += (first - start) // cycle * cycle
    rhythm = rhythm_of(rule, last)
    return days_of(Rhythm(rhythm.kind, rhythm.weekday, start, last, rhythm.nth, rhythm.every_weeks))
