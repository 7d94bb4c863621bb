"""The floor: bare Flask, with pages of the size asked and one plain docxtpl render."""

import io

from docx import Document
from docxtpl import DocxTemplate
from flask import Flask, Response

app = Flask(__name__)

PLAIN_TEMPLATE = (
    "Agenda",
    "{%p for item in items %}",
    "{{ item.number }}. {{ item.title }}",
    "{{ item.text }}",
    "{%p endfor %}",
)


def _template() -> bytes:
    document = Document()
    for paragraph in PLAIN_TEMPLATE:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


TEMPLATE = _template()


@app.get("/<int:size>")
def page(size: int) -> str:
    """Return a page of this many characters."""
    return "x" * size


@app.get("/<int:count>.docx")
def document(count: int) -> Response:
    """Return a Word file with this many items, as plain as docxtpl makes them."""
    items = [
        {"number": number, "title": f"Punt {number}", "text": "Een zin of twee uitleg. " * 4}
        for number in range(1, count + 1)
    ]
    template = DocxTemplate(io.BytesIO(TEMPLATE))
    template.render({"items": items}, autoescape=True)
    file = io.BytesIO()
    template.save(file)
    return Response(file.getvalue())
