"""A template from outside: each fault with its place, nothing dangerous let in."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx.document import Document

from overleg.word.apart import TOO_MUCH, check_apart, render_apart
from overleg.word.checking import check_template
from overleg.word.cli import word_command
from overleg.word.contexts import PaperKind
from overleg.word.errors import TemplateFault
from overleg.word.fields import IN_DUTCH, REPORT_IN_DUTCH, all_fields, shape_of
from overleg.word.papers import render_municipal_proposal
from overleg.word.sample_papers import SAMPLES
from overleg.word.templates import house_bytes
from tests.word.making import HOUSE, edited, saying, with_field, with_parts, with_relation
from tests.word.reading import words
from tests.word.samples import NOW, PROPOSAL

COLLEGE = PaperKind.COLLEGE_PROPOSAL
ENDLESS = "{% for a in articles %}" * 18 + "x" + "{% endfor %}" * 18
GREEDY = "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}"


def faults(blob: bytes) -> list[tuple[str, str]]:
    """What the check tells: place and message."""
    checked = check_template(blob, COLLEGE, now=NOW)
    return [(fault.place, fault.message) for fault in checked.faults]


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_our_own_templates_have_no_faults(kind: PaperKind) -> None:
    checked = check_template(house_bytes(kind), kind, now=NOW)
    assert checked.faults == ()
    assert {"government", "organ"} <= set(checked.fields)
    told = REPORT_IN_DUTCH if kind is PaperKind.REGION_REPORT else IN_DUTCH
    assert set(told) == {path for path, _shape in all_fields(shape_of(kind))}


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (["{{ subjct }}"], "Het veld “subjct” bestaat niet. Bedoelt u “subject”?"),
        (["{{ onderwerp }}"], "Het veld “onderwerp” bestaat niet. Bedoelt u “subject”?"),
        (["{% for a in annexes %}{{ a.naam }}{% endfor %}"], "Het veld “naam” bestaat niet."),
        (["{{ subject.lower }}"], "Het veld “lower” bestaat niet: wat ervoor staat, heeft zelf"),
        (["{{ summary_html }}"], "schrijf {{ richtext(summary_html) }}."),
        (["{{ articles }}"], "“articles” is een lijst"),
        (["{%p for x in subject %}", "{%p endfor %}"], "een lus gaat over een lijst"),
        (["{%p if visa %}"], "Deze “if” wordt nergens gesloten"),
        (["{%p endfor %}"], "Deze “endfor” sluit niets"),
        (["{%p for x in annexes %}", "{%p endif %}", "{%p endfor %}"], "maar eerst moet de “for”"),
        (["{%p if visa %}", "{% endif %}"], "maak ze gelijk"),
        (["Visum {%p if visa %}", "{%p endif %}"], "valt heel de alinea weg"),
        (["{%tr if visa %}", "{%tr endif %}"], "kan enkel in een tabel"),
        (["{{ subject"], "“{{” wordt niet gesloten in dezelfde alinea"),
        (["subject }}"], "“}}” sluit iets wat niet geopend is"),
        (["{{ subject | }}"], "onvolledig of verkeerd geschreven"),
        (["{% include 'x' %}"], "De code “include” kennen we niet"),
        (["{{ subject.__class__.__mro__ }}"], "“__mro__” is niet toegelaten"),
        (["{{ subject|safe }}"], "“safe” is niet toegelaten"),
        (["{{ richtext.__self__._texts }}"], "“_texts” is niet toegelaten"),
        (["{{ ''.join(articles) }}"], "“(...)” is niet toegelaten"),
        (["{% if visa %}" * 7 + "{% endif %}" * 7], "Meer dan 6 lussen en voorwaarden"),
        (["{% if subject %}{{ 9 ** 99 }}{% endif %}"], "“**” is niet toegelaten"),
    ],
)
def test_each_fault_is_told_with_its_place(paragraphs: list[str], told: str) -> None:
    found = faults(saying("Slot", *paragraphs))
    assert any(told in message for _place, message in found), found
    assert all(place.startswith("Alinea 6") and "onder “Bijlagen”" in place for place, _ in found)


def test_places_in_tables_headers_and_footers_are_told() -> None:
    def change(document: Document) -> None:
        cell = document.add_table(2, 3).cell(1, 2)
        cell.paragraphs[0].add_run("{{ sub").bold = True
        cell.paragraphs[0].add_run("jct }}")
        document.sections[0].header.paragraphs[0].text = "{{ richtext(summary_html) }}"
        document.sections[0].footer.add_paragraph("{{ nergens }}")

    assert [place for place, _ in faults(edited(change))] == [
        "Tabel 1, rij 2, cel 3, onder “Bijlagen”",
        "Voettekst, alinea 2",
        "Koptekst, alinea 1",
    ]


def test_a_loop_over_rows_and_one_within_a_cell_are_right() -> None:
    def change(document: Document) -> None:
        table = document.add_table(3, 2)
        for row, code in enumerate(["{%tr for a in annexes %}", "{{ a.name }}", "{%tr endfor %}"]):
            table.cell(row, 0).text = code
        table.cell(1, 1).text = "{% for x in articles %}{{ richtext(x) }}{% endfor %}"

    assert faults(edited(change)) == []


@pytest.mark.parametrize(
    ("blob", "told"),
    [
        (b"geen zip", "geen leesbaar Word-bestand"),
        (b"PK\x05\x06" + bytes(18), "geen leesbaar Word-bestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "met een wachtwoord beveiligd"),
        (bytes(6 * 1024 * 1024), "hoogstens 5 MB"),
        (with_parts({"word/vbaProject.bin": b"x"}), "bevat macro's"),
        (with_parts({"word/media/big.bin": bytes(30 * 1024 * 1024)}), "uitgepakt veel te groot"),
        (with_parts({"word/embeddings/x.xlsx": b"x"}), "ingesloten object"),
        (with_parts({"word/document.xml": b"<w"}), "is beschadigd"),
        (with_parts({"word/extra.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "DOCTYPE"),
        (with_relation("attachedTemplate", "https://elders.example/x.dotm"), "van elders op"),
        (with_relation("image", "https://elders.example/x.png"), "van elders op"),
        (with_relation("hyperlink", "file:///etc/passwd"), "van elders op"),
        (with_relation("oleObject", "x.bin", external=False), "ingesloten object"),
        (with_field(" DDEAUTO c:\\\\windows"), "niet toelaten (DDEAUTO)"),
        (with_field(" D", "DE", " excel"), "niet toelaten (DDE)"),
        (with_field(' INCLUDEPICTURE "https://x"'), "niet toelaten (INCLUDEPICTURE)"),
        (with_field(' HYPERLINK "file:///c:/x.exe"'), "iets anders dan een webpagina"),
        (saying("{{ subject }}" * 10_000), "hoogstens 2000"),
    ],
)
def test_what_could_hurt_is_refused(blob: bytes, told: str) -> None:
    ((place, message),) = faults(blob)
    assert place == "Heel het bestand"
    assert told in message


@pytest.mark.parametrize(
    "blob",
    [
        with_relation("hyperlink", "https://www.tielt.be"),
        with_field(" PAGE "),
        with_field(' HYPERLINK "https://www.tielt.be" '),
        with_field(' HYPERLINK \\l "bijlagen" '),
    ],
)
def test_links_and_page_numbers_are_let_in(blob: bytes) -> None:
    assert faults(blob) == []


def test_a_check_that_takes_too_much_is_stopped() -> None:
    (fault,) = check_apart(saying(GREEDY), COLLEGE, now=NOW).faults
    assert fault.message == TOO_MUCH


def test_each_paper_is_filled_in_apart_from_the_others() -> None:
    here = words(render_municipal_proposal(PROPOSAL, now=NOW))
    templates = [HOUSE, saying(ENDLESS), saying("{{ weg }}"), HOUSE]
    made = list(render_apart([(PROPOSAL, template) for template in templates], now=NOW))
    assert [words(one) == here for one in (made[0], made[3]) if isinstance(one, bytes)] == [
        True,
        True,
    ]
    assert str(made[1]) == TOO_MUCH
    assert isinstance(made[2], TemplateFault)
    assert "een veld dat niet bestaat (weg)" in str(made[2])


def test_the_command_tells_faults_and_ends_with_one(tmp_path: Path) -> None:
    right, wrong = tmp_path / "goed.docx", tmp_path / "fout.docx"
    right.write_bytes(HOUSE)
    wrong.write_bytes(saying("{{ subjct }}"))
    run = CliRunner().invoke
    options = ["--kind", "collegevoorstel"]
    answer = run(word_command(), ["check", str(right), *options])
    assert (answer.exit_code, answer.output.splitlines()[0]) == (0, "Geen fouten.")
    answer = run(word_command(), ["check", str(wrong), *options, "--json"])
    told = json.loads(answer.output)
    assert answer.exit_code == 1
    assert [fault["words"] for fault in told["faults"]] == ["{{ subjct }}"]
    assert "subject" in told["fields"]
