"""What time it is, for views; everything below them takes ``now`` as an argument.

Work that lasts, and holds things for a while meanwhile, lets a clock run from that moment.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask, current_app

from overleg.lib.dates import local_date


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def init_clock(app: Flask, read: Callable[[], datetime] = utc_now) -> None:
    """Bind the clock that ``now`` reads."""
    app.extensions["clock"] = read


def now() -> datetime:
    """The moment of this request, in UTC."""
    read: Callable[[], datetime] = current_app.extensions["clock"]
    return read()


def running_from(start: datetime) -> Callable[[], datetime]:
    """A clock for work that lasts: it says ``start`` (UTC) now, and runs on from there."""
    begun_at = now()
    return lambda: start + (now() - begun_at)


def today() -> date:
    """The calendar day in Brussels of this request."""
    return local_date(now())
