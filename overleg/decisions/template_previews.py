"""What an own template looks like with sample data: made by the worker, in Word and as a PDF."""

import logging
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from overleg.agenda.office import to_pdf
from overleg.agenda.states import BundleState
from overleg.db import session
from overleg.decisions.models import OwnTemplate
from overleg.documents.views import file_store
from overleg.word.apart import render_apart
from overleg.word.sample_papers import SAMPLES

log = logging.getLogger(__name__)


def preview_path(template: OwnTemplate, form: str) -> Path:
    """Where the preview lies, as ``docx`` or ``pdf``."""
    return file_store().root.parent / "sjablonen" / f"{template.id}.{form}"


def has_preview(template: OwnTemplate, form: str) -> bool:
    """Whether that preview can be had; a PDF only where LibreOffice is installed."""
    return preview_path(template, form).is_file()


def make_template_previews(now: datetime) -> None:
    """Make the previews that wait, one at a time."""
    for template in session().scalars(
        select(OwnTemplate)
        .where(OwnTemplate.preview == BundleState.WAITING)
        .order_by(OwnTemplate.uploaded_at_utc, OwnTemplate.id)
    ):
        try:
            template.preview = _make(template, now)
        except OSError:
            log.exception("could not make the preview of template %s", template.id)
            template.preview = BundleState.FAILED
        session().commit()


def _make(template: OwnTemplate, now: datetime) -> BundleState:
    blob = file_store().path_of(template.file.sha256).read_bytes()
    (made,) = render_apart([(SAMPLES[template.paper_kind][0], blob)], now=now)
    if not isinstance(made, bytes):
        return BundleState.FAILED
    place = preview_path(template, "docx")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(made)
    to_pdf([place], place.parent)
    return BundleState.READY
