"""What an own template looks like with sample data: made by the worker, in Word and as a PDF."""

from datetime import datetime
from pathlib import Path

from overleg.agenda.making import make_each
from overleg.agenda.office import to_pdf
from overleg.decisions.models import OwnTemplate, TemplatePreview
from overleg.documents.views import file_store
from overleg.word.apart import render_apart
from overleg.word.errors import TemplateFault
from overleg.word.sample_papers import SAMPLES


def preview_path(template: OwnTemplate, form: str) -> Path:
    """Where the preview lies, as ``docx`` or ``pdf``."""
    return file_store().root.parent / "sjablonen" / f"{template.id}.{form}"


def has_preview(template: OwnTemplate, form: str) -> bool:
    """Whether that preview can be had; a PDF only where LibreOffice is installed."""
    return preview_path(template, form).is_file()


def make_template_previews(now: datetime) -> None:
    """Make the previews that wait, one at a time."""
    make_each(TemplatePreview, _make, now=now)


def _make(asked: TemplatePreview, now: datetime) -> Path:
    template = asked.template
    blob = file_store().path_of(template.file.sha256).read_bytes()
    (made,) = render_apart([(SAMPLES[template.paper_kind][0], blob)], now=now)
    if not isinstance(made, bytes):
        raise TemplateFault(str(made))
    place = preview_path(template, "docx")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(made)
    to_pdf([place], place.parent)
    return place
