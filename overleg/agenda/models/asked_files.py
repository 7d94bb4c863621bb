"""What a page asks the worker to make: a file, and how far it is."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from overleg.agenda.states import BundleState
from overleg.db import Identified, LongText


class AskedFile(Identified):
    """A file that takes long to make.

    ``contents`` tells what it is made of: when something of that changed since, it is made anew.
    """

    __abstract__ = True

    state: Mapped[BundleState] = mapped_column(default=BundleState.WAITING)
    contents: Mapped[str]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    size_bytes: Mapped[int] = mapped_column(default=0)
    problem: Mapped[LongText] = mapped_column(default="")
    asked_at_utc: Mapped[datetime]
    started_at_utc: Mapped[datetime | None]
    made_at_utc: Mapped[datetime | None]

    def ask_again(self, contents: str, total: int, *, now: datetime) -> None:
        """Put it with what waits, as if it was never made."""
        self.state, self.contents = BundleState.WAITING, contents
        self.done, self.total, self.size_bytes, self.problem = 0, total, 0, ""
        self.asked_at_utc, self.started_at_utc, self.made_at_utc = now, None, None
