"""Our own template of the calendar of a year; see `house_papers.py`."""

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Twips

from overleg.word.house_style import house_document
from overleg.word.styles import META, TEXT_WIDTH_TWIPS
from overleg.word.template_writer import TemplateWriter

TEXT_WIDTH = Cm(24.7)
EMPTY_MONTH = "Geen vergadering gepland."
NOTHING = "In dit jaar is er nog niets gepland."


def year_template() -> Document:
    """A lying A4 page: per month the dates in a table, with the holidays under its title."""
    document = house_document("Jaarkalender")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.top_margin = section.bottom_margin = Cm(2)
    tabs = section.footer.paragraphs[0].paragraph_format.tab_stops
    tabs.add_tab_stop(Twips(TEXT_WIDTH_TWIPS), WD_TAB_ALIGNMENT.CLEAR)
    tabs.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paper = TemplateWriter(document)
    paper.text("{{ name }}", "Subtitle")
    paper.text("Jaarkalender {{ year }}", "Title")
    paper.detail("Overleggen", "{{ bodies }}", "bodies")
    paper.detail("Stand op", "{{ day }}")
    paper.when("not months|selectattr('dates')|list", lambda: paper.text(NOTHING))
    paper.each(
        "month in months",
        lambda: paper.text("{{ month.title }}", "Heading 1"),
        lambda: paper.when("month.free_days", lambda: paper.text("{{ month.free_days }}", META)),
        lambda: paper.when("month.dates", lambda: _dates(paper)),
        lambda: paper.when("not month.dates", lambda: paper.text(EMPTY_MONTH)),
    )
    return document


def _dates(paper: TemplateWriter) -> None:
    paper.table(
        ("each in month.dates",),
        (
            ("Dag", "{{ each.day }}", Cm(4.4)),
            ("Uur", "{{ each.hours }}", Cm(4.0)),
            ("Overleg", "{{ each.body }}", Cm(5.2)),
            ("Plaats", "{{ each.place }}", Cm(4.3)),
            ("Let op", "{{ each.remark }}", Cm(6.8)),
        ),
        title="Data van de maand",
        description="Per datum de dag, het uur, het overleg, de plaats en waarop te letten is.",
    )
