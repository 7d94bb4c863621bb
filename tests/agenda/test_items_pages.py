"""The prepare screen and its buttons, as support staff press them."""

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked, ProposalState
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.submitting import withdraw_proposal
from overleg.documents.states import Circle
from overleg.lib.dates import format_date
from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from tests.agenda.preparing import (
    NOW,
    Table,
    add_points,
    lay_table,
    put_annex,
    ready_proposal,
    send_table,
)
from tests.agenda.proposing import make_meeting, make_submitted
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

FILLED_IN = {
    "title": "Bezoek van de gouverneur",
    "explanation": "Kennismaking.",
    "submitter_label": "DVV Midwest",
    "asked": "note",
    "minutes_needed": "20",
    "circle": "administrations",
}


@pytest.fixture
def meeting(session: Session, cast: Cast) -> Meeting:
    """A coming meeting of Midwest of which nobody opened the prepare screen yet."""
    made = make_meeting(session, cast.midwest)
    session.commit()
    return made


@pytest.fixture
def support(sign_in_as: SignInAs, cast: Cast) -> ReadingClient:
    return sign_in_as(cast.support)


def prepare(meeting: Meeting) -> str:
    return f"/vergaderingen/{meeting.id}/voorbereiden"


def text(client: ReadingClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def titles(session: Session, meeting: Meeting) -> list[str]:
    session.expire_all()
    return [item.title for item in items_of_meeting(meeting)]


def test_a_proposal_goes_from_the_pool_to_the_agenda_and_back(
    session: Session,
    cast: Cast,
    meeting: Meeting,
    support: ReadingClient,
    sign_in_as: SignInAs,
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare, wished=meeting)
    session.commit()
    assert f'href="{prepare(meeting)}"' in text(support, f"/voorstellen/{proposal.id}")
    assert prepare(meeting) not in text(sign_in_as(cast.mayor), f"/voorstellen/{proposal.id}")
    page = text(support, prepare(meeting))
    assert "Gevraagd voor deze vergadering" in page
    assert "18 maart 2026" in page
    support.send(prepare(meeting), {"proposal_id": proposal.id})
    assert titles(session, meeting) == [proposal.title, "Varia"]
    page = text(support, prepare(meeting))
    assert "Er wacht geen enkel gevalideerd voorstel." in page
    assert "25 van 120 minuten" in page
    assert f"vergadering van {format_date(meeting.starts_at_utc)}" in text(
        support, "/voorstellen?toon=alle"
    )
    item = items_of_meeting(meeting)[0]
    answer = support.press(f"/agendapunten/{item.id}/verwijderen")
    assert answer.status_code == 302
    assert titles(session, meeting) == ["Varia"]
    session.refresh(proposal)
    assert proposal.state is ProposalState.VALIDATED


def test_what_was_taken_off_a_sent_agenda_is_not_called_withdrawn(
    session: Session, cast: Cast, support: ReadingClient
) -> None:
    table = send_table(cast)
    proposal = table.shared.proposal
    assert proposal is not None
    support.press(f"/agendapunten/{table.shared.id}/verwijderen")
    pages = (f"/voorstellen/{proposal.id}", f"/dossiers/{proposal.dossier_id}")
    for page in pages:
        shown = text(support, page)
        assert "van de agenda gehaald" in shown
        assert "ingetrokken" not in shown
    late = support.press(f"/agendapunten/{table.shared.id}/verplaatsen", {"richting": "omhoog"})
    assert "is van de agenda gehaald en kan op deze agenda niet meer wijzigen" in late.text
    session.refresh(proposal)
    withdraw_proposal(proposal, reason="Later", by=cast.mayor, now=NOW)
    session.commit()
    for page in pages:
        assert "van de agenda gehaald" not in text(support, page)


def test_all_that_was_asked_for_comes_on_the_agenda_in_one_press_and_goes_in_one(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    first, second, gone = (
        ready_proposal(cast.mayor, cast.midwest, cast.roeselare, title, wished=meeting)
        for title in ("Laadpalen", "Zwembad", "Ingetrokken")
    )
    session.commit()
    for title in ("Eerste", "Tweede"):
        ready_proposal(cast.mayor, cast.midwest, cast.roeselare, title)
    later = make_meeting(session, cast.midwest, days=90, number=9)
    ready_proposal(cast.mayor, cast.midwest, cast.roeselare, "Voor later", wished=later)
    session.commit()
    shown = text(support, prepare(meeting))
    assert "Alle 3 op de agenda" in shown
    assert "Beide zonder voorkeur op de agenda" in shown
    assert f"gevraagd voor {format_date(later.starts_at_utc)}" in shown
    withdraw_proposal(gone, reason="Later", by=cast.mayor, now=NOW)
    session.commit()
    ids = [proposal.id for proposal in (second, first, gone)]
    answer = support.press(f"/vergaderingen/{meeting.id}/agenda/voorstellen", {"ids": ids})
    page = text(support, answer.location or "")
    assert "2 voorstellen staan op de agenda" in page
    assert "Niet meer te agenderen, want intussen gewijzigd: “Ingetrokken”" in page
    assert titles(session, meeting) == ["Zwembad", "Laadpalen", "Varia"]
    support.press(f"/vergaderingen/{meeting.id}/agenda/ongedaan")
    assert titles(session, meeting) == ["Varia"]


def test_minutes_typed_beside_the_points_leave_those_of_others_alone(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    add_points(meeting, 2, cast.support)
    session.commit()
    one, two = items_of_meeting(meeting)[:2]
    path = f"/vergaderingen/{meeting.id}/agenda/minuten"
    text(support, prepare(meeting))
    for typed in ("", "481", "-5", "x", "²"):
        refused = support.press(path, {f"minuten-{one.id}": typed, f"minuten-{two.id}": "7"})
        assert refused.status_code == 422, typed
        assert 'value="7"' in refused.text
    two.minutes_needed = 25
    session.commit()
    shown = {f"stond-{item.id}": "5" for item in (one, two)}
    mine = {f"minuten-{one.id}": "50", f"minuten-{two.id}": "5", "minuten-x": "1"}
    support.press(path, mine | shown)
    page = text(support, prepare(meeting))
    assert "Uw laatste wijziging: minuten gewijzigd" in page
    assert "Iemand anders" not in page
    support.press(path, mine | shown | {f"minuten-{two.id}": "7"})
    assert "Iemand anders wijzigde intussen de minuten" in text(support, prepare(meeting))
    session.expire_all()
    assert [item.minutes_needed for item in items_of_meeting(meeting)[:2]] == [50, 25]


def test_support_staff_add_and_change_a_point_of_their_own(
    session: Session, meeting: Meeting, support: ReadingClient
) -> None:
    support.send(f"/vergaderingen/{meeting.id}/agenda/nieuw", FILLED_IN)
    item = items_of_meeting(meeting)[0]
    assert (item.title, item.minutes_needed, item.asked) == (FILLED_IN["title"], 20, Asked.NOTE)
    support.send(f"/agendapunten/{item.id}/wijzigen", {"circle": "mayors", "minutes_needed": "5"})
    session.refresh(item)
    assert (item.circle, item.minutes_needed) == (Circle.MAYORS, 5)
    assert item.explanation_html == "<p>Kennismaking.</p>"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "   ", "Geef het punt een titel."),
        ("title", "x" * 201, "Houd de titel onder 200 tekens."),
        ("minutes_needed", "veel", "minuten"),
        ("minutes_needed", "481", "tussen 0 en 480"),
        ("explanation", "x" * 100_000, "Deze tekst is te lang"),
    ],
)
def test_a_wrong_point_is_told_and_nothing_typed_is_lost(
    meeting: Meeting, support: ReadingClient, field: str, value: str, sentence: str
) -> None:
    answer = support.send(f"/vergaderingen/{meeting.id}/agenda/nieuw", {**FILLED_IN, field: value})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert "DVV Midwest" in page
    assert value[:190] in page


def test_emoji_and_right_to_left_text_are_kept(
    session: Session, meeting: Meeting, support: ReadingClient
) -> None:
    title = "Zwembad 🏊 מים مرحبا"
    support.send(f"/vergaderingen/{meeting.id}/agenda/nieuw", {**FILLED_IN, "title": title})
    assert titles(session, meeting)[0] == title


def test_omhoog_and_a_drag_change_the_order(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    add_points(meeting, 3, cast.support)
    session.commit()
    items = items_of_meeting(meeting)
    support.press(f"/agendapunten/{items[1].id}/verplaatsen", {"richting": "omhoog"})
    assert titles(session, meeting) == ["Punt 1", "Punt 0", "Punt 2"]
    ids = [items[2].id, items[0].id, items[1].id]
    answer = support.press(f"/vergaderingen/{meeting.id}/volgorde", {"ids": ids})
    assert answer.status_code == 204
    assert titles(session, meeting) == ["Punt 2", "Punt 0", "Punt 1"]
    stale = support.press(f"/vergaderingen/{meeting.id}/volgorde", {"ids": ids[:2]})
    assert stale.status_code == 409
    odd = support.press(f"/agendapunten/{items[1].id}/verplaatsen", {"richting": "opzij"})
    assert odd.status_code == 404


def test_the_checks_name_what_is_wrong_and_where_to_repair_it(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    assert "Op de agenda staan nog enkel de vaste punten." in text(support, prepare(meeting))
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare, circle=Circle.PUBLIC)
    put_annex(proposal, "Raming", Circle.MAYORS)
    chair = session.query(RoleAssignment).filter_by(role=Role.CHAIR, body_id=cast.midwest.id).one()
    session.delete(chair)
    session.commit()
    waiting = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOW, title="Waterbom")
    waiting.wished_meeting_id = meeting.id
    session.commit()
    support.send(prepare(meeting), {"proposal_id": proposal.id})
    empty = {**FILLED_IN, "submitter_label": "", "minutes_needed": "0"}
    support.send(f"/vergaderingen/{meeting.id}/agenda/nieuw", empty)
    support.send(
        f"/vergaderingen/{meeting.id}/agenda/nieuw", {**FILLED_IN, "minutes_needed": "200"}
    )
    page = text(support, prepare(meeting))
    for sentence in (
        "heeft geen voorzitter",
        "“Bezoek van de gouverneur”, heeft geen indiener",
        "kreeg geen tijd",
        "vragen 105 minuten meer dan de vergadering duurt",
        "De bijlage “Raming” bij punt 1 is enkel leesbaar voor burgemeesters",
        "105 minuten te veel",
        "Het voorstel “Waterbom” vraagt deze vergadering, maar is nog niet gevalideerd.",
    ):
        assert sentence in page
    item = items_of_meeting(meeting)[1]
    assert f"/agendapunten/{item.id}/wijzigen" in page


def test_sending_says_first_who_will_be_told(
    session: Session, cast: Cast, sign_in_as: SignInAs, support: ReadingClient
) -> None:
    table: Table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    page = text(support, f"/vergaderingen/{table.meeting.id}/versturen")
    for name in ("Burgemeester Tielt", "Algemeen directeur Izegem", "Medewerker DVV Midwest"):
        assert name in page
    assert "Secretariaat Tielt" not in page
    assert "Versturen naar 6 personen" in page
    answer = support.send(f"/vergaderingen/{table.meeting.id}/versturen", {"message": "Tot dan."})
    assert answer.status_code == 302
    session.refresh(table.meeting)
    assert table.meeting.state is MeetingState.AGENDA_SENT
    again = support.press(f"/vergaderingen/{table.meeting.id}/versturen")
    assert again.status_code == 409
    assert "niets gewijzigd sinds versie A" in again.get_data(as_text=True)
    page = text(support, f"/vergaderingen/{table.meeting.id}/versturen")
    assert "iedereen heeft deze agenda al" in page


def test_an_empty_agenda_offers_no_button_to_send(meeting: Meeting, support: ReadingClient) -> None:
    page = text(support, f"/vergaderingen/{meeting.id}/versturen")
    assert "Houdt het versturen tegen" in page
    assert "Versturen naar" not in page
    answer = support.press(f"/vergaderingen/{meeting.id}/versturen")
    assert answer.status_code == 409


def test_a_begun_meeting_closes_the_prepare_screen(
    session: Session, cast: Cast, support: ReadingClient
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    send_agenda(table.meeting, message="", by=cast.support, now=NOW)
    table.meeting.state = MeetingState.IN_SESSION
    session.commit()
    for path in (
        prepare(table.meeting),
        f"/vergaderingen/{table.meeting.id}/versturen",
        f"/agendapunten/{table.shared.id}/wijzigen",
    ):
        answer = support.get(path)
        assert answer.status_code == 409
        assert "al begonnen" in answer.get_data(as_text=True)


def test_a_point_of_another_meeting_of_another_body_cannot_be_taken_up(
    session: Session, cast: Cast, meeting: Meeting, support: ReadingClient
) -> None:
    elsewhere = ready_proposal(cast.stranger, cast.denderregio, cast.aalst)
    session.commit()
    for rest, field in (("voorstel", "proposal_id"), ("vervolg", "item_id")):
        answer = support.press(f"/vergaderingen/{meeting.id}/agenda/{rest}", {field: elsewhere.id})
        assert answer.status_code == 404
