"""Reading the calendars of others, once an hour and when somebody asks."""

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from flask import Flask
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import OperationalError

from overleg.calendars.foreign.fetching import Fetched, FetchFailed, Network, fetch_calendar
from overleg.calendars.foreign.importing import note_failure, note_success, read_source
from overleg.calendars.foreign.workflow import READ_CALENDARS
from overleg.db import session
from overleg.documents.views import file_store
from overleg.jobs.queue import EVERY_TEN_MINUTES, queue_of
from overleg.scheduling.models import DateSource
from overleg.scheduling.rules.notices import telling_what_comes_loose
from overleg.scheduling.states import SourceKind

log = logging.getLogger(__name__)

READ_EVERY = timedelta(minutes=55)
"""An hour, less what the round of ten minutes may be late."""
AT_ONCE = 8
MOST_A_ROUND = 200
FILE_GONE = "Het bestand ligt hier niet meer. Lees het opnieuw in."
OUR_FAULT = "Deze kalender kon niet verwerkt worden; dat ligt aan ons."


@dataclass(frozen=True)
class _Asked:
    """What is asked of one server."""

    source_id: str
    url: str
    etag: str
    last_modified: str


def register(app: Flask) -> None:
    """Declare the job."""
    networks = app.extensions["settings"].calendar_networks
    queue_of(app).declare(
        READ_CALENDARS,
        partial(read_calendars, allowed=networks),
        every=EVERY_TEN_MINUTES,
        does="Leest de kalenders van andere overleggen",
    )


def read_calendars(now: datetime, *, allowed: Iterable[Network] = ()) -> None:
    """Read every file that was not read yet, and every address that was not read this hour.

    Servers are asked at the same time and outside any transaction; each calendar is kept in a
    transaction of its own, so that one that is wrong keeps no other waiting: what went wrong with
    it stands on its page. Bears being run twice.
    """
    for source_id in [source.id for source in _due(SourceKind.FILE, now)]:
        _keep_apart(source_id, _read_file, now=now)
    asked = [
        _Asked(source.id, source.url, source.etag, source.last_modified)
        for source in _due(SourceKind.ADDRESS, now)
    ]
    session().commit()  # nothing is held while servers think
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        for one, answer in zip(asked, threads.map(partial(_fetch, allowed), asked), strict=True):
            _keep_apart(one.source_id, partial(_keep_answer, answer), now=now)


def _due(kind: SourceKind, now: datetime) -> Sequence[DateSource]:
    was_long_ago = and_(
        DateSource.kind == SourceKind.ADDRESS, DateSource.tried_at_utc <= now - READ_EVERY
    )
    return (
        session()
        .scalars(
            select(DateSource)
            .where(DateSource.kind == kind, DateSource.stopped_at_utc.is_(None))
            .where(or_(DateSource.tried_at_utc.is_(None), was_long_ago))
            .order_by(DateSource.tried_at_utc, DateSource.id)
            .limit(MOST_A_ROUND)
        )
        .all()
    )


def _fetch(allowed: Iterable[Network], asked: _Asked) -> Fetched | FetchFailed:
    try:
        return fetch_calendar(
            asked.url, etag=asked.etag, last_modified=asked.last_modified, allowed=allowed
        )
    except FetchFailed as failed:
        return failed
    except Exception:
        log.exception("could not fetch source %s", asked.source_id)
        return FetchFailed(OUR_FAULT)


def _keep_apart(
    source_id: str, keep: Callable[[DateSource, datetime], None], *, now: datetime
) -> None:
    """Keep one source in a transaction of its own; what goes wrong is undone and noted with it.

    A database that is away is not the doing of a source: that is raised.
    """
    source = session().get(DateSource, source_id)
    if source is None or source.stopped_at_utc is not None:
        return
    try:
        keep(source, now)
        session().commit()
    except OperationalError:
        raise
    except Exception:
        session().rollback()
        log.exception("could not keep source %s", source_id)
        note_failure(source, OUR_FAULT, now=now)
        session().commit()


def _read_file(source: DateSource, now: datetime) -> None:
    if source.file is None:
        return
    try:
        data = file_store().path_of(source.file.sha256).read_bytes()
    except OSError:
        log.exception("could not open the file of source %s", source.id)
        note_failure(source, FILE_GONE, now=now)
    else:
        _take(source, data, now=now)


def _keep_answer(answer: Fetched | FetchFailed, source: DateSource, now: datetime) -> None:
    if isinstance(answer, FetchFailed):
        note_failure(source, str(answer), now=now)
    elif answer.data is None:
        note_success(source, now=now)
    else:
        _take(source, answer.data, now=now)
        if source.failing_since_utc is None:
            source.etag, source.last_modified = answer.etag, answer.last_modified


def _take(source: DateSource, data: bytes, *, now: datetime) -> None:
    """Keep what was read, and tell who has to know when that made meetings loose."""
    with telling_what_comes_loose(source.body, now=now):
        read_source(source, data, now=now)
