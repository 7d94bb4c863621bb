"""Our own templates of the follow-up: how it stands, and the letter with a shared position.

See `house_papers.py` for how templates are written.
"""

from docx.document import Document
from docx.shared import Cm

from overleg.word.house_style import house_document
from overleg.word.styles import CLOSING, META
from overleg.word.template_writer import TemplateWriter

NOTHING = "Er zijn geen uitkomsten waarover gemeenten nog beslissen."


def standing_template() -> Document:
    """Where the municipalities stand with each outcome, who is late and who decided otherwise."""
    document = house_document("Stand van de opvolging")
    paper = TemplateWriter(document)
    paper.text("{{ body_name }}", "Subtitle")
    paper.text("Stand van de opvolging", "Title")
    paper.detail("Op", "{{ day }}")
    paper.detail("Bestemd voor", "{{ circle }}", "circle")
    paper.when("not outcomes", lambda: paper.text(NOTHING))
    paper.each(
        "outcome in outcomes",
        lambda: paper.text("{{ outcome.title }}", "Heading 1"),
        lambda: paper.text("{{ outcome.kind|capitalize }} · {{ outcome.meeting }}", META),
        lambda: paper.text("{{ outcome.summary }}."),
        lambda: paper.when("outcome.late", lambda: _rows(paper, "late", "Te laat", "Tegen")),
        lambda: paper.when("outcome.open", lambda: paper.text("Nog open: {{ outcome.open }}.")),
        lambda: paper.when(
            "outcome.deviations", lambda: _rows(paper, "deviations", "Afwijkingen", "Beslist op")
        ),
    )
    return document


def _rows(paper: TemplateWriter, field: str, heading: str, day: str) -> None:
    paper.text(heading, "Heading 2")
    columns = [
        ("Gemeente", "{{ row.municipality }}", Cm(3.6)),
        ("Orgaan", "{{ row.organ }}", Cm(2.6)),
        ("Stand", "{{ row.state }}", Cm(3.6)),
        (day, "{{ row.day }}", Cm(2.6)),
    ]
    if field == "deviations":
        columns.append(("Reden", "{{ row.reason }}", Cm(3.6)))
    paper.table(
        (f"row in outcome.{field}",),
        columns,
        title=heading,
        description=f"Per gemeente het orgaan, de stand en de datum: {heading.lower()}.",
    )


def position_letter_template() -> Document:
    """The letter that makes a shared position known."""
    document = house_document("Brief")
    paper = TemplateWriter(document)
    paper.text("{{ body_name }}", "Subtitle")
    paper.text("{{ addressee }}").paragraph_format.space_before = Cm(1)
    paper.each("line in address_lines", lambda: paper.text("{{ line }}"))
    paper.text("{% if place %}{{ place }}, {% endif %}{{ date }}", META)
    paper.text("{{ subject }}", "Title")
    paper.text("Geachte,")
    paper.text(
        "De burgemeesters van {{ municipalities }} namen in het {{ body_name }}, {{ meeting }}, "
        "samen een standpunt in. We brengen het graag onder uw aandacht."
    )
    paper.text("{{ richtext(text_html, 2) }}")
    paper.text("We horen graag wat u met dit standpunt doet.")
    paper.text("Met vriendelijke groet", CLOSING)
    paper.when("signatory", lambda: paper.text("{{ signatory }}"))
    paper.text("namens het {{ body_name }}")
    return document
