"""The agenda with its annexes in one file: per circle, made by the worker, kept for a week."""

import shutil
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from pypdf import PdfReader, PdfWriter
from sqlalchemy.orm import Session

from overleg.agenda import bundling
from overleg.agenda.bundle_files import BundleAnnex, BundlePoint, write_pdf
from overleg.agenda.bundling import ask_bundle, bundle_path, forget_old_bundles, make_bundles
from overleg.agenda.models import Bundle
from overleg.agenda.queries.bundles import is_stale
from overleg.agenda.queries.versions import versions_of
from overleg.agenda.states import BundleFormat, BundleState
from overleg.agenda.workflow.items import change_item
from overleg.documents.states import Circle
from overleg.jobs.queue import queue_of
from overleg.scheduling.queries import previous_meeting
from overleg.scheduling.states import MeetingState
from tests.agenda.preparing import (
    CLOSED_TITLE,
    NOW,
    PUBLIC_TITLE,
    SHARED_TITLE,
    Table,
    own_point,
)
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


def ask(client: ReadingClient, table: Table, circle: Circle, form: str = "zip") -> int:
    address = f"/vergaderingen/{table.meeting.id}/bundels"
    return client.press(address, {"kring": circle.value, "vorm": form}).status_code


def documents(client: ReadingClient, table: Table) -> str:
    return client.get(f"/vergaderingen/{table.meeting.id}/documenten").get_data(as_text=True)


def the_bundle(session: Session) -> Bundle:
    session.expire_all()
    return session.query(Bundle).one()


def test_a_mayor_asks_for_all_files_and_downloads_them_once_they_are_made(
    app: Flask, session: Session, cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    mayor = sign_in_as(cast.mayor)
    assert "Alle bestanden (zip)" in documents(mayor, sent)
    assert "Eén pdf met bladwijzers" in documents(mayor, sent)
    assert ask(mayor, sent, Circle.MAYORS) == 302
    assert "Wordt gemaakt: 0 van 4" in documents(mayor, sent)
    queue_of(app).run("make_bundles")
    bundle = the_bundle(session)
    assert (bundle.state, bundle.done, bundle.total) == (BundleState.READY, 4, 4)
    assert f"/bundels/{bundle.id}" in documents(mayor, sent)
    answer = mayor.get(f"/bundels/{bundle.id}")
    assert "agenda-midwestoverleg-2026-02-A.zip" in answer.headers["Content-Disposition"]
    names = zipfile.ZipFile(BytesIO(answer.data)).namelist()
    assert names == [
        "agenda-midwestoverleg-2026-02.docx",
        f"02 {PUBLIC_TITLE}/01 Nota bij {PUBLIC_TITLE}.pdf",
        f"03 {SHARED_TITLE}/01 Nota bij {SHARED_TITLE}.pdf",
        f"04 {CLOSED_TITLE}/01 Nota bij {CLOSED_TITLE}.pdf",
    ]


@pytest.mark.parametrize(
    ("state", "circle", "goes_along"),
    [
        (MeetingState.APPROVED, Circle.ADMINISTRATIONS, True),
        (MeetingState.MINUTES, Circle.MAYORS, True),
        (MeetingState.MINUTES, Circle.ADMINISTRATIONS, False),
        (MeetingState.IN_SESSION, Circle.MAYORS, False),
    ],
)
def test_the_verslag_that_is_to_be_approved_goes_along_where_it_may_be_read(
    app: Flask,
    session: Session,
    cast: Cast,
    sign_in_as: SignInAs,
    sent: Table,
    state: MeetingState,
    circle: Circle,
    goes_along: bool,
) -> None:
    before = previous_meeting(sent.meeting)
    assert before is not None
    before.state = state
    session.commit()
    reader = sign_in_as(cast.mayor if circle is Circle.MAYORS else cast.director)
    page = reader.get(f"/vergaderingen/{sent.meeting.id}/documenten").text
    assert (f"/vergaderingen/{before.id}/verslag.docx" in page) is goes_along
    ask_bundle(versions_of(sent.meeting.id)[0], circle, BundleFormat.ZIP, now=NOW)
    session.commit()
    queue_of(app).run("make_bundles")
    bundle = the_bundle(session)
    names = zipfile.ZipFile(bundle_path(bundle)).namelist()
    along = [name for name in names if name.endswith("/01 verslag-midwestoverleg-2026-01.docx")]
    assert len(along) == goes_along
    assert bundle.done == bundle.total
    before.state = MeetingState.APPROVED
    session.commit()
    assert is_stale(bundle) is (state is not MeetingState.APPROVED)


def test_a_bundle_holds_and_reaches_its_own_circle_only(
    app: Flask, session: Session, cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    director = sign_in_as(cast.director)
    assert ask(director, sent, Circle.MAYORS) == 404
    assert ask(director, sent, Circle.ADMINISTRATIONS) == 302
    queue_of(app).run("make_bundles")
    bundle = the_bundle(session)
    names = zipfile.ZipFile(bundle_path(bundle)).namelist()
    assert not [name for name in names if CLOSED_TITLE in name]
    assert director.get(f"/bundels/{bundle.id}").status_code == 200
    bundle.circle = Circle.MAYORS
    session.commit()
    assert director.get(f"/bundels/{bundle.id}").status_code == 404
    assert sign_in_as(cast.stranger).get(f"/bundels/{bundle.id}").status_code == 404


def test_a_point_that_was_closed_since_takes_the_bundle_away(
    app: Flask, session: Session, cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    director = sign_in_as(cast.director)
    ask(director, sent, Circle.ADMINISTRATIONS)
    queue_of(app).run("make_bundles")
    bundle = the_bundle(session)
    text = own_point(SHARED_TITLE, circle=Circle.MAYORS)
    change_item(sent.shared, text, revision=sent.shared.revision, by=cast.support, now=NOW)
    session.commit()
    assert director.get(f"/bundels/{bundle.id}").status_code == 404
    assert "Maken" in documents(director, sent)
    ask(director, sent, Circle.ADMINISTRATIONS)
    queue_of(app).run("make_bundles")
    names = zipfile.ZipFile(bundle_path(the_bundle(session))).namelist()
    assert not [name for name in names if SHARED_TITLE in name]


def test_asking_twice_makes_it_once(session: Session, sent: Table) -> None:
    version = versions_of(sent.meeting.id)[0]
    first = ask_bundle(version, Circle.MAYORS, BundleFormat.ZIP, now=NOW)
    assert ask_bundle(version, Circle.MAYORS, BundleFormat.ZIP, now=NOW) is first


def test_what_cannot_be_made_says_so_and_can_be_asked_again(
    app: Flask, session: Session, cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    mayor = sign_in_as(cast.mayor)
    ask(mayor, sent, Circle.MAYORS)
    in_the_way = bundle_path(the_bundle(session)).parent
    shutil.rmtree(in_the_way, ignore_errors=True)
    in_the_way.write_text("geen map")
    queue_of(app).run("make_bundles")
    assert the_bundle(session).state is BundleState.FAILED
    assert "kon niet gemaakt worden" in documents(mayor, sent)
    in_the_way.unlink()
    ask(mayor, sent, Circle.MAYORS)
    queue_of(app).run("make_bundles")
    assert the_bundle(session).state is BundleState.READY


def test_a_bundle_is_held_from_when_it_is_begun_also_late_in_a_long_run(
    app: Flask, session: Session, clock: Clock, sent: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = versions_of(sent.meeting.id)[0]
    for circle in (Circle.ADMINISTRATIONS, Circle.MAYORS):
        ask_bundle(version, circle, BundleFormat.ZIP, now=clock())
    session.commit()
    begun = []

    def write_slowly(target: Path, *_what: object) -> None:
        begun.append(target)
        clock.advance(minutes=20)
        if len(begun) == 2:
            make_bundles(clock())  # another worker, while this one makes the second
        target.touch()

    monkeypatch.setattr(bundling, "write_zip", write_slowly)
    make_bundles(clock())
    assert len(begun) == len(set(begun)) == 2


def test_a_bundle_is_forgotten_after_a_week(
    app: Flask, session: Session, cast: Cast, sign_in_as: SignInAs, sent: Table
) -> None:
    ask(sign_in_as(cast.mayor), sent, Circle.MAYORS)
    queue_of(app).run("make_bundles")
    bundle = the_bundle(session)
    path, made = bundle_path(bundle), bundle.made_at_utc
    assert made is not None
    forget_old_bundles(made + timedelta(days=6))
    assert path.is_file()
    forget_old_bundles(made + timedelta(days=8))
    session.commit()
    assert not path.exists()
    assert session.query(Bundle).count() == 0


def annex(folder: Path, name: str, content: bytes) -> BundleAnnex:
    path = folder / f"bron-{name}"
    path.write_bytes(content)
    return BundleAnnex(name.partition(".")[0], name, path)


def pdf(pages: int, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.libreoffice
def test_one_pdf_has_bookmarks_and_page_numbers_and_names_what_it_cannot_hold(
    tmp_path: Path,
) -> None:
    word = tmp_path / "brief.docx"
    shutil.copy(sample_word(tmp_path), word)
    points = [
        BundlePoint(2, "Zwembaden (regio)", [annex(tmp_path, "plan.pdf", pdf(2))]),
        BundlePoint(
            5,
            "Bijlagen die niet kunnen",
            [
                annex(tmp_path, "geheim.pdf", pdf(1, "slot")),
                annex(tmp_path, "kapot.pdf", b"%PDF-1.7 kapot"),
                annex(tmp_path, "raming.xlsx", b"rekenblad"),
                annex(tmp_path, "brief.docx", word.read_bytes()),
            ],
        ),
    ]
    steps: list[int] = []
    target = tmp_path / "bundel.pdf"
    write_pdf(target, word.read_bytes(), "Agenda A", points, steps.append)
    made = PdfReader(target)
    assert steps[-1] == 5
    outline = [entry.title for entry in made.outline if not isinstance(entry, list)]
    assert outline == ["Agenda", "2. Zwembaden (regio)", "5. Bijlagen die niet kunnen"]
    texts = [page.extract_text() for page in made.pages]
    assert f"3 / {len(texts)}" in texts[2]
    whole = "\n".join(texts)
    assert "met een wachtwoord beveiligd" in whole
    assert "is beschadigd" in whole
    assert "kan niet in deze pdf" in whole
    assert made.metadata is not None
    assert made.metadata.title == "Agenda A"


def sample_word(folder: Path) -> Path:
    """A small Word file."""
    document = Document()
    document.add_paragraph("Beste collega")
    path = folder / "voorbeeld.docx"
    document.save(str(path))
    return path
