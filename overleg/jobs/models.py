"""When the worker was last seen, and how each job goes."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from overleg.db import LongText, Model, Ref

WORKER = "worker"


class Heartbeat(Model):
    """One row per kind of process: the worker writes it every minute."""

    __tablename__ = "heartbeats"

    process: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen_at_utc: Mapped[datetime]


class JobState(Model):
    """One row per job: when it must run, who runs it now, how the last time went."""

    __tablename__ = "job_states"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at_utc: Mapped[datetime | None]
    """When it runs next; while it runs, when another worker may take it over."""
    claim: Mapped[Ref | None]
    """The run that holds it; None when it does not run by the clock."""
    started_at_utc: Mapped[datetime | None]
    ended_at_utc: Mapped[datetime | None]
    succeeded_at_utc: Mapped[datetime | None]
    failed_at_utc: Mapped[datetime | None]
    failed_reason: Mapped[LongText] = mapped_column(default="")
    failures: Mapped[int] = mapped_column(default=0)
    """How many times it failed since it last went well."""
