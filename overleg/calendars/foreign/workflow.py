"""What people do with the dates of other bodies: type in, paste, follow, correct, give back.

What comes loose by it in other bodies, their support staff hears at once.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.calendars.foreign.importing import follow_source
from overleg.db import new_id, refuse_stale, session
from overleg.documents.models import StoredFile
from overleg.jobs.queue import run_after_commit
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.pasted_dates import PastedDate
from overleg.organisations.models import Body
from overleg.scheduling.models import BodyDate, DateSource
from overleg.scheduling.rules.notices import telling_what_comes_loose
from overleg.scheduling.states import DateState, SourceKind

READ_CALENDARS = "read_foreign_calendars"
LONGEST_LABEL = 200


def add_dates(
    body: Body, dates: Sequence[PastedDate], *, by: Person, now: datetime
) -> list[BodyDate]:
    """Add dates that somebody typed or pasted. Raises ``Refused`` when there are none."""
    if not dates:
        raise Refused("Geef minstens één datum.")
    added = []
    with telling_what_comes_loose(body, now=now):
        for given in dates:
            added.append(_given(body, given, by, now))
            session().add(added[-1])
    for date in added:
        record(Verb.DATE_ADDED, date, by=by, now=now)
    return added


def correct_date(
    date: BodyDate,
    given: PastedDate,
    *,
    state: DateState,
    revision: int,
    by: Person,
    now: datetime,
) -> None:
    """Say what is right; its source no longer changes it. A date that was typed in just changes.

    Raises ``EditConflict`` when it changed since ``revision``.
    """
    refuse_stale(date, revision, "deze datum")
    with telling_what_comes_loose(date.body, now=now):
        date.starts_at_utc, date.ends_at_utc = given.starts_at, given.ends_at
        date.place, date.is_all_day, date.state = given.place, given.is_all_day, state
        date.changed_at_utc = now
    if date.source_id is not None:
        date.corrected_at_utc, date.corrected_by_name = now, by.name
    record(Verb.DATE_CORRECTED, date, by=by, now=now)


def give_back(date: BodyDate, *, by: Person, now: datetime) -> None:
    """Let the source say again when it is. Raises ``NotPossible`` when nobody corrected it."""
    if not date.is_corrected:
        raise NotPossible("Deze datum volgt haar bron al.")
    date.corrected_at_utc, date.corrected_by_name = None, ""
    with telling_what_comes_loose(date.body, now=now):
        follow_source(date)
        date.changed_at_utc = now
    record(Verb.DATE_GIVEN_BACK, date, by=by, now=now)


def remove_date(date: BodyDate, *, by: Person, now: datetime) -> None:
    """Take out a date that somebody typed in. Raises ``NotPossible`` for one of a source."""
    if date.source_id is not None:
        raise NotPossible(
            "Deze datum komt uit een kalender en zou terugkomen. Zet ze op “vervalt”."
        )
    record(Verb.DATE_REMOVED, date, by=by, now=now)
    with telling_what_comes_loose(date.body, now=now):
        session().delete(date)


def add_file(body: Body, file: StoredFile, *, by: Person, now: datetime) -> DateSource:
    """Keep a file with dates; the worker reads it."""
    source = _source(body, SourceKind.FILE, file.name, by=by, now=now)
    source.file = file
    return _added(source, by=by, now=now)


def follow_address(body: Body, url: str, *, by: Person, now: datetime) -> DateSource:
    """Follow a calendar at an address; the worker reads it now and every hour.

    Such an address is often a secret: only its beginning is shown afterwards.
    """
    source = _source(body, SourceKind.ADDRESS, _shown(url), by=by, now=now)
    source.url = url.strip()
    return _added(source, by=by, now=now)


def stop_source(source: DateSource, *, by: Person, now: datetime) -> None:
    """Read an address no longer; its dates stay. Raises ``NotPossible`` when it had stopped."""
    if source.stopped_at_utc is not None:
        raise NotPossible("Deze kalender wordt al niet meer gevolgd.")
    source.stopped_at_utc = now
    record(Verb.SOURCE_STOPPED, source, by=by, now=now)


def remove_source(source: DateSource, *, by: Person, now: datetime) -> None:
    """Take out a file or address that gave no dates.

    Raises ``NotPossible`` for one that gave some, or that is still read.
    """
    if session().scalar(select(BodyDate.id).where(BodyDate.source_id == source.id).limit(1)):
        raise NotPossible("Hier komen data vandaan. Wat niet klopt, verbetert u bij de datum zelf.")
    if not source.is_done_with:
        raise NotPossible("Deze kalender wordt nog gelezen. Volg hem eerst niet meer.")
    record(Verb.SOURCE_REMOVED, source, by=by, now=now)
    session().delete(source)


def read_again(source: DateSource) -> None:
    """Ask the worker to read a source now. Raises ``NotPossible`` once it was stopped."""
    if source.stopped_at_utc is not None:
        raise NotPossible("Deze kalender wordt niet meer gevolgd.")
    source.tried_at_utc = None
    run_after_commit(READ_CALENDARS)


def _given(body: Body, given: PastedDate, by: Person, now: datetime) -> BodyDate:
    return BodyDate(
        id=new_id(),
        body=body,
        starts_at_utc=given.starts_at,
        ends_at_utc=given.ends_at,
        is_all_day=given.is_all_day,
        place=given.place,
        added_by_name=by.name,
        added_at_utc=now,
        changed_at_utc=now,
    )


def _source(body: Body, kind: SourceKind, label: str, *, by: Person, now: datetime) -> DateSource:
    return DateSource(
        id=new_id(),
        body=body,
        kind=kind,
        label=label[:LONGEST_LABEL],
        added_by_name=by.name,
        added_at_utc=now,
    )


def _added(source: DateSource, *, by: Person, now: datetime) -> DateSource:
    session().add(source)
    session().flush()
    record(Verb.SOURCE_ADDED, source, by=by, now=now)
    run_after_commit(READ_CALENDARS)
    return source


def _shown(url: str) -> str:
    """The server of an address, without the part that may be secret."""
    plain = url.strip().partition("//")[2] or url.strip()
    return plain.partition("/")[0].rpartition("@")[2]
