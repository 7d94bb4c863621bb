"""Annexes: in the page, with their versions, order and circle, and who opened the confidential."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import Annex, Proposal, SentAnnex, SentItem
from overleg.agenda.workflow.annexes import add_annex, change_annex_circle
from overleg.agenda.workflow.sending import send_agenda
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.errors import NotPossible
from overleg.mail.models import OutboxMessage
from tests.agenda.preparing import CLOSED_TITLE, NOW, SHARED_TITLE, Table, lay_table
from tests.agenda.proposing import PDF, PNG, docx, make_draft
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.second_writers import form_at, save_second


@pytest.fixture
def draft(app: Flask, session: Session, cast: Cast) -> Proposal:
    """A draft of the mayor with a PDF, an image and a Word file, in this order."""
    made = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=NOW)
    for name, content in (("nota.pdf", PDF), ("kaart.png", PNG), ("brief.docx", docx())):
        stored = add_stored_file(
            receive(file_store(), name, BytesIO(content)), by=cast.mayor, now=NOW
        )
        add_annex(made, stored, circle=Circle.ADMINISTRATIONS, by=cast.mayor, now=NOW)
    session.commit()
    return made


@pytest.fixture
def table(app: Flask, session: Session, cast: Cast) -> Table:
    """An agenda that was sent, with an annex of each circle."""
    made = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    send_agenda(made.meeting, message="", by=cast.support, now=NOW)
    session.commit()
    return made


def sent_annex_of(session: Session, title: str) -> SentAnnex:
    """The annex of a point as it was sent."""
    return session.scalars(
        select(SentAnnex)
        .join(SentItem, SentItem.id == SentAnnex.sent_item_id)
        .where(SentItem.title == title)
    ).one()


def upload(content: bytes, name: str) -> dict[str, Any]:
    """What a form with one file sends."""
    return {"file": (BytesIO(content), name)}


def test_a_pdf_and_an_image_show_in_the_page_and_a_word_file_does_not(
    draft: Proposal, cast: Cast, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(cast.mayor)
    pdf, image, word = draft.annexes
    for annex, shown in ((pdf, "<iframe"), (image, "<img"), (word, "eigen programma")):
        page = browser.get(f"/bijlagen/{annex.id}/bekijken")
        assert shown in page.text
        assert annex.file.sha256 in page.text
        assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "frame-src" not in browser.get("/voorstellen").headers["Content-Security-Policy"]


def test_a_file_comes_under_a_policy_of_its_own(
    draft: Proposal, cast: Cast, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(cast.mayor)
    for annex, disposition in zip(draft.annexes, ("inline", "inline", "attachment"), strict=True):
        answer = browser.get(f"/bijlagen/{annex.id}")
        assert answer.headers["Content-Disposition"].startswith(disposition)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith(("default-src 'none'", "sandbox; default-src 'none'"))
        assert "script-src" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        saved = browser.get(f"/bijlagen/{annex.id}?opslaan=1")
        assert saved.headers["Content-Disposition"].startswith("attachment")


def test_a_newer_version_takes_the_place_and_the_earlier_stays_to_read(
    draft: Proposal, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    annex = draft.annexes[0]
    browser = sign_in_as(cast.mayor)
    newer = PDF + b"nieuwer"
    browser.press(f"/bijlagen/{annex.id}/vervangen", upload(newer, "nota-2.pdf"))
    session.expire_all()
    assert (annex.title, annex.file.name) == ("nota-2.pdf", "nota-2.pdf")
    assert [version.file.name for version in annex.versions] == ["nota.pdf", "nota-2.pdf"]
    assert browser.get(f"/bijlagen/{annex.id}").data == newer
    assert browser.get(f"/bijlagen/versies/{annex.versions[0].id}").data == PDF
    page = browser.get(f"/bijlagen/{annex.id}/bekijken").text
    assert "Versie 1: nota.pdf" in page
    assert "verving de bijlage" in browser.get(f"/voorstellen/{draft.id}").text
    stranger = sign_in_as(cast.stranger)
    assert stranger.get(f"/bijlagen/versies/{annex.versions[0].id}").status_code == 404


def test_a_wrong_file_replaces_nothing_and_says_why(
    draft: Proposal, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    annex = draft.annexes[0]
    browser = sign_in_as(cast.mayor)
    address = f"/bijlagen/{annex.id}/vervangen"
    for content, name, told in (
        (b"<svg><script/></svg>", "prent.svg", "Bewaar ze als png of pdf"),
        (docx()[:60], "stuk.docx", "geen leesbaar docx-bestand"),
    ):
        answer = browser.press(address, upload(content, name))
        assert answer.status_code == 422
        assert told in answer.text
    assert browser.press(address, {}).status_code == 422
    session.expire_all()
    assert len(annex.versions) == 1


def test_a_locked_pdf_is_taken_and_its_sender_warned(
    draft: Proposal, cast: Cast, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(cast.mayor)
    address = f"/bijlagen/{draft.annexes[0].id}"
    locked = PDF + b"trailer << /Encrypt 8 0 R >>"
    assert browser.press(f"{address}/vervangen", upload(locked, "slot.pdf")).status_code == 302
    assert "met een wachtwoord beveiligd" in browser.get(f"{address}/bekijken").text


def test_title_and_order(
    draft: Proposal, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(cast.mayor)
    pdf, image, word = draft.annexes
    browser.press(f"/bijlagen/{word.id}/omhoog")
    browser.press(f"/bijlagen/{word.id}/omhoog")
    browser.press(f"/bijlagen/{word.id}/omhoog")
    browser.press(f"/bijlagen/{pdf.id}/omlaag")
    named = {"title": "Brief aan de besturen", "revision": str(word.revision)}
    browser.press(f"/bijlagen/{word.id}/titel", named)
    assert browser.press(f"/bijlagen/{word.id}/titel", {"title": " "}).status_code == 422
    session.expire_all()
    assert [annex.id for annex in draft.annexes] == [word.id, image.id, pdf.id]
    assert (word.title, word.file.name) == ("Brief aan de besturen", "brief.docx")
    assert "Titel en volgorde" in browser.get(f"/bijlagen/{word.id}/bekijken").text
    for other in (image, pdf):
        browser.press(f"/bijlagen/{other.id}/verwijderen")
    alone = browser.get(f"/bijlagen/{word.id}/bekijken").text
    assert "Titel wijzigen" in alone
    assert "Omhoog" not in alone


def test_who_opened_a_confidential_annex_is_shown_to_support_staff(
    table: Table, session: Session, cast: Cast, sign_in_as: SignInAs, clock: Clock
) -> None:
    sent = sent_annex_of(session, CLOSED_TITLE)
    mayor = sign_in_as(cast.tielt_mayor)
    for _again in range(3):
        assert mayor.get(f"/bijlagen/verstuurd/{sent.id}").status_code == 200
    clock.advance(hours=2)
    mayor.get(f"/bijlagen/{sent.annex_id}")
    session.expire_all()
    rows = session.scalars(
        select(JournalEntry).where(JournalEntry.verb == Verb.ANNEX_DOWNLOADED)
    ).all()
    assert [row.actor_name for row in rows] == ["Burgemeester Tielt"] * 2
    page = sign_in_as(cast.support).get(f"/bijlagen/{sent.annex_id}/bekijken").text
    assert "Wie dit opende" in page
    assert "Burgemeester Tielt" in page
    assert "Wie dit opende" not in mayor.get(f"/bijlagen/{sent.annex_id}/bekijken").text
    wider = sent_annex_of(session, SHARED_TITLE)
    mayor.get(f"/bijlagen/verstuurd/{wider.id}")
    session.expire_all()
    assert (
        session.scalars(select(JournalEntry).where(JournalEntry.subject_id == wider.annex_id)).all()
        == []
    )


def test_closing_an_annex_reaches_what_was_sent(
    table: Table, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    sent = sent_annex_of(session, SHARED_TITLE)
    name, meeting = sent.title, f"/vergaderingen/{table.meeting.id}"
    assert name in sign_in_as(cast.secretariat).get(meeting).text
    support = sign_in_as(cast.support)
    support.press(f"/bijlagen/{sent.annex_id}/kring", {"circle": "mayors"})
    for person, reads in ((cast.secretariat, False), (cast.tielt_mayor, True)):
        browser = sign_in_as(person)
        for path in (meeting, f"{meeting}?versie=A", f"{meeting}/documenten"):
            page = browser.get(path).text
            assert SHARED_TITLE in page or path.endswith("documenten")
            assert (name in page) is reads, (person.name, path)
        for path in (sent.id, f"verstuurd/{sent.id}", f"{sent.id}/bekijken", str(sent.annex_id)):
            status = 200 if reads else 404
            assert browser.get(f"/bijlagen/{path}").status_code == status, path
    assert session.scalars(select(OutboxMessage)).all()


def test_what_was_sent_is_closed_but_not_opened(
    table: Table, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    annex = session.get_one(Annex, sent_annex_of(session, SHARED_TITLE).annex_id)
    change_annex_circle(annex, Circle.MAYORS, by=cast.support, now=NOW)
    with pytest.raises(NotPossible, match="liggen vast"):
        change_annex_circle(annex, Circle.ADMINISTRATIONS, by=cast.support, now=NOW)
    session.commit()
    mayor = sign_in_as(cast.mayor)
    for verb in ("kring", "titel", "omhoog", "vervangen", "verwijderen"):
        assert mayor.press(f"/bijlagen/{annex.id}/{verb}", {"circle": "mayors"}).status_code == 403


@ON_BOTH
def test_who_names_an_annex_second_reads_its_name(
    draft: Proposal, session: Session, cast: Cast, sign_in_as: SignInAs, database_kind: str
) -> None:
    two = [sign_in_as(cast.mayor), sign_in_as(cast.mayor)]
    annex = draft.annexes[0]
    page, action = f"/bijlagen/{annex.id}/bekijken", f"/bijlagen/{annex.id}/titel"
    told = save_second(two, page, {"title": "Nota"}, {"title": "Kaart"}, action=action)
    assert "Iemand anders bewaarde deze bijlage terwijl u typte." in told.text, database_kind
    assert "Nu bewaard: “Nota”." in told.text
    session.expire_all()
    assert annex.title == "Nota"
    assert two[1].press(action, told.form).status_code == 302
    session.expire_all()
    assert annex.title == "Kaart"


def test_who_puts_annexes_in_order_stops_nobody_who_names_one(
    draft: Proposal, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    writer, mover = sign_in_as(cast.mayor), sign_in_as(cast.mayor)
    upper, lower = (annex.id for annex in draft.annexes[:2])
    typed = form_at(writer.get(f"/bijlagen/{lower}/bekijken").text, "title")
    assert mover.press(f"/bijlagen/{upper}/omlaag").status_code == 302
    named = writer.press(f"/bijlagen/{lower}/titel", {**typed, "title": "Kaart"})
    assert named.status_code == 302
    session.expire_all()
    assert session.get_one(Annex, lower).title == "Kaart"


@ON_BOTH
def test_an_annex_removed_twice_at_once_was_gone_for_the_second(
    draft: Proposal, cast: Cast, sign_in_as: SignInAs, session: Session, database_kind: str
) -> None:
    address = f"/bijlagen/{draft.annexes[0].id}/verwijderen?voorstel={draft.id}"
    browsers = [sign_in_as(cast.mayor) for _ in range(2)]
    assert at_once(browsers, lambda _n, c: c.press(address).status_code) == [302, 302]
    told = "".join(browser.get(f"/voorstellen/{draft.id}").text for browser in browsers)
    assert told.count("De bijlage “nota.pdf” is verwijderd.") == 1
    assert told.count("De bijlage was al verwijderd.") == 1
    session.expire_all()
    assert [annex.title for annex in draft.annexes] == ["kaart.png", "brief.docx"]


def test_who_does_not_see_the_proposal_is_not_told_that_its_annex_is_gone(
    draft: Proposal, cast: Cast, sign_in_as: SignInAs
) -> None:
    gone = f"/bijlagen/{'2' * 16}/verwijderen"
    address = f"{gone}?voorstel={draft.id}"
    assert sign_in_as(cast.committee_support).press(address).status_code == 404
    assert sign_in_as(cast.mayor).press(gone).status_code == 404


@pytest.mark.parametrize("circle", ["", "iedereen"])
def test_an_unknown_circle_is_refused_beside_its_field(
    draft: Proposal, cast: Cast, sign_in_as: SignInAs, circle: str
) -> None:
    annex = draft.annexes[0]
    answer = sign_in_as(cast.mayor).press(f"/bijlagen/{annex.id}/kring", {"circle": circle})
    assert answer.status_code == 422
    assert "Kies een van de mogelijkheden." in answer.text
