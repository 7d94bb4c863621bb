"""Our own template of the regiorapport; see `house_papers.py` for how templates are written."""

from docx.document import Document
from docx.shared import Cm

from overleg.word.house_style import house_document
from overleg.word.municipal_papers import OUR_FORM, MunicipalForm, write_letterhead
from overleg.word.styles import CLOSING, META, OUTCOME
from overleg.word.template_writer import TemplateWriter

NOTHING = (
    "In deze periode kwam geen overleg van de regio samen waarin de gemeente zetelt, en werden "
    "geen uitkomsten bekendgemaakt. Er is niets te melden."
)
LAW = (
    "Regiodecreet van 3 februari 2023, artikel 8: de regiowerking komt elke maand op de agenda van "
    "het college van burgemeester en schepenen en twee keer per jaar op die van de gemeenteraad."
)


def region_report_template(form: MunicipalForm = OUR_FORM) -> Document:
    """What a college or council is told about the region, also when nothing happened.

    With the letterhead of the municipality; raises ``TemplateFault`` when its logo cannot be read.
    """
    document = house_document("Regiorapport")
    write_letterhead(document, form)
    paper = TemplateWriter(document)
    paper.text("{{ report }}", "Subtitle")
    paper.text("Regiowerking – {{ period }}", "Title")
    paper.detail("Bestuur", "{{ government }}")
    paper.detail("Orgaan", "{{ organ }}")
    paper.detail("Zitting", "{{ session }}", "session")
    paper.detail("Nummer", "{{ number }}", "number")
    paper.detail("Gaat over", "{{ covers }}")
    paper.detail("Bestemd voor", "{{ circle }}")
    paper.part("Inleiding", "introduction_html")
    paper.when(
        "is_empty",
        lambda: paper.text("Niets te melden", "Heading 1"),
        lambda: paper.text(NOTHING),
    )
    paper.when("held", lambda: _held(paper))
    paper.when("outcomes", lambda: _outcomes(paper))
    paper.when("minutes", lambda: _minutes(paper))
    paper.when("follow_ups", lambda: _follow_ups(paper))
    paper.when("points", lambda: _list(paper, "Punten die het college aanbrengt", "points"))
    paper.when("proposals", lambda: _list(paper, "Voorstellen van de gemeente", "proposals"))
    paper.when("coming", lambda: _coming(paper))
    paper.text(LAW, CLOSING)
    return document


def _held(paper: TemplateWriter) -> None:
    paper.text("Vergaderingen", "Heading 1")
    paper.each(
        "meeting in held",
        lambda: paper.text("{{ meeting.title }}", "Heading 2"),
        lambda: paper.text(
            "{{ [meeting.detail, 'verslag: ' ~ meeting.verslag]|select|join(' · ') }}", META
        ),
        lambda: _points(paper),
        lambda: paper.when("meeting.no_points", lambda: paper.text("{{ meeting.no_points }}")),
    )


def _points(paper: TemplateWriter) -> None:
    paper.each(
        "point in meeting.points",
        lambda: paper.text(
            "{{ point.title }} (punt {{ point.number }}"
            "{% if point.detail %} · {{ point.detail }}{% endif %})",
            "List Bullet",
        ),
    )


def _minutes(paper: TemplateWriter) -> None:
    paper.text("Goedgekeurde verslagen", "Heading 1")
    paper.each(
        "meeting in minutes|selectattr('points')",
        lambda: paper.text("{{ meeting.title }}", "Heading 2"),
        lambda: paper.each(
            "point in meeting.points",
            lambda: paper.text(
                "{{ point.title }} (punt {{ point.number }}): {{ point.said }}", "List Bullet"
            ),
        ),
    )
    paper.when("other_minutes", lambda: paper.text("{{ other_minutes }}"))


def _outcomes(paper: TemplateWriter) -> None:
    paper.text("Uitkomsten", "Heading 1")
    paper.each(
        "outcome in outcomes",
        lambda: paper.text("{{ outcome.kind|capitalize }}: {{ outcome.title }}", OUTCOME),
        lambda: paper.text("{{ outcome.meeting }}", CLOSING),
        lambda: paper.text("{{ richtext(outcome.text_html, 3) }}"),
    )


def _follow_ups(paper: TemplateWriter) -> None:
    paper.text("Nog op te volgen in de gemeente", "Heading 1")
    paper.table(
        ("row in follow_ups",),
        (
            ("Wat", "{{ row.title }}", Cm(4.8)),
            ("Van", "{{ row.meeting }}", Cm(3.6)),
            ("Orgaan", "{{ row.organ }}", Cm(2.8)),
            ("Stand", "{{ row.state }}", Cm(2.7)),
            ("Tegen", "{{ row.due }}", Cm(2.1)),
        ),
        title="Nog op te volgen in de gemeente",
        description="Per uitkomst de vergadering, het orgaan dat beslist, de stand en de datum.",
    )


def _coming(paper: TemplateWriter) -> None:
    paper.text("Wat eraan komt", "Heading 1")
    paper.each(
        "meeting in coming",
        lambda: paper.text("{{ meeting.title }}", "Heading 2"),
        lambda: paper.when("meeting.detail", lambda: paper.text("{{ meeting.detail }}", CLOSING)),
        lambda: _points(paper),
    )


def _list(paper: TemplateWriter, heading: str, field: str) -> None:
    paper.text(heading, "Heading 1")
    paper.each(f"line in {field}", lambda: paper.text("{{ line }}", "List Bullet"))
