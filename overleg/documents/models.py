"""Files as they were received; the bytes lie on disk under their hash."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, LongText, Ref


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


class KeptFile(Identified):
    """A file of a form that could not be taken in; for the one who sent it, for a day.

    ``token_hash`` is that of the ``KeptInput`` with what was typed; ``action`` and ``field`` are
    where it was sent to.
    """

    __tablename__ = "kept_files"

    token_hash: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"), index=True)
    action: Mapped[LongText]
    field: Mapped[str]
    name: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[str]
    created_at_utc: Mapped[datetime]
