"""A session ends while somebody sends files: they go along again, and nobody else gets at them."""

import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from overleg.accounts.kept_input import KEPT_FOR
from overleg.accounts.models import Person
from overleg.agenda.models import Annex, Proposal
from overleg.documents.models import KeptFile
from overleg.jobs.queue import queue_of
from tests.agenda.proposing import PDF, PNG, docx, make_draft
from tests.parsing import parse
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in, shown_forms

NEW = "/voorstellen/nieuw"

Files = list[tuple[BytesIO, str]]
Change = Callable[[dict[str, Any]], dict[str, Any]]


def some_files() -> Files:
    return [
        (BytesIO(PDF), "raming.pdf"),
        (BytesIO(PNG), "map/plan <b>.png"),
        (BytesIO(b""), "leeg.pdf"),
        (BytesIO(b"MZ"), "rekenblad.exe"),
    ]


def form_of(client: ReadingClient, path: str, having: str) -> dict[str, Any]:
    """What an untouched form on a page sends: the one with this field."""
    page = client.get(path)
    forms = shown_forms(parse(page.text))
    form = next(f for f in forms if any(field.get("name") == having for field in f.iter()))
    return filled_in(form)


def sent_too_late(
    client: ReadingClient, person: Person, files: Files, *, change: Change = dict
) -> TestResponse:
    """Fill in a proposal with files, and send it after the session ended."""
    client.sign_in(person)
    fields = form_of(client, NEW, "files") | {"title": "Fietspad", "files": files}
    end_session(client)
    return client.post(NEW, data=change(fields), content_type="multipart/form-data")


def end_session(client: ReadingClient) -> None:
    with client.session_transaction() as session:
        del session["_user_id"]


def page_after(client: ReadingClient, asked: TestResponse, person: Person) -> TestResponse:
    """Sign in, and go on to the page that was asked for."""
    assert asked.status_code == 303
    client.sign_in(person)
    return client.get(parse_qs(urlsplit(asked.location).query)["verder"][0])


def offered(page: TestResponse) -> list[str]:
    return re.findall(r'name="kept_file" value="(\w+)"', page.text)


def bytes_kept(app: Flask) -> list[Path]:
    folder: Path = app.extensions["settings"].instance_path / "kept-files"
    return [path for path in folder.rglob("*") if path.is_file()]


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(KeptFile)) or 0


def test_the_files_go_along_after_signing_in(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    back = page_after(client, sent_too_late(client, cast.mayor, some_files()), cast.mayor)
    assert "Dit gaat mee: plan &lt;b&gt;.png, raming.pdf." in back.text
    assert "Kies opnieuw: leeg.pdf, rekenblad.exe." in back.text
    picture, estimate = offered(back)

    fields = form_of(client, back.request.full_path, "files")
    assert fields["title"] == "Fietspad"
    more = {"kept_file": [picture, estimate], "files": [(BytesIO(docx()), "brief.docx")]}
    # It ends once more, and then the picture is left out.
    end_session(client)
    asked = client.post(NEW, data=fields | more, content_type="multipart/form-data")
    back = page_after(client, asked, cast.mayor)
    assert len(offered(back)) == 3
    fields = form_of(client, back.request.full_path, "files")
    again = fields | {"kept_file": [each for each in offered(back) if each != picture]}
    client.post(NEW, data=again | {"actie": "bewaren"}, content_type="multipart/form-data")
    titles = session.scalars(select(Annex.title).order_by(Annex.title)).all()
    assert titles == ["brief.docx", "raming.pdf"]


def test_a_file_with_a_long_name_goes_along_too(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    files = [(BytesIO(PDF), "n" * 130 + ".pdf")]
    back = page_after(client, sent_too_late(client, cast.mayor, files), cast.mayor)
    fields = form_of(client, back.request.full_path, "files")
    sent = fields | {"kept_file": offered(back), "actie": "bewaren"}
    answer = client.post(NEW, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302
    assert session.scalars(select(Annex.title)).one() == "n" * 116 + ".pdf"


def test_a_form_that_is_nothing_but_a_file_brings_it_back_too(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=cast.mayor.created_at_utc)
    client.sign_in(cast.mayor)
    path = f"/voorstellen/{draft.id}/wijzigen"
    fields = form_of(client, path, "files") | {"files": (BytesIO(PDF), "nota.pdf")}
    client.post(path, data=fields | {"actie": "bewaren"}, content_type="multipart/form-data")
    annex = session.scalars(select(Annex)).one()
    page = f"/bijlagen/{annex.id}/bekijken"
    fields = form_of(client, page, "file") | {"file": (BytesIO(PDF + b"\n"), "nota2.pdf")}
    end_session(client)
    asked = client.post(
        f"/bijlagen/{annex.id}/vervangen",
        data=fields,
        headers={"Referer": f"http://localhost{page}"},
    )
    back = page_after(client, asked, cast.mayor)
    client.post(
        f"/bijlagen/{annex.id}/vervangen", data={**fields, "file": b"", "kept_file": offered(back)}
    )
    assert annex.file.name == "nota2.pdf"


def test_nobody_else_gets_them(app: Flask, client: ReadingClient, cast: Cast) -> None:
    asked = sent_too_late(client, cast.mayor, some_files())
    assert len(bytes_kept(app)) == 2
    others = page_after(client, asked, cast.tielt_mayor)
    assert offered(others) == []
    assert "Kies opnieuw: raming.pdf" in others.text


def test_an_id_of_another_persons_file_brings_nothing(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    sent_too_late(client, cast.mayor, some_files())
    ids = session.scalars(select(KeptFile.id)).all()
    client.sign_in(cast.tielt_mayor)
    fields = form_of(client, NEW, "files") | {"title": "Fietspad", "kept_file": list(ids)}
    client.post(NEW, data=fields | {"actie": "bewaren"}, content_type="multipart/form-data")
    assert session.scalars(select(Proposal)).one().annexes == []


@pytest.mark.parametrize(
    "proof", [None, "", "gemaakt", "ImFiY2RlZmdoMjM0NTY3ODki.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"]
)
def test_of_whom_we_do_not_know_no_file_is_kept(
    app: Flask, client: ReadingClient, cast: Cast, proof: str | None
) -> None:
    def unproven(fields: dict[str, Any]) -> dict[str, Any]:
        others = {name: value for name, value in fields.items() if name != "opened_by"}
        return others if proof is None else others | {"opened_by": proof}

    asked = sent_too_late(client, cast.mayor, some_files(), change=unproven)
    assert bytes_kept(app) == []
    back = page_after(client, asked, cast.mayor)
    assert "Kies opnieuw: raming.pdf, plan &lt;b&gt;.png, leeg.pdf, rekenblad.exe." in back.text


@pytest.mark.own_app
def test_nobody_fills_the_disk(
    app: Flask, client: ReadingClient, cast: Cast, session: Session
) -> None:
    small = replace(app.extensions["settings"], max_annex_bytes=100)
    app.extensions["settings"] = small
    six = [(BytesIO(PDF + bytes(40) + b"%d" % n), f"{n}.pdf") for n in range(6)]
    sent_too_late(client, cast.mayor, six)
    assert 0 < sum(path.stat().st_size for path in bytes_kept(app)) <= 300

    app.extensions["settings"] = replace(small, max_annex_bytes=10_000)
    for turn in range(2):
        many = [(BytesIO(PDF + b"%d %d" % (turn, n)), f"{n}.pdf") for n in range(15)]
        sent_too_late(client, cast.mayor, many)
    assert kept(session) == 20


def test_after_a_day_they_are_gone(
    app: Flask, client: ReadingClient, cast: Cast, clock: Clock, session: Session
) -> None:
    asked = sent_too_late(client, cast.mayor, some_files())
    clock.moment += KEPT_FOR
    clock.advance(minutes=1)
    assert offered(page_after(client, asked, cast.mayor)) == []
    just_now, long_ago = bytes_kept(app)
    os.utime(long_ago, (0, time.time() - 7200))
    session.commit()
    queue_of(app).run("forget_kept_files")
    assert kept(session) == 0
    assert bytes_kept(app) == [just_now]  # its row might still have been on its way
