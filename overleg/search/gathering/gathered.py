"""What the index holds of a thing, and the texts of files for it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import select

from overleg.db import session
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle
from overleg.lib.dates import local_date
from overleg.search.models import FileText
from overleg.search.states import Audience, Source


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What the index is to hold of one thing."""

    source: Source
    subject_id: str
    circle: Circle
    audience: Audience
    happened_at_utc: datetime
    title: str
    text: str
    body_id: str | None = None
    dossier_id: str | None = None
    proposal_id: str | None = None
    meeting_id: str | None = None
    submitter_id: str | None = None
    created_by_id: str | None = None
    organisation_id: str | None = None
    anchor: str = ""
    sha256: str | None = None

    @property
    def year(self) -> int:
        """The year in Brussels."""
        return local_date(self.happened_at_utc).year

    @property
    def digest(self) -> str:
        """The same for the same content."""
        said = repr([getattr(self, field.name) for field in fields(self)])
        return blake2b(said.encode(), digest_size=32).hexdigest()


def texts_of(files: Iterable[StoredFile]) -> dict[str, str]:
    """The texts of these files, as far as they were read, by hash; one statement."""
    hashes = sorted({file.sha256 for file in files})
    rows = session().execute(
        select(FileText.sha256, FileText.text).where(FileText.sha256.in_(hashes))
    )
    return {row.sha256: row.text for row in rows}
