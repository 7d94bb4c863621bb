"""What was read of another body's calendar, kept as dates of that body."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from overleg.audit.states import Verb
from overleg.audit.workflow import System, record
from overleg.calendars.foreign.reading import ReadDate, Reading, read_calendar
from overleg.calendars.foreign.sifting import NotACalendar
from overleg.db import new_id, session
from overleg.lib.dates import local_date
from overleg.lib.text import count_of
from overleg.scheduling.models import BodyDate, DateSource

AHEAD = timedelta(days=3 * 366)
"""How far what recurs for ever is kept."""
BEHIND = timedelta(days=400)
"""How long ago a date may lie to be kept when it is read for the first time."""


@dataclass
class TakenOver:
    """How many dates are new, changed, or no longer in the source."""

    added: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def sentence(self) -> str:
        """``3 nieuwe data, 1 gewijzigd, 2 verdwenen``; empty when all is as it was."""
        parts = [
            count_of(self.added, "nieuwe datum", "nieuwe data") if self.added else "",
            f"{self.changed} gewijzigd" if self.changed else "",
            f"{self.gone} verdwenen" if self.gone else "",
        ]
        return ", ".join(part for part in parts if part)


def read_source(source: DateSource, data: bytes, *, now: datetime) -> TakenOver:
    """Read the bytes of a source and keep its dates.

    What is no calendar is noted as a failure: the last good dates stay.
    """
    source.tried_at_utc = now
    try:
        reading = read_calendar(data, until=local_date(now + AHEAD))
    except NotACalendar as told:
        note_failure(source, str(told), now=now)
        return TakenOver()
    source.content_sha256 = hashlib.sha256(data).hexdigest()
    note_success(source, now=now)
    source.refused = "\n".join(
        f"regel {refused.at_line}, {refused.title or refused.uid or 'zonder titel'}: "
        f"{refused.reason}"
        for refused in reading.refused
    )
    return take_over(source, reading, now=now)


def note_failure(source: DateSource, why: str, *, now: datetime) -> None:
    """Remember that a source could not be read, since when and why."""
    source.tried_at_utc = now
    source.failing_since_utc = source.failing_since_utc or now
    source.failure = why


def note_success(source: DateSource, *, now: datetime) -> None:
    """Remember that a source was good."""
    source.tried_at_utc = source.read_at_utc = now
    source.failing_since_utc, source.failure = None, ""


def take_over(source: DateSource, reading: Reading, *, now: datetime) -> TakenOver:
    """Add, change and mark as gone; what a person corrected stays as that person said.

    A source that gives its dates other names each time is recognised by moment and title.
    """
    known = list(
        session().scalars(
            select(BodyDate).where(BodyDate.source_id == source.id).order_by(BodyDate.id)
        )
    )
    done = TakenOver()
    pairs, unmatched = _pair(known, reading.dates)
    for kept, found in pairs:
        done.changed += _update(kept, found, now=now)
    for found in unmatched:
        if found.ends_at >= now - BEHIND:
            session().add(_new(source, found, now=now))
            done.added += 1
    still_there = {kept.id for kept, _found in pairs}
    for kept in known:
        if kept.id not in still_there and kept.gone_at_utc is None and kept.ends_at_utc >= now:
            kept.gone_at_utc = kept.changed_at_utc = now
            done.gone += 1
    if done.sentence:
        record(Verb.DATES_READ, source, by=System(), now=now, reason=f"{done.sentence}.")
    return done


def _pair(
    known: Iterable[BodyDate], dates: Iterable[ReadDate]
) -> tuple[list[tuple[BodyDate, ReadDate]], list[ReadDate]]:
    """Which kept date each read one is, and the read ones that are new."""
    by_name = {(kept.uid, kept.occurrence): kept for kept in known}
    pairs, rest = [], []
    for found in dates:
        kept = by_name.pop((found.uid, found.occurrence), None)
        if kept is None:
            rest.append(found)
        else:
            pairs.append((kept, found))
    by_moment = {(kept.read_starts_at_utc, kept.title): kept for kept in by_name.values()}
    unmatched = []
    for found in rest:
        kept = by_moment.pop((found.starts_at, found.title), None)
        if kept is None:
            unmatched.append(found)
        else:
            pairs.append((kept, found))
    return pairs, unmatched


def _new(source: DateSource, found: ReadDate, *, now: datetime) -> BodyDate:
    date = BodyDate(
        id=new_id(),
        body_id=source.body_id,
        source_id=source.id,
        added_by_name=source.added_by_name,
        added_at_utc=now,
        starts_at_utc=found.starts_at,
        ends_at_utc=found.ends_at,
        changed_at_utc=now,
    )
    _update(date, found, now=now)
    return date


def _update(kept: BodyDate, found: ReadDate, *, now: datetime) -> bool:
    """Note what the source says; returns whether that is something else than before."""
    was = (
        kept.read_starts_at_utc,
        kept.read_ends_at_utc,
        kept.read_place,
        kept.read_state,
        kept.title,
        kept.gone_at_utc,
    )
    kept.uid, kept.occurrence = found.uid, found.occurrence
    kept.read_starts_at_utc, kept.read_ends_at_utc = found.starts_at, found.ends_at
    kept.read_place, kept.read_state = found.place, found.state
    kept.title, kept.remark, kept.is_all_day = found.title, found.remark, found.is_all_day
    kept.gone_at_utc = None
    if not kept.is_corrected:
        follow_source(kept)
    told = (found.starts_at, found.ends_at, found.place, found.state, found.title, None)
    if was == told:
        return False
    kept.changed_at_utc = now
    return True


def follow_source(kept: BodyDate) -> None:
    """Take the moment, the place and the state as the source last told them."""
    if kept.read_starts_at_utc and kept.read_ends_at_utc and kept.read_state:
        kept.starts_at_utc, kept.ends_at_utc = kept.read_starts_at_utc, kept.read_ends_at_utc
        kept.place, kept.state = kept.read_place, kept.read_state
