"""The one rendering path: a Word template and values in, a Word file out."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError

from overleg.lib.blocks import without_control
from overleg.word.environment import PaperEnvironment
from overleg.word.errors import TemplateFault
from overleg.word.placeholders import Placeholders

LANGUAGE = "nl-BE"


_environment = PaperEnvironment()


def render(
    template: bytes | Path,
    context: Mapping[str, Any],
    *,
    title: str,
    author: str,
    now: datetime,
) -> bytes:
    """A Word template filled in.

    `template` is a .docx file with Jinja tags; it reads the names in `context` and two functions:
    `richtext(html, heading=3)` and `link(address, words="")`. Values are text, never markup or
    Jinja. `now` is aware and becomes the time of creation. Raises `TemplateFault` when the
    template cannot be read, names a field that does not exist or asks what is not allowed.
    """
    blob = template if isinstance(template, bytes) else template.read_bytes()
    marks = Placeholders()
    values = {**context, "richtext": marks.richtext, "link": marks.link}
    paper = _open(blob)
    try:
        paper.render(values, _environment, autoescape=True)
    except TemplateError as fault:
        raise _told(fault) from fault
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as fault:
        raise TemplateFault(
            "Het sjabloon kan niet ingevuld worden: een veld wordt gebruikt op een manier "
            f"die niet kan ({fault})."
        ) from fault
    except SyntaxError as fault:  # what lxml raises on broken XML
        raise TemplateFault(
            "Het sjabloon levert geen geldig Word-document op. Staat elke lus en elke voorwaarde "
            "volledig binnen één tabelrij of in eigen alinea's?"
        ) from fault
    document: Document = paper.docx
    marks.fill(document)
    _describe(document, title=title, author=author, now=now)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _open(blob: bytes) -> DocxTemplate:
    paper = DocxTemplate(io.BytesIO(blob))
    try:
        paper.init_docx()
    except (zipfile.BadZipFile, OpcError, SyntaxError, LookupError, ValueError) as fault:
        raise TemplateFault("Het sjabloon is geen leesbaar Word-bestand (.docx).") from fault
    return paper


def _told(fault: TemplateError) -> TemplateFault:
    """The template's fault in Dutch, with its place where it is known."""
    place = " ".join(line.strip() for line in getattr(fault, "docx_context", ()) if line.strip())
    near = f" Zoek in de buurt van: «{place[:200]}»." if place else ""
    if isinstance(fault, SecurityError):
        return TemplateFault(f"Het sjabloon vraagt iets wat niet toegelaten is ({fault}).{near}")
    if isinstance(fault, UndefinedError):
        return TemplateFault(
            f"Het sjabloon gebruikt een veld dat niet bestaat ({_missing(fault)}).{near}"
        )
    if isinstance(fault, TemplateSyntaxError):
        return TemplateFault(
            f"Het sjabloon bevat een onvolledige of verkeerd geschreven code ({fault}).{near}"
        )
    return TemplateFault(f"Het sjabloon kan niet ingevuld worden ({fault}).{near}")


def _missing(fault: UndefinedError) -> str:
    quoted = str(fault.message).split("'")
    return quoted[-2] if len(quoted) > 2 else str(fault.message)


def _describe(document: Document, *, title: str, author: str, now: datetime) -> None:
    properties = document.core_properties
    moment = now.astimezone(UTC).replace(tzinfo=None)
    properties.title = without_control(title)[:255]
    properties.author = without_control(author)[:255]
    properties.last_modified_by = properties.author
    properties.language = LANGUAGE
    properties.created = moment
    properties.modified = moment
    properties.revision = 1
