"""The index follows the journal, and the worker reads annexes one by one."""

from datetime import datetime, timedelta
from io import BytesIO

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.agenda.workflow.annexes import add_annex, remove_annex
from overleg.agenda.workflow.sending import send_agenda
from overleg.demo.annex import one_page_pdf
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.jobs.queue import queue_of
from overleg.search.models import FileText, SearchEntry, SearchProgress
from overleg.search.states import Audience, Source, TextState
from overleg.search.workflow.files import READ_FILES
from overleg.search.workflow.following import FOLLOW
from tests.agenda.preparing import NOW, SHARED_TITLE, lay_table, put_annex
from tests.agenda.proposing import make_draft, make_submitted
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.search.files import locked_pdf, word_file
from tests.search.test_finding import EITHER, count_of


def run(app: Flask, session: Session, name: str) -> None:
    """What the worker does after the commit."""
    session.commit()
    queue_of(app).run(name)
    session.expire_all()


def states(session: Session) -> list[TextState]:
    """How reading the files went."""
    return list(session.scalars(select(FileText.state).order_by(FileText.state)))


@EITHER
def test_what_was_proposed_is_found_after_the_job(
    kind: str, app: Flask, cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, title="Ganzenbestrijding")
    run(app, session, FOLLOW)
    assert count_of(sign_in_as(cast.mayor), "ganzenbestrijding") == 1
    assert count_of(sign_in_as(cast.tielt_mayor), "ganzenbestrijding") == 0


@EITHER
def test_the_words_of_word_and_pdf_are_found_once_the_worker_read_them(
    kind: str, app: Flask, cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    proposal = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    files = {
        "nota.docx": word_file("Een nota over geluidshinder.", "Tabel met ramingen"),
        "kaart.pdf": one_page_pdf(["Waterbeheersing langs de Mandel"]),
        "geheim.pdf": locked_pdf("Vergrendeld"),
    }
    for name, content in files.items():
        received = receive(file_store(), name, BytesIO(content))
        stored = add_stored_file(received, by=cast.mayor, now=now)
        add_annex(proposal, stored, circle=Circle.ADMINISTRATIONS, by=cast.mayor, now=now)
    run(app, session, FOLLOW)
    browser = sign_in_as(cast.mayor)
    assert count_of(browser, "ramingen") == 0
    assert "wordt nog gelezen" in browser.get("/zoeken?q=nota").text
    for _file in files:
        run(app, session, READ_FILES)
    assert states(session) == [TextState.LOCKED, TextState.READ, TextState.READ]
    assert count_of(browser, "ramingen") == count_of(browser, "mandel waterbeheersing") == 1
    told = browser.get("/zoeken/niet-doorzoekbaar").text
    assert "geheim.pdf" in told
    assert "Vergrendeld met een wachtwoord" in told
    assert "nota.docx" not in told
    assert "geheim.pdf" not in sign_in_as(cast.tielt_mayor).get("/zoeken/niet-doorzoekbaar").text
    remove_annex(proposal.annexes[0], by=cast.mayor, now=now)
    session.commit()
    assert count_of(browser, "ramingen") == 0
    run(app, session, FOLLOW)
    assert session.scalar(select(func.count()).where(SearchEntry.source == Source.ANNEX)) == 2


def test_sending_the_agenda_opens_what_stands_on_it(
    app: Flask, cast: Cast, session: Session, sign_in_as: SignInAs
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    run(app, session, FOLLOW)
    browser = sign_in_as(cast.tielt_mayor)
    assert count_of(browser, SHARED_TITLE) == 0
    send_agenda(table.meeting, message="", by=cast.support, now=NOW)
    run(app, session, FOLLOW)
    assert count_of(browser, SHARED_TITLE) > 0
    audiences = set(
        session.scalars(select(SearchEntry.audience).where(SearchEntry.source == Source.PROPOSAL))
    )
    assert audiences == {Audience.READERS}


def test_what_settled_is_not_read_twice_and_the_rest_is(
    app: Flask, cast: Cast, session: Session, clock: Clock
) -> None:
    proposal = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=clock.moment)
    run(app, session, FOLLOW)
    assert session.get_one(SearchProgress, 1).settled_id == 0
    clock.advance(minutes=5)
    run(app, session, FOLLOW)
    settled = session.get_one(SearchProgress, 1)
    assert settled.settled_id > 0
    turn = settled.turn
    run(app, session, FOLLOW)
    assert session.get_one(SearchProgress, 1).turn == turn
    entry = session.scalars(select(SearchEntry).where(SearchEntry.subject_id == proposal.id)).one()
    assert entry.happened_at_utc == clock.moment - timedelta(minutes=5)


def test_a_file_is_read_once_for_all_who_attach_it(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    for title in ("een", "twee"):
        proposal = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title=title)
        put_annex(proposal, "Nota", Circle.ADMINISTRATIONS)
    for _turn in range(3):
        run(app, session, READ_FILES)
    assert len(states(session)) == 1
