"""Our own templates of the follow-up: how it stands, and the letter with a shared position.

See `house_papers.py` for how templates are written.
"""

from docx.document import Document
from docx.shared import Cm, Length

from overleg.word.house_style import house_document
from overleg.word.styles import META
from overleg.word.template_writer import TemplateWriter

ROOM_TO_SIGN = Cm(1.8)
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
        ("Gemeente", "{{ row.municipality }}", Cm(3)),
        ("Orgaan", "{{ row.organ }}", Cm(2.8)),
        ("Stand", "{{ row.state }}", Cm(3.2)),
        (day, "{{ row.day }}", Cm(3.2)),
    ]
    if field == "deviations":
        columns.append(("Reden", "{{ row.reason }}", Cm(3.8)))
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
    _line(paper, "{{ addressee }}", before=Cm(1))
    paper.each("line in address_lines", lambda: _line(paper, "{{ line }}"))
    paper.text(
        "{% if place %}{{ place }}, {% endif %}{{ date }}"
    ).paragraph_format.space_before = Cm(0.8)
    paper.text("{{ subject }}", "Title").paragraph_format.space_before = Cm(0.8)
    paper.text("Geachte,")
    paper.text(
        "De burgemeesters van {{ municipalities }} namen in {{ body }}, {{ meeting }}, "
        "samen een standpunt in. We brengen het graag onder uw aandacht."
    )
    paper.text("{{ richtext(text_html, 2) }}")
    paper.text("We horen graag wat u met dit standpunt doet.")
    paper.text("Met vriendelijke groet").paragraph_format.space_after = ROOM_TO_SIGN
    paper.when("signatory", lambda: _line(paper, "{{ signatory }}"))
    paper.text("namens {{ body }}")
    return document


def _line(paper: TemplateWriter, words: str, *, before: Length | None = None) -> None:
    """A line of an address: close to the next one."""
    form = paper.text(words).paragraph_format
    form.space_after = Cm(0)
    if before is not None:
        form.space_before = before
