"""The page shows what was typed and found as text, in a fixed number of statements."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from overleg.db import db
from overleg.jobs.queue import queue_of
from overleg.search.workflow.following import FOLLOW
from tests.agenda.proposing import make_draft
from tests.house.visiting import Visitor
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.search.test_finding import EITHER, count_of

ATTACK = "<script>alert(1)</script> ganzen <img src=x onerror=alert(2)>"


@pytest.mark.parametrize(
    "question",
    [
        '"',
        "'",
        "a' | 'b",
        '" OR "',
        "NEAR(a b)",
        "title_words : x",
        "*",
        "-",
        "(((",
        "\x00",
        "ʼ's",
        "🦆",
    ],
)
@EITHER
def test_whatever_is_typed_the_page_answers(
    kind: str, question: str, cast: Cast, sign_in_as: SignInAs
) -> None:
    page = sign_in_as(cast.support).get("/zoeken", query_string={"q": question, "jaar": "x"})
    assert page.status_code == 200


def test_what_was_written_is_shown_as_text_and_marked(
    app: Flask, cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title=ATTACK)
    session.commit()
    queue_of(app).run(FOLLOW)
    page = sign_in_as(cast.mayor).get("/zoeken?q=ganzen").text
    assert "<mark>ganzen</mark>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_many_hits_take_as_many_statements_as_few(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    visitor = Visitor(app, app.response_class)
    visitor.sign_in(cast.mayor)

    def count(path: str) -> int:
        visitor.get(path)
        seen: list[object] = []

        def note(*arguments: object) -> None:
            seen.append(arguments)

        event.listen(db.engine, "after_cursor_execute", note)
        try:
            assert visitor.get(path).status_code == 200
        finally:
            event.remove(db.engine, "after_cursor_execute", note)
        return len(seen)

    counts = []
    for size in (2, 20):
        for number in range(size):
            make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title=f"Gans {number}")
        session.commit()
        queue_of(app).run(FOLLOW)
        counts.append([count("/zoeken?q=gans"), count("/zoeken?q=gans&soort=voorstel")])
    assert counts[0] == counts[1]
    assert counts[0][1] == counts[0][0] + 2


def test_pages_follow_each_other(
    app: Flask, cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    for number in range(17):
        make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title=f"Gans {number}")
    session.commit()
    queue_of(app).run(FOLLOW)
    browser = sign_in_as(cast.mayor)
    assert "17 gevonden" in browser.get("/zoeken?q=gans").text
    assert count_of(browser, "gans") == 15
    assert browser.get("/zoeken?q=gans&pagina=2").text.count('class="found"') == 2
