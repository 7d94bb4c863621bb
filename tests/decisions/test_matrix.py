"""The matrix with its filters and exports, the standing point, mergers and positions."""

from datetime import date, datetime
from io import BytesIO

import docx
import openpyxl
import pytest
from openpyxl.utils.escape import unescape
from sqlalchemy import delete
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem
from overleg.decisions.models import FollowUp, FollowUpLink, FollowUpMove
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind, OutcomeState
from overleg.decisions.workflow.mergers import follow_mergers
from overleg.decisions.workflow.outcomes import Agreed, note_outcome
from tests.agenda.proposing import make_meeting
from tests.decisions.conftest import Held, Released
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

FORMULA = "=1+1 & <te duur> _x0041_"
"""What would be a formula, a mark and a letter in Excel."""


def words_of(content: bytes) -> str:
    """All text of a Word file, tables too."""
    paper = docx.Document(BytesIO(content))
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


@pytest.fixture
def deviating(released: Released, session: Session) -> Released:
    """Tielt rejected, with a reason that would be a formula; Izegem approved."""
    tielt, izegem = released.rows["tielt"], released.rows["izegem"]
    tielt.state, tielt.decided_on, tielt.remark = FollowUpState.REJECTED, date(2026, 3, 2), FORMULA
    izegem.state, izegem.decided_on = FollowUpState.APPROVED, date(2026, 3, 2)
    session.commit()
    return released


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("", True),
        ("overleg=alle", True),
        ("toon=open", True),
        ("toon=laat", False),
        ("soort=agreement", True),
        ("soort=position", False),
        ("orgaan=council", False),
        ("gemeente=37022", True),
        ("gemeente=41002", False),
        ("van=2026-03-02&tot=2026-03-02", True),
        ("van=2026-03-03", False),
        ("tot=2026-03-01", False),
        ("van=gisteren&orgaan=onzin&gemeente=abc&pagina=x", True),
    ],
)
def test_the_matrix_is_narrowed(
    client: ReadingClient, cast: Cast, deviating: Released, query: str, is_there: bool
) -> None:
    client.sign_in(cast.mayor)
    page = client.get(f"/opvolging?{query}").text
    assert (f"/uitkomsten/{deviating.outcome.id}" in page) is is_there
    assert ("Geen enkele uitkomst beantwoordt aan deze keuze." in page) is not is_there


def test_the_exports_tell_the_standing_the_deviations_and_no_formula(
    client: ReadingClient, cast: Cast, deviating: Released
) -> None:
    client.sign_in(cast.director)
    assert "Afwijkingen" in client.get("/opvolging").text
    book = openpyxl.load_workbook(BytesIO(client.get("/opvolging.xlsx").data))
    assert book.sheetnames == ["Matrix", "Opvolging", "Afwijkingen"]
    row = [cell.value for cell in book["Matrix"][2]]
    assert row[2] == "1 van 3 goedgekeurd, 1 afgekeurd, 1 te agenderen"
    reason = book["Afwijkingen"].cell(2, 6)
    assert isinstance(reason.value, str)
    assert (unescape(reason.value), reason.data_type) == (FORMULA, "s")
    assert book["Afwijkingen"].cell(2, 5).value == datetime(2026, 3, 2)  # noqa: DTZ001 - a day
    words = words_of(client.get("/opvolging.docx").data)
    assert "1 van 3 goedgekeurd, 1 afgekeurd, 1 te agenderen." in words
    assert FORMULA in words
    assert "Nog open: Roeselare." in words


def test_the_standing_point_goes_on_the_next_agenda_once_with_its_paper_per_circle(
    sign_in_as: SignInAs,
    cast: Cast,
    deviating: Released,
    session: Session,
    clock: Clock,
) -> None:
    secret = note_outcome(
        deviating.held.closed_item,
        Agreed(OutcomeKind.AGREEMENT, "Geheim akkoord", "<p>Stil.</p>"),
        by=cast.support,
        now=clock.moment,
    )
    secret.state, secret.released_at_utc = OutcomeState.RELEASED, clock.moment
    session.add(
        FollowUp(
            outcome=secret, organisation=cast.tielt, organ=Organ.COLLEGE, opened_at_utc=clock.moment
        )
    )
    meeting = make_meeting(session, cast.midwest)
    session.commit()
    support = sign_in_as(cast.support)
    assert "Op de agenda zetten" in support.get("/opvolging").text
    address = f"/vergaderingen/{meeting.id}/stand-van-de-opvolging"
    assert support.press(address, {}).status_code == 302
    assert support.press(address, {}).status_code == 409
    item = session.query(AgendaItem).filter_by(title="Stand van de opvolging").one()
    assert "1 van 3 goedgekeurd, 1 afgekeurd" in item.explanation_html
    assert "Geheim" not in item.explanation_html
    assert f"{address}.docx" in item.explanation_html
    assert "Geheim akkoord" in words_of(sign_in_as(cast.mayor).get(f"{address}.docx").data)
    director = words_of(sign_in_as(cast.director).get(f"{address}.docx").data)
    assert "Geheim" not in director
    assert "Regionale energiestrategie" in director
    assert sign_in_as(cast.stranger).get(f"{address}.docx").status_code == 404
    assert sign_in_as(cast.director).press(address, {}).status_code == 403


def test_open_rows_of_a_merged_municipality_move_and_closed_ones_stay(
    client: ReadingClient, cast: Cast, released: Released, session: Session, clock: Clock
) -> None:
    tielt, izegem = released.rows["tielt"], released.rows["izegem"]
    session.execute(delete(FollowUpLink))
    session.delete(released.rows["roeselare"])
    izegem.state, izegem.decided_on = FollowUpState.APPROVED, date(2026, 3, 2)
    for town in (cast.tielt, cast.izegem):
        town.valid_to, town.successor = date(2026, 3, 31), cast.roeselare
    session.commit()
    follow_mergers(clock.moment)
    session.flush()
    assert tielt.organisation is cast.tielt
    clock.advance(days=35)
    follow_mergers(clock.moment)
    follow_mergers(clock.moment)
    session.commit()
    assert tielt.organisation is cast.roeselare
    assert izegem.organisation is cast.izegem
    move = session.query(FollowUpMove).one()
    assert (move.from_organisation_id, move.moved_on) == (cast.tielt.id, date(2026, 4, 1))
    client.sign_in(cast.other_secretariat)
    assert "Overgekomen van Tielt op 1 april 2026" in client.get("/gemeenten/36015").text
    client.sign_in(cast.support)
    shown = client.get("/opvolging").text
    assert "Izegem (tot 2026)" in shown
    assert "Roeselare (tot" not in shown


def test_a_row_that_its_successor_has_too_ends_there(
    cast: Cast, released: Released, session: Session, clock: Clock
) -> None:
    cast.tielt.valid_to, cast.tielt.successor = date(2026, 3, 1), cast.roeselare
    session.commit()
    follow_mergers(clock.moment)
    tielt = released.rows["tielt"]
    assert (tielt.organisation, tielt.state) == (cast.tielt, FollowUpState.NOT_APPLICABLE)
    assert "ging op 2 maart 2026 op in Roeselare" in tielt.remark


def test_a_position_is_sent_with_a_letter_and_what_came_back_is_noted(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session, clock: Clock
) -> None:
    position = note_outcome(
        held.closed_item,
        Agreed(OutcomeKind.POSITION, "Toekomst van de rechtbanken", "<p>Nabij.</p>"),
        by=cast.support,
        now=clock.moment,
    )
    session.commit()
    support = sign_in_as(cast.support)
    told = {"addressee": "Minister van Justitie", "address": "Straat 1\n1000 Brussel"}
    send = f"/uitkomsten/{position.id}/versturen"
    assert support.send(send, {**told, "sent_on": "2025-01-01"}).status_code == 422
    assert support.send(send, told).status_code == 302
    page = support.get("/standpunten").text
    assert "Verzending noteren" in page
    letter = next(part for part in page.split('"') if part.endswith("/brief.docx"))
    words = words_of(support.get(letter).data)
    for line in ("Minister van Justitie", "1000 Brussel", "Nabij.", "Burgemeester Izegem"):
        assert line in words
    assert "namen in het Midwestoverleg, vergadering" in words
    assert words.endswith("namens het Midwestoverleg")
    answer = letter.replace("brief.docx", "antwoord")
    asked = support.get(answer).text
    assert "Antwoord noteren</h1>" in asked
    assert "Verstuurd aan Minister van Justitie op 2 maart 2026." in asked
    assert support.send(answer, {"answer": "Ontvangen, dank."}).status_code == 302
    assert "Antwoord wijzigen</h1>" in support.get(answer).text
    assert "Ontvangen, dank." in support.get("/standpunten").text
    director = sign_in_as(cast.director)
    assert "rechtbanken" not in director.get("/standpunten").text
    assert director.get(letter).status_code == 404
    assert director.get(answer).status_code == 404
