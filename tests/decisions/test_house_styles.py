"""A municipality's own form: settings, an own template, and who keeps it."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from overleg.decisions.papers import dresses_of, proposal_docx, proposal_paper
from overleg.decisions.queries.house_styles import house_style_of, own_templates_of
from overleg.decisions.states import Organ
from overleg.decisions.workflow.house_styles import PartChoice, Styling, change_house_style
from overleg.jobs.queue import queue_of
from overleg.lib.errors import EditConflict, Refused
from overleg.lib.richtext import html_to_plain
from overleg.word.contexts import MunicipalProposalPaper
from overleg.word.states import ArticleStyle, ProposalPart
from tests.decisions.conftest import Released
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of
from tests.word.making import edited, saying
from tests.word.reading import headings, opened, words

PAGE = "/gemeenten/37022/huisstijl"
SENDING = f"{PAGE}/sjablonen/collegevoorstel"
LOGO = (Path(__file__).parents[1] / "word" / "logo.png").read_bytes()
STYLING = Styling(
    government_name="Stad Tielt",
    address="Markt 13\n8700 Tielt",
    portfolio_holder="schepen Jan Maes",
    article_style=ArticleStyle.SHORT,
    dossier_pattern="{jaar}/{orgaan}/{vergadering}-{punt}",
    college_competence_html="<p>Artikel 56 van het decreet lokaal bestuur.</p>",
    council_competence_html="<p>Artikel 40 van het decreet lokaal bestuur.</p>",
    parts=[
        PartChoice(ProposalPart.DECISION, "Wij beslissen", left_out=True),
        PartChoice(ProposalPart.GROUNDS),
        PartChoice(ProposalPart.ARGUMENTS, left_out=True),
    ],
)


def own_template() -> bytes:
    """Our own template with a line of the municipality's own on top."""
    return edited(lambda document: document.paragraphs[0].insert_paragraph_before("Eigen papier"))


def send(client: ReadingClient, content: bytes, name: str = "eigen.docx") -> TestResponse:
    """Send a template from the page."""
    return client.press(SENDING, {"file": (io.BytesIO(content), name)})


def test_the_settings_shape_the_word_file(
    released: Released, cast: Cast, session: Session, now: datetime
) -> None:
    change_house_style(cast.tielt, None, STYLING, revision=0, by=cast.secretariat, now=now)
    row = released.rows["tielt"]
    assert released.outcome.text
    released.outcome.text.competence_html = "<p>Artikel 41.</p>"
    blob = proposal_docx(row, released.outcome.text, now=now)
    assert [text for style, text in headings(blob) if style == "Heading 1"] == [
        "Wij beslissen",
        "Juridische grond",
        "Aanleiding en context",
    ]
    text = words(blob)
    assert "Art. 2 Bezorgt een afschrift" in text
    assert "Portefeuillehouderschepen Jan Maes" in text
    assert "Dossiernummer2026/CBS/2026/03-1" in text
    assert text.index("Artikel 56 van het decreet") < text.index("Artikel 41.")
    assert "Artikel 40" not in text
    assert opened(blob).core_properties.author == "Stad Tielt"
    other = proposal_paper(released.rows["izegem"], released.outcome.text)
    assert other.government == "Stad Izegem"
    assert other.competence_html == "<p>Artikel 41.</p>"
    assert "Wet van 29 juli 1991" in other.regulation_html


def test_without_a_form_of_its_own_a_proposal_names_government_and_legal_grounds(
    released: Released, cast: Cast
) -> None:
    text = released.outcome.text
    assert text
    row = released.rows["izegem"]
    assert words_of_law(proposal_paper(row, text)) == [
        "Decreet over het lokaal bestuur van 22 december 2017, artikel 56.",
        "Wet van 29 juli 1991 betreffende de uitdrukkelijke motivering van de bestuurshandelingen",
    ]
    row.organ = Organ.COUNCIL
    row.organisation = cast.bornem
    paper = proposal_paper(row, text)
    assert paper.government == "Gemeente Bornem"
    assert words_of_law(paper)[0].endswith("artikelen 40 en 41.")
    text.regulation_html = "<p>De wet van 29 juli 1991.</p>"
    assert proposal_paper(row, text).regulation_html == text.regulation_html


def words_of_law(paper: MunicipalProposalPaper) -> list[str]:
    lines = html_to_plain(paper.competence_html + paper.regulation_html).splitlines()
    return [line.removeprefix("- ") for line in lines if line]


def test_a_number_that_was_reported_comes_instead_of_the_pattern(
    released: Released, cast: Cast, now: datetime
) -> None:
    change_house_style(cast.tielt, None, STYLING, revision=0, by=cast.secretariat, now=now)
    row = released.rows["tielt"]
    row.reference_number = "CBS 118"
    assert released.outcome.text
    dress = dresses_of([cast.tielt.id])[cast.tielt.id]
    assert proposal_paper(row, released.outcome.text, dress).dossier_number == "CBS 118"


def test_an_unknown_word_in_a_pattern_and_a_stale_form_are_refused(
    cast: Cast, now: datetime
) -> None:
    wrong = Styling(dossier_pattern="{jaar}/{volgnummer}")
    with pytest.raises(Refused, match="volgnummer}” kan niet in een dossiernummer"):
        change_house_style(cast.tielt, None, wrong, revision=0, by=cast.secretariat, now=now)
    style = change_house_style(cast.tielt, None, STYLING, revision=0, by=cast.support, now=now)
    with pytest.raises(EditConflict, match="bewaarde de huisstijl terwijl u typte"):
        change_house_style(cast.tielt, style, STYLING, revision=0, by=cast.secretariat, now=now)


def test_the_secretariat_fills_in_the_page(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.secretariat)
    filled = {
        "government_name": "Stad Tielt",
        "address": "Markt 13\r\n\r\n8700 Tielt",
        "logo": (io.BytesIO(LOGO), "logo.png"),
        "parts-6-position": "1",
        "parts-0-heading": "In het kort",
        "parts-4-left_out": "y",
    }
    assert client.send(PAGE, filled).status_code == 302
    style = house_style_of(cast.tielt)
    assert style
    assert style.logo
    assert style.address == "Markt 13\n8700 Tielt"
    assert [row.part for row in style.parts][:3] == ["summary", "decision", "background"]
    assert [row.heading for row in style.parts if row.heading] == ["In het kort"]
    assert [row.part for row in style.parts if row.left_out] == ["advice"]
    for address in ("logo", "sjabloon-collegevoorstel.docx", "voorbeeld-collegevoorstel.docx"):
        assert client.get(f"{PAGE}/{address}").status_code == 200
    assert client.send(PAGE, {"without_logo": "y"}).status_code == 302
    answer = client.send(PAGE, {"logo": (io.BytesIO(b"%PDF-1.7 x"), "logo.pdf")})
    assert answer.status_code == 422
    assert "is geen png of jpg" in answer.text
    session.expire_all()
    assert style.logo is None


def test_a_save_that_came_too_late_shows_what_is_kept(
    client: ReadingClient, cast: Cast, now: datetime
) -> None:
    change_house_style(cast.tielt, None, STYLING, revision=0, by=cast.support, now=now)
    client.sign_in(cast.secretariat)
    stale = client.send(PAGE, {"portfolio_holder": "burgemeester An Claes", "revision": "0"})
    told = text_of(parse(stale.text))
    assert stale.status_code == 409
    assert "Portefeuillehouderschepen Jan Maes" in told
    assert "Volgorde van de delen Wij beslissen" in told
    assert 'value="burgemeester An Claes"' in stale.text


def test_a_template_with_faults_is_told_with_their_places_and_not_kept(
    client: ReadingClient, cast: Cast
) -> None:
    client.sign_in(cast.secretariat)
    answer = send(client, saying("{{ onderwerp }}"))
    assert answer.status_code == 422
    assert "Er is één fout" in answer.text
    assert "onder “Bijlagen”" in answer.text
    assert "Bedoelt u “subject”?" in answer.text
    assert "Kies het sjabloon" in client.press(SENDING, {}).text
    assert not own_templates_of(cast.tielt)


def test_an_own_template_is_previewed_used_and_set_back(
    app: Flask,
    client: ReadingClient,
    cast: Cast,
    released: Released,
    session: Session,
    now: datetime,
) -> None:
    client.sign_in(cast.secretariat)
    content = own_template()
    for _ in range(2):
        assert send(client, content).status_code == 302
    assert "wordt gemaakt" in client.get(PAGE).text
    queue_of(app).run("make_template_previews")
    newest, first = own_templates_of(cast.tielt)
    assert [newest.number, first.number] == [2, 1]
    preview = client.get(f"/sjablonen/{first.id}/voorbeeld.docx")
    assert words(preview.data).startswith("Eigen papier")

    def paper() -> str:
        assert released.outcome.text
        return words(proposal_docx(released.rows["tielt"], released.outcome.text, now=now))

    assert not paper().startswith("Eigen papier")
    client.press(f"/sjablonen/{newest.id}/gebruiken")
    client.press(f"/sjablonen/{first.id}/gebruiken")
    assert [each.in_use for each in own_templates_of(cast.tielt)] == [False, True]
    assert paper().startswith("Eigen papier")
    assert client.press(f"/sjablonen/{first.id}/gebruiken").status_code == 409
    client.press(f"{PAGE}/standaard/collegevoorstel")
    assert not paper().startswith("Eigen papier")
    assert client.get(f"/sjablonen/{first.id}.docx").data == content


def test_only_its_own_people_and_support_staff_keep_it(sign_in_as: SignInAs, cast: Cast) -> None:
    statuses = {
        name: sign_in_as(getattr(cast, name)).get(PAGE).status_code
        for name in ("support", "other_secretariat", "tielt_mayor", "stranger", "committee_support")
    }
    assert statuses == {
        "support": 200,
        "other_secretariat": 403,
        "tielt_mayor": 403,
        "stranger": 404,
        "committee_support": 404,
    }
