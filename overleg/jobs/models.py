"""When the worker was last seen."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from overleg.db import Model

WORKER = "worker"


class Heartbeat(Model):
    """One row per kind of process: the worker writes it every minute."""

    __tablename__ = "heartbeats"

    process: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen_at_utc: Mapped[datetime]
