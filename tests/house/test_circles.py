"""Each role against each circle, on every way out of the application.

One agenda with a point and an annex of each circle is sent. Whatever way somebody takes, the words
of a circle reach who reads that circle and nobody else.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem, Annex, SentAnnex
from overleg.decisions.models import CanonicalText, FollowUp, Outcome, TextVersion
from overleg.decisions.states import Organ, OutcomeKind, OutcomeState
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.jobs.queue import queue_of
from overleg.mail.models import OutboxMessage
from overleg.reports.queries.reports import Wishes
from overleg.reports.states import ReportKind
from overleg.reports.workflow.settings import change_settings
from overleg.reports.workflow.writing import begin_and_write
from overleg.search.workflow.rebuilding import rebuild_index
from overleg.start.asking import may_open
from tests.agenda.preparing import (
    CLOSED_TITLE,
    NOW,
    PUBLIC_TITLE,
    SHARED_TITLE,
    Table,
)
from tests.house.visiting import VisitAs, Visitor
from tests.plugins.cast import Cast
from tests.word.reading import words

READS = {
    "support": Circle.MAYORS,
    "chair": Circle.MAYORS,
    "mayor": Circle.MAYORS,
    "tielt_mayor": Circle.MAYORS,
    "director": Circle.ADMINISTRATIONS,
    "partner": Circle.ADMINISTRATIONS,
    "secretariat": Circle.ADMINISTRATIONS,
    "other_secretariat": Circle.ADMINISTRATIONS,
    "councillor": Circle.PUBLIC,
    "former_mayor": None,
    "administrator": None,
    "committee_support": None,
    "committee_1": None,
    "committee_mayor": None,
    "stranger": None,
}
"""Up to which circle each of the cast reads in Midwest; None when it does not exist for them."""
TITLES = {
    Circle.PUBLIC: PUBLIC_TITLE,
    Circle.ADMINISTRATIONS: SHARED_TITLE,
    Circle.MAYORS: CLOSED_TITLE,
}
NOT_MAILED = frozenset({"secretariat", "other_secretariat", "councillor"})
"""Who reads, but gets no agenda by mail."""


@dataclass
class Sent:
    """The agenda that was sent, and how somebody looks at it."""

    app: Flask
    session: Session
    cast: Cast
    table: Table
    visit: VisitAs

    @property
    def meeting(self) -> str:
        """The address of the meeting."""
        return f"/vergaderingen/{self.table.meeting.id}"

    def item(self, circle: Circle) -> AgendaItem:
        """The point of a circle."""
        return {
            Circle.PUBLIC: self.table.public,
            Circle.ADMINISTRATIONS: self.table.shared,
            Circle.MAYORS: self.table.closed,
        }[circle]

    def annex(self, circle: Circle) -> Annex:
        """The annex of a circle."""
        return self.session.scalars(
            select(Annex).where(Annex.proposal_id == self.item(circle).proposal_id)
        ).one()

    def sent_annex(self, circle: Circle) -> SentAnnex:
        """The same as it was sent."""
        return self.session.scalars(
            select(SentAnnex).where(SentAnnex.annex_id == self.annex(circle).id)
        ).one()


@pytest.fixture
def sent(app: Flask, session: Session, cast: Cast, sent_table: Table, visit_as: VisitAs) -> Sent:
    """The agenda that was sent, for visitors to look at."""
    return Sent(app, session, cast, sent_table, visit_as)


Way = Callable[[Sent, Person, Visitor], set[Circle]]


def told(text: str) -> set[Circle]:
    """The circles of which the title stands in a text."""
    return {circle for circle, title in TITLES.items() if title in text}


def page(path: Callable[[Sent], str]) -> Way:
    """The titles on one page; nothing where it does not exist."""

    def look(sent: Sent, _person: Person, visitor: Visitor) -> set[Circle]:
        answer = visitor.get(path(sent))
        assert answer.status_code in {200, 404}
        return told(answer.text)

    return look


def each(path: Callable[[Sent, Circle], str]) -> Way:
    """The circles whose own address opens."""

    def look(sent: Sent, _person: Person, visitor: Visitor) -> set[Circle]:
        return {circle for circle in Circle if visitor.get(path(sent, circle)).status_code == 200}

    return look


def in_word(sent: Sent, _person: Person, visitor: Visitor) -> set[Circle]:
    """What the Word file of the agenda tells."""
    answer = visitor.get(f"{sent.meeting}/agenda.docx")
    return told(words(answer.data)) if answer.status_code == 200 else set()


def in_bundles(sent: Sent, _person: Person, visitor: Visitor) -> set[Circle]:
    """What the bundles tell that somebody asks for and downloads, whatever circle they ask."""
    found: set[Circle] = set()
    for circle in Circle:
        visitor.press(f"{sent.meeting}/bundels", {"kring": circle.value, "vorm": "zip"})
    queue_of(sent.app).run("make_bundles")
    page_text = visitor.get(f"{sent.meeting}/documenten").text
    for place in page_text.split("/bundels/")[1:]:
        answer = visitor.get(f"/bundels/{place[:16]}")
        if answer.status_code == 200:
            names = zipfile.ZipFile(BytesIO(answer.data)).namelist()
            found |= told("\n".join(names))
    return found


def by_command(path: Callable[[Sent, Circle], str]) -> Way:
    """The circles of which the command line says that the address opens."""

    def look(sent: Sent, person: Person, _visitor: Visitor) -> set[Circle]:
        return {
            circle
            for circle in Circle
            if may_open(sent.app, str(person.email), path(sent, circle)).allowed
        }

    return look


WAYS: dict[str, Way] = {
    "the agenda": page(lambda sent: sent.meeting),
    "the version as it was sent": page(lambda sent: f"{sent.meeting}?versie=A"),
    "the documents": page(lambda sent: f"{sent.meeting}/documenten"),
    "the list of proposals": page(lambda _sent: "/voorstellen?toon=alle"),
    "the list of dossiers": page(lambda _sent: "/dossiers"),
    "a proposal": each(lambda sent, circle: f"/voorstellen/{sent.item(circle).proposal_id}"),
    "a dossier": each(lambda sent, circle: f"/dossiers/{sent.annex(circle).proposal.dossier_id}"),
    "an annex": each(lambda sent, circle: f"/bijlagen/{sent.annex(circle).id}"),
    "the page of an annex": each(
        lambda sent, circle: f"/bijlagen/{sent.annex(circle).id}/bekijken"
    ),
    "an annex as it was sent": each(
        lambda sent, circle: f"/bijlagen/verstuurd/{sent.sent_annex(circle).id}"
    ),
    "the Word file": in_word,
    "the bundles": in_bundles,
    "the command, of a proposal": by_command(
        lambda sent, circle: f"/voorstellen/{sent.item(circle).proposal_id}"
    ),
    "the command, of a sent annex": by_command(
        lambda sent, circle: f"/bijlagen/verstuurd/{sent.sent_annex(circle).id}"
    ),
}


def expected(name: str) -> set[Circle]:
    """The circles that somebody of the cast reads."""
    reach = READS[name]
    return set(reach.readable) if reach is not None else set()


@pytest.mark.parametrize("way", WAYS)
def test_each_circle_reaches_its_readers_and_nobody_else(way: str, sent: Sent) -> None:
    seen = {}
    for name in READS:
        person = getattr(sent.cast, name)
        seen[name] = WAYS[way](sent, person, sent.visit(person))
    assert seen == {name: expected(name) for name in READS}


def test_the_mail_tells_each_reader_the_own_circle(sent: Sent) -> None:
    by_address: dict[str | None, set[Circle]] = {}
    for mail in sent.session.scalars(select(OutboxMessage)):
        by_address.setdefault(mail.to_email, set()).update(told(mail.text + mail.html))
    seen = {name: by_address.get(getattr(sent.cast, name).email, set()) for name in READS}
    assert seen == {name: set() if name in NOT_MAILED else expected(name) for name in READS}


def test_the_search_finds_what_each_circle_reads(sent: Sent) -> None:
    for _changed in rebuild_index(file_store(), now=NOW):
        sent.session.commit()
    seen = {}
    for name in READS:
        answer = sent.visit(getattr(sent.cast, name)).get("/zoeken?q=deelwagens")
        assert answer.status_code == 200
        seen[name] = told(answer.text)
    assert seen == {name: expected(name) for name in READS}


REPORT_READERS = {
    ReportKind.COLLEGE: ("support", "mayor", "other_secretariat"),
    ReportKind.COUNCIL: ("support", "mayor", "other_secretariat", "councillor"),
}
"""Who reads the regiorapporten of Roeselare, whatever more they read elsewhere."""


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_region_report_tells_the_circle_of_its_organ(kind: ReportKind, sent: Sent) -> None:
    wishes = Wishes(council_month=NOW.month)
    roeselare = sent.cast.roeselare
    change_settings(roeselare, wishes, by=sent.cast.other_secretariat, now=NOW)
    made = {report.kind: report.id for report in begin_and_write([roeselare], now=NOW)}
    sent.session.commit()
    address = f"/regiorapporten/{made[kind]}"
    seen = {}
    for name in READS:
        visitor = sent.visit(getattr(sent.cast, name))
        in_the_file = visitor.get(f"{address}.docx")
        found = told(visitor.get(address).text)
        assert found == (told(words(in_the_file.data)) if in_the_file.status_code == 200 else set())
        seen[name] = found
    readers = REPORT_READERS[kind]
    assert seen == {name: set(kind.circle.readable) if name in readers else set() for name in READS}


def test_nobody_reads_anything_without_signing_in(sent: Sent) -> None:
    nobody = sent.visit(None)
    for circle in Circle:
        annex, proposal_id = sent.annex(circle), sent.item(circle).proposal_id
        for path in (
            sent.meeting,
            f"/voorstellen/{proposal_id}",
            f"/dossiers/{annex.proposal.dossier_id}",
            f"/bijlagen/{annex.id}",
            f"/bijlagen/verstuurd/{sent.sent_annex(circle).id}",
        ):
            answer = nobody.get(path)
            assert answer.status_code in {302, 303}, path
            assert not told(answer.text)


OUTCOMES: dict[str, Callable[[Sent], str]] = {
    "the matrix": lambda _sent: "/opvolging?overleg=alle",
    "the matrix in Excel": lambda _sent: "/opvolging.xlsx?overleg=alle",
    "the matrix in Word": lambda _sent: "/opvolging.docx?overleg=alle",
    "the paper of the standing point": lambda sent: f"{sent.meeting}/stand-van-de-opvolging.docx",
    "the positions": lambda _sent: "/standpunten",
    "the page of the body": lambda _sent: "/overleg/midwestoverleg",
    "the outcomes of the meeting": lambda sent: f"{sent.meeting}/uitkomsten",
}
OF_AN_OUTCOME = ("", "/tekst", "/tekst/1")


@pytest.mark.parametrize("way", OUTCOMES)
def test_each_circle_of_an_outcome_reaches_its_readers_and_nobody_else(
    way: str, sent: Sent
) -> None:
    released_in_each_circle(sent)
    seen = {}
    for name in READS:
        answer = sent.visit(getattr(sent.cast, name)).get(OUTCOMES[way](sent))
        assert answer.status_code in {200, 404}
        seen[name] = told(all_text(answer)) if answer.status_code == 200 else set()
    assert seen == {name: expected(name) for name in READS}


@pytest.mark.parametrize("page_of", OF_AN_OUTCOME)
def test_the_pages_of_an_outcome_open_for_the_readers_of_its_circle(
    page_of: str, sent: Sent
) -> None:
    outcomes = released_in_each_circle(sent)
    for name in READS:
        visitor = sent.visit(getattr(sent.cast, name))
        opened = {
            circle
            for circle, outcome in outcomes.items()
            if visitor.get(f"/uitkomsten/{outcome.id}{page_of}").status_code == 200
        }
        assert opened == expected(name), name


def released_in_each_circle(sent: Sent) -> dict[Circle, Outcome]:
    """An outcome of each circle; nobody of the cast has a role for whom it is asked of."""
    outcomes = {}
    for circle, title in TITLES.items():
        outcomes[circle] = outcome = Outcome(
            item=sent.item(circle),
            kind=OutcomeKind.POSITION,
            title=title,
            text_html="<p>Samen.</p>",
            state=OutcomeState.RELEASED,
            noted_by_name="Ondersteuner",
            noted_at_utc=NOW,
            released_at_utc=NOW,
        )
        row = FollowUp(
            outcome=outcome, organisation=sent.cast.lier, organ=Organ.COLLEGE, opened_at_utc=NOW
        )
        text = CanonicalText(outcome=outcome, subject=title, articles_html="", changed_at_utc=NOW)
        version = TextVersion(
            outcome=outcome,
            number=1,
            subject=title,
            articles_html="",
            issued_by_name="Ondersteuner",
            issued_at_utc=NOW,
        )
        sent.session.add_all([outcome, row, text, version])
    sent.session.commit()
    return outcomes


def all_text(answer: TestResponse) -> str:
    """The text of a page, or of the parts of a Word or Excel file."""
    if not answer.data.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(BytesIO(answer.data)) as parts:
        texts = (parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
        return unescape("\n".join(texts))
