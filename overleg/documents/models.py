"""Files as they were received; the bytes lie on disk under their hash."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, Ref


class StoredFile(Identified):
    """One received file. Two with the same content share the bytes, not the row."""

    __tablename__ = "stored_files"

    name: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    uploaded_by_id: Mapped[Ref | None] = mapped_column(ForeignKey("people.id"))
    uploaded_at_utc: Mapped[datetime]

    uploaded_by: Mapped[Person | None] = relationship()
