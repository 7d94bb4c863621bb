"""A queue that is away for a while is told in one line, and in one more when it is back.

huey tries again by itself, but logs a traceback each second for each of its threads until then.
"""

import logging
from threading import Lock

from huey import Huey
from huey.signals import SIGNAL_EXECUTING

log = logging.getLogger(__name__)

THREADS = ("huey.consumer.Worker", "huey.consumer.Scheduler")
CAN_NOT_READ = "Error reading"
AWAY = frozenset({"ConnectionError", "TimeoutError", "OperationalError"})
"""What Redis, PostgreSQL and SQLite call it; their parts need not be installed to know them."""


def is_away(error: BaseException | None) -> bool:
    """Whether an error says that the place of the queue, or the database, can't be reached."""
    return any(each.__name__ in AWAY for each in type(error).__mro__)


class Outage(logging.Filter):
    """Whether the queue can be reached, as the worker finds it; told only when that changes."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._is_away = False

    def watch(self, huey: Huey) -> None:
        """Tell an outage that huey meets in one line, and its end by the first job that runs."""
        for name in THREADS:
            logging.getLogger(name).addFilter(self)
        huey.signal(SIGNAL_EXECUTING)(self._came_back)

    def stop(self) -> None:
        """Leave huey's lines as they are again."""
        for name in THREADS:
            logging.getLogger(name).removeFilter(self)

    def note(self, error: BaseException) -> None:
        """Tell that the queue is away, unless that was told."""
        with self._lock:
            was_told, self._is_away = self._is_away, True
        if not was_told:
            log.warning(
                "the queue or its database can't be reached, trying again until it can: %s", error
            )

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether huey may log this itself: anything but that it can't read the queue."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None or not is_away(error) or not record.getMessage().startswith(CAN_NOT_READ):
            return True
        self.note(error)
        return False

    def _came_back(self, *_told: object) -> None:
        with self._lock:
            was_away, self._is_away = self._is_away, False
        if was_away:
            log.warning("the queue can be reached again")
