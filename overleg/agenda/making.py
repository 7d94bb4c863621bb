"""Making the files that pages asked for: in the worker, one at a time, kept a week."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import or_, select, update

from overleg.agenda.models.asked_files import AskedFile
from overleg.agenda.states import BundleState
from overleg.db import session
from overleg.web.clock import running_from

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=30)
KEPT = timedelta(days=7)
NOT_MADE = "Dit bestand kon niet gemaakt worden; dat ligt aan ons. Probeer het later opnieuw."

File = TypeVar("File", bound=AskedFile)


def is_good(asked: AskedFile, path: Path) -> bool:
    """Whether asking again would say nothing new: it is on its way, or lies there."""
    if asked.state is BundleState.READY:
        return path.is_file()
    return asked.state is BundleState.WAITING


def make_each(kind: type[File], make: Callable[[File, datetime], Path], *, now: datetime) -> None:
    """Make every file of a kind that waits; ``make`` returns where it put the file.

    A worker that died while making one leaves it to the next half an hour after it began with it.
    What ``make`` commits on its way shows how far it is.
    """
    read_clock = running_from(now)
    while (asked := _claim(kind, read_clock())) is not None:
        try:
            path = make(asked, read_clock())
            asked.state, asked.made_at_utc = BundleState.READY, read_clock()
            asked.done, asked.size_bytes = asked.total, path.stat().st_size
        except Exception:
            session().rollback()
            log.exception("could not make %s %s", kind.__tablename__, asked.id)
            asked.state, asked.problem = BundleState.FAILED, NOT_MADE
            asked.made_at_utc = read_clock()
        session().commit()


def forget_old(kind: type[File], path_of: Callable[[File], Path], *, now: datetime) -> None:
    """Drop the files made more than a week ago; they can be asked again."""
    for old in session().scalars(select(kind).where(kind.made_at_utc < now - KEPT)):
        path_of(old).unlink(missing_ok=True)
        session().delete(old)


def _claim(kind: type[File], now: datetime) -> File | None:
    waiting = (
        kind.state == BundleState.WAITING,
        or_(kind.started_at_utc.is_(None), kind.started_at_utc < now - CLAIM),
    )
    for file_id in session().scalars(
        select(kind.id).where(*waiting).order_by(kind.asked_at_utc, kind.id)
    ):
        taken = session().scalar(
            update(kind)
            .where(kind.id == file_id, *waiting)
            .values(started_at_utc=now)
            .returning(kind.id)
        )
        session().commit()
        if taken is not None:
            return session().get_one(kind, file_id, populate_existing=True)
    return None
