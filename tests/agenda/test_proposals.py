"""Writing and submitting a proposal, from the pages."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from overleg.agenda.models import Annex, Proposal
from overleg.agenda.states import ProposalState
from overleg.db import db
from overleg.documents.states import Circle
from overleg.mail.models import OutboxMessage
from tests.agenda.proposing import PDF, docx, make_draft, make_meeting, make_submitted
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

FILLED_IN = {
    "title": "Hoppinpunten met deelwagens",
    "explanation": "Samen deelwagens plaatsen.\n\n- een\n- twee",
    "asked": "decide",
    "function": "policy",
    "kind": "project",
    "minutes_needed": "20",
    "circle": "administrations",
}


def send(client: ReadingClient, fields: dict[str, Any], page: str = "/voorstellen/nieuw") -> Any:
    """Fill in the form of a proposal and send it."""
    return client.send(page, fields, content_type="multipart/form-data")


def only(session: Session) -> Proposal:
    """The one proposal there is."""
    session.expire_all()
    return session.scalars(select(Proposal)).one()


def test_a_mayor_submits_a_proposal_with_an_annex(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    meeting = make_meeting(session, cast.midwest)
    session.commit()
    client.sign_in(cast.mayor)
    answer = send(
        client,
        FILLED_IN
        | {
            "wished_meeting_id": meeting.id,
            "files": (BytesIO(PDF), "nota.pdf"),
            "actie": "indienen",
        },
    )
    assert answer.status_code == 302
    proposal = only(session)
    assert answer.location == f"/voorstellen/{proposal.id}"
    assert proposal.state is ProposalState.IN_VALIDATION
    assert proposal.organisation is cast.roeselare or proposal.organisation_id == cast.roeselare.id
    assert proposal.explanation_html == (
        "<p>Samen deelwagens plaatsen.</p><ul><li>een</li><li>twee</li></ul>"
    )
    assert [(a.title, a.circle) for a in proposal.annexes] == [("nota.pdf", Circle.ADMINISTRATIONS)]
    page = client.get(answer.location).get_data(as_text=True)
    assert "Ingediend. Wie valideert, kreeg een mail." in page
    assert "De voorzitter – Burgemeester Izegem – antwoordt uiterlijk op 7 maart 2026." in page
    mail = session.scalars(select(OutboxMessage)).one()
    assert mail.to_email == cast.chair.email
    assert f"/voorstellen/{proposal.id}/valideren" in mail.text


def test_a_title_of_spaces_is_no_title(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.mayor)
    for action in ("bewaren", "indienen"):
        answer = send(client, {"title": "   ", "actie": action})
        assert answer.status_code == 422
        assert "Geef het voorstel een titel." in answer.text


def test_a_draft_needs_only_a_title(client: ReadingClient, cast: Cast, session: Session) -> None:
    client.sign_in(cast.mayor)
    assert send(client, {"title": "Waterbom", "actie": "bewaren"}).status_code == 302
    assert only(session).state is ProposalState.DRAFT


def test_submitting_asks_for_an_explanation_and_keeps_what_was_typed(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    answer = send(client, {"title": "Waterbom", "actie": "indienen"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Schrijf een toelichting voor u het voorstel indient." in page
    assert 'value="Waterbom"' in page
    assert session.scalar(select(func.count()).select_from(Proposal)) == 0


def test_a_form_that_is_sent_twice_makes_one_proposal(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    page = client.get("/voorstellen/nieuw").get_data(as_text=True)
    found = re.search(r'name="proposal_id"[^>]*value="(\w{16})"', page)
    assert found
    fields = {"proposal_id": found[1], "actie": "indienen", **FILLED_IN}
    first, second = send(client, fields), send(client, fields)
    assert first.location == second.location == f"/voorstellen/{found[1]}"
    assert only(session).id == found[1]
    assert "er is er maar één gemaakt" in client.get(second.location).get_data(as_text=True)


def test_what_was_changed_before_it_was_sent_again_is_not_thrown_away(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    page = client.get("/voorstellen/nieuw").get_data(as_text=True)
    found = re.search(r'name="proposal_id"[^>]*value="(\w{16})"', page)
    assert found
    fields = {"proposal_id": found[1], "actie": "bewaren", **FILLED_IN}
    send(client, fields)
    changed = send(client, fields | {"title": "Energieloket in Izegem"})
    assert changed.status_code == 409
    assert 'value="Energieloket in Izegem"' in changed.get_data(as_text=True)
    assert only(session).title == FILLED_IN["title"]


def test_files_that_were_right_stay_when_the_form_is_refused(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    refused = send(
        client,
        {"title": "", "files": [(BytesIO(PDF), "nota.pdf"), (BytesIO(b""), "leeg.pdf")]},
    )
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "“leeg.pdf” is leeg (0 bytes)" in page
    assert "u hoeft ze niet opnieuw te kiezen: nota.pdf" in page
    kept = re.search(r'name="kept_files"[^>]*value="([^"]+)"', page)
    assert kept
    send(client, {"title": "Waterbom", "kept_files": kept[1], "actie": "bewaren"})
    assert [a.title for a in only(session).annexes] == ["nota.pdf"]


def test_wrong_files_are_refused_with_what_is_accepted(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], max_annex_bytes=100_000)
    client.sign_in(cast.mayor)
    for name, content, sentence in (
        ("virus.exe", b"MZ", "Aanvaard: pdf, docx"),
        ("nota.pdf", docx(), "is geen leesbaar pdf-bestand"),
        ("nota.docx", PDF, "is geen leesbaar docx-bestand"),
        ("groot.pdf", PDF + bytes(200_000), "hoogstens 0,0954 MB"),
    ):
        answer = send(client, {"title": "Waterbom", "files": (BytesIO(content), name)})
        assert answer.status_code == 422, name
        assert sentence in answer.get_data(as_text=True)


def test_a_name_with_slashes_loses_its_folders(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    send(client, {"title": "Waterbom", "files": (BytesIO(PDF), "../../etc/nota.pdf")})
    annex = session.scalars(select(Annex)).one()
    assert annex.title == "nota.pdf"
    answer = client.get(f"/bijlagen/{annex.id}")
    assert answer.data == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    again = client.get(f"/bijlagen/{annex.id}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_very_long_emoji_and_right_to_left_text(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    long = send(client, {"title": "Waterbom", "explanation": "a" * 100_000})
    assert long.status_code == 422
    assert "te lang" in long.get_data(as_text=True)
    assert "a" * 100_000 in long.get_data(as_text=True)
    title = "Fietsen 🚲 \u05e9\u05dc\u05d5\u05dd"
    assert send(client, {"title": title + "\x00"}).status_code == 302
    assert only(session).title == title


def test_a_stale_form_shows_both_texts_and_loses_nothing(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    proposal = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    client.sign_in(cast.mayor)
    address = f"/voorstellen/{proposal.id}/wijzigen"
    assert send(client, {"title": "Wat de ander bewaarde"}, address).status_code == 302
    answer = client.send(address, {"title": "Wat ik typte", "revision": "1"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Wat de ander bewaarde" in page
    assert 'value="Wat ik typte"' in page
    assert only(session).title == "Wat de ander bewaarde"
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', page)
    assert revision
    client.send(address, {"title": "Samen", "revision": revision[1]})
    assert only(session).title == "Samen"


def test_after_the_deadline_it_is_said_that_it_is_late(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    make_meeting(session, cast.midwest, days=5)
    make_meeting(session, cast.midwest, days=30, number=2)
    session.commit()
    client.sign_in(cast.mayor)
    page = client.get("/voorstellen/nieuw").get_data(as_text=True)
    assert "of “laattijdig” als die voorbij is" in page
    assert ">7 maart 2026 (laattijdig)<" in page
    assert ">1 april 2026 (18/03/2026)<" in page


def test_support_staff_choose_for_whom_they_propose(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.support)
    answer = send(client, {"title": "Waterbom", "organisation_id": cast.tielt.id})
    assert answer.status_code == 302
    assert only(session).organisation_id == cast.tielt.id


def test_nobody_proposes_for_another_region(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    strange = send(client, {"title": "Waterbom", "organisation_id": cast.aalst.id})
    assert strange.status_code == 422
    elsewhere = send(client, {"title": "Waterbom", "body_id": cast.denderregio.id})
    assert elsewhere.status_code == 422
    meeting = make_meeting(session, cast.denderregio)
    session.commit()
    assert send(client, {"title": "W", "wished_meeting_id": meeting.id}).status_code == 422


def test_who_proposes_nothing_finds_no_form(sign_in_as: SignInAs, cast: Cast) -> None:
    for person in (cast.secretariat, cast.councillor, cast.administrator, cast.former_mayor):
        assert sign_in_as(person).get("/voorstellen/nieuw").status_code == 404


def test_support_staff_correct_a_submitted_one_and_the_history_says_so(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    client.sign_in(cast.support)
    send(client, {"title": "Hoppinpunten"}, f"/voorstellen/{proposal.id}/wijzigen")
    page = client.get(f"/voorstellen/{proposal.id}").get_data(as_text=True)
    assert "Gewijzigd: titel." in page


def test_a_dossier_follows_its_only_proposal_until_it_has_a_summary(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    proposal = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    dossier = proposal.dossier
    session.commit()
    client.sign_in(cast.mayor)
    address = f"/voorstellen/{proposal.id}/wijzigen"
    send(client, {"title": "Deelwagens", "circle": "mayors"}, address)
    session.expire_all()
    assert (dossier.title, dossier.circle) == ("Deelwagens", Circle.MAYORS)
    dossier.summary_html = "<p>Wat vooraf ging.</p>"
    session.commit()
    send(client, {"title": "Deelfietsen", "circle": "public"}, address)
    session.expire_all()
    assert (proposal.title, proposal.circle) == ("Deelfietsen", Circle.PUBLIC)
    assert (dossier.title, dossier.circle) == ("Deelwagens", Circle.MAYORS)


def test_an_annex_never_becomes_wider_than_its_proposal(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    send(
        client,
        {"title": "Rechtbanken", "circle": "mayors", "files": (BytesIO(PDF), "geheim.pdf")},
    )
    annex = session.scalars(select(Annex)).one()
    assert annex.circle is Circle.MAYORS
    answer = client.press(f"/bijlagen/{annex.id}/kring", {"circle": "public"})
    page = client.get(answer.location).get_data(as_text=True)
    assert "blijft op burgemeesters" in page
    assert client.press(f"/bijlagen/{annex.id}/verwijderen").status_code == 302
    session.expire_all()
    assert session.scalars(select(Annex)).all() == []


def test_a_submitted_proposal_is_withdrawn_with_a_reason(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    client.sign_in(cast.mayor)
    address = f"/voorstellen/{proposal.id}/intrekken"
    refused = client.press(address, {"reason": " "})
    assert refused.status_code == 422
    assert client.press(address, {"reason": "Eerst het college."}).status_code == 302
    assert only(session).state is ProposalState.WITHDRAWN
    late = client.press(address, {"reason": "Nog eens."})
    assert late.status_code == 409
    assert "is ingetrokken" in late.get_data(as_text=True)


def test_the_list_has_pages_and_shrugs_at_odd_addresses(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    client.sign_in(cast.chair)
    for number in range(30):
        make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, title=f"Punt {number}")
    session.commit()
    page = client.get("/voorstellen").get_data(as_text=True)
    assert "Pagina 1 van 2" in page
    assert "Te valideren door mij" in page
    assert client.get("/voorstellen?toon=alle&pagina=2&stand=in_validation").status_code == 200
    assert client.get("/voorstellen?toon=iets&pagina=-4&stand=iets&overleg=x").status_code == 200


def count_statements(client: ReadingClient, address: str) -> int:
    """How many statements a page takes."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(found)


def test_pages_take_the_same_statements_at_two_sizes(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    client.sign_in(cast.chair)
    first = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    addresses = ["/voorstellen", f"/voorstellen/{first.id}", f"/voorstellen/{first.id}/valideren"]
    few = [count_statements(client, address) for address in addresses]
    for number in range(20):
        make_meeting(session, cast.midwest, days=30 + number, number=number + 1)
        made = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
        made.dossier_id = first.dossier_id
    session.commit()
    assert [count_statements(client, address) for address in addresses] == few
