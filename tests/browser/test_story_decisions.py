"""From what was agreed to what every municipality did with it, in a real browser.

A meeting is minuted by two, the regionale energiestrategie goes to all colleges and councils, each
in its own form; a secretariat answers from its mail, and the next meeting sees where all stand.
"""

import io
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.agenda.workflow.sending import send_agenda
from overleg.db import db
from overleg.decisions.models import Outcome
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind
from overleg.decisions.workflow.follow_up import Report, report
from overleg.decisions.workflow.house_styles import PartChoice, Styling, change_house_style
from overleg.decisions.workflow.outcomes import make_ready
from overleg.decisions.workflow.own_templates import add_own_template, use_own_template
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.mail.delivery import deliver_waiting
from overleg.minutes.queries.minutes import outcomes_by_item
from overleg.minutes.workflow.sessions import close_meeting, open_meeting
from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role
from overleg.reports.workflow.writing import begin_and_write
from overleg.word.contexts import PaperKind
from overleg.word.states import ArticleStyle, ProposalPart
from overleg.word.templates import house_bytes
from tests.browser.walking import Walk, enter
from tests.mail.outbox import configure
from tests.minutes.held import SHARED_POINT, Held, next_for, sent_meeting
from tests.plugins.application import Clock
from tests.plugins.browser import PHONE, LiveServer, OpenPage, wait_for_scripts
from tests.plugins.cast import SINCE, Cast
from tests.plugins.smtp import Mailbox
from tests.word.making import saved
from tests.word.reading import words

pytestmark = [pytest.mark.browser, pytest.mark.npm, pytest.mark.each_database]

POINTS = 10
WHY_CHANGED = "Izegem vraagt een eigen warmteplan."
IN_MEETING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
AFTER_COLLEGE = datetime(2026, 3, 17, 8, 0, tzinfo=UTC)
TOO_LATE = datetime(2026, 3, 25, 8, 0, tzinfo=UTC)
REPORTS_ARE_WRITTEN = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
TOWNS = ("izegem", "roeselare", "tielt")

Enter = Callable[..., Walk]


@pytest.fixture
def come_in(app: Flask, live_server: LiveServer, new_page: OpenPage) -> Enter:
    """Somebody who is signed in; their pages are looked at by other tests."""

    def open_for(person: Person) -> Walk:
        page = new_page()
        enter(app, page, live_server, person)
        return Walk(page, wait_for_scripts)

    return open_for


@pytest.fixture
def begun(app: Flask, session: Session, cast: Cast, smtp_server: Mailbox, clock: Clock) -> Held:
    """A meeting of ten points, begun; three municipalities with a form of their own."""
    configure(app, smtp_url=smtp_server.url)
    session.add(
        RoleAssignment(person=cast.partner, role=Role.SUPPORT, body=cast.midwest, valid_from=SINCE)
    )
    give_forms(cast, clock.moment)
    held = sent_meeting(cast.midwest, by=cast.support, more_points=POINTS - 4)
    assert len(held.items()) == POINTS
    deliver_waiting(clock.moment)
    clock.moment = IN_MEETING
    held.open()
    session.commit()
    return held


def give_forms(cast: Cast, now: datetime) -> None:
    """Settings for Tielt and Roeselare, files made in Word for Izegem."""
    tielt = Styling(
        government_name="Stad Tielt",
        address="Markt 13\n8700 Tielt",
        article_style=ArticleStyle.SHORT,
        dossier_pattern="{jaar}-{orgaan}-{punt}",
    )
    roeselare = Styling(
        government_name="Stad Roeselare",
        council_competence_html="<p>Artikel 40 van het decreet lokaal bestuur.</p>",
        parts=[
            PartChoice(ProposalPart.DECISION, "Beslissing van Roeselare"),
            *(PartChoice(part) for part in ProposalPart if part is not ProposalPart.DECISION),
        ],
    )
    for town, styling in ((cast.tielt, tielt), (cast.roeselare, roeselare)):
        change_house_style(town, None, styling, revision=0, by=cast.support, now=now)
    for kind in (PaperKind.COLLEGE_PROPOSAL, PaperKind.COUNCIL_PROPOSAL):
        document = docx.Document(io.BytesIO(house_bytes(kind)))
        document.paragraphs[0].insert_paragraph_before("Izegem: {{ subject }}, op eigen papier")
        received = receive(file_store(), f"{kind}.docx", io.BytesIO(saved(document)))
        stored = add_stored_file(received, by=cast.director, now=now)
        template = add_own_template(cast.izegem, kind, stored, by=cast.director, now=now)
        use_own_template(template, by=cast.director, now=now)


@pytest.mark.libreoffice
def test_what_was_agreed_once_is_decided_in_every_municipality_and_followed(
    session: Session,
    cast: Cast,
    clock: Clock,
    begun: Held,
    come_in: Enter,
    new_page: OpenPage,
    axe: Callable[[Page], None],
    smtp_server: Mailbox,
    tmp_path: Path,
) -> None:
    support, partner = come_in(cast.support), come_in(cast.partner)
    two_minute_the_meeting(support.page, partner.page, begun)
    partner.page.close()  # whoever keeps it open is still heard, whatever the clock says
    outcome = the_meeting_is_over(begun, clock.moment)
    support_releases_to_all(support, outcome)
    printing = print_proposals(support.page, outcome, cast, tmp_path)

    clock.moment = AFTER_COLLEGE
    deliver_waiting(clock.moment)
    tielt = Walk(new_page(size=PHONE), wait_for_scripts)
    tielt_answers_from_the_mail(tielt, smtp_server, cast.secretariat, axe)
    izegem_changes_it(cast, outcome, clock.moment)

    clock.moment = TOO_LATE
    following = Held(next_for(begun), cast.support)
    the_follow_up_is_put_on_the_agenda(support, following)
    each_reads_as_its_own(printing, tmp_path)

    clock.moment = following.begun_at
    the_next_meeting_approves_the_verslag(support, begun, following)

    clock.moment = REPORTS_ARE_WRITTEN
    begin_and_write([cast.tielt], now=clock.moment)
    session.commit()
    the_report_is_placed(come_in(cast.secretariat))


def two_minute_the_meeting(one: Page, two: Page, held: Held) -> None:
    """Each half of the points, in turns, by keyboard."""
    half = POINTS // 2
    items = held.items()
    for page, item in ((one, items[0]), (two, items[half])):
        page.goto(held.verslag(item.title))
        wait_for_scripts(page)
        editor_of(page, item).focus()
    for mine, theirs in zip(items[:half], items[half:], strict=True):
        write_point(one, mine)
        write_point(two, theirs)


def write_point(page: Page, item: AgendaItem) -> None:
    """The discussion, an outcome by its key, and on to the next point."""
    expect(editor_of(page, item)).to_be_focused()
    page.keyboard.type(f"Besproken: {item.title}.")
    page.keyboard.press("Alt+2" if item.title == SHARED_POINT else "Alt+1")
    expect(page.locator(f"#outcome_html-{item.id}-editor")).to_be_focused()
    if item.title == SHARED_POINT:
        page.keyboard.type("elke gemeente voert de strategie uit.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#punt-{item.id} [data-save-state]")).to_contain_text("Bewaard om")


def editor_of(page: Page, item: AgendaItem) -> Locator:
    """Where the discussion of a point is written."""
    return page.locator(f"#text_html-{item.id}-editor")


def the_meeting_is_over(held: Held, now: datetime) -> Outcome:
    """Closed; the agreement on the energy strategy is ready."""
    db.session.expire_all()
    found = outcomes_by_item([item.id for item in held.items()])
    assert len(found) == POINTS
    (outcome,) = found[held.point(SHARED_POINT).id]
    assert outcome.kind is OutcomeKind.AGREEMENT
    close_meeting(held.meeting, by=held.by, now=now)
    make_ready(outcome, by=held.by, now=now)
    db.session.commit()
    return outcome


def support_releases_to_all(support: Walk, outcome: Outcome) -> None:
    support.open(f"/uitkomsten/{outcome.id}/vrijgeven")
    page = support.page
    for town in TOWNS:
        expect(page.get_by_label(town.capitalize(), exact=True)).to_be_checked()
    page.get_by_label("eerst het college, dan de gemeenteraad").check()
    page.get_by_label(re.compile("^Datum")).fill("2026-03-20")
    page.get_by_label("Tielt", exact=True).uncheck()
    expect(page.get_by_role("button", name="Vrijgeven naar 2 gemeenten")).to_be_visible()
    page.get_by_label("Tielt", exact=True).check()
    support.press("Vrijgeven naar 3 gemeenten")
    assert support.reads("De uitkomst is vrijgegeven")
    assert support.reads("College: nog geen van de 3 antwoordde; gemeenteraad: nog geen van de 3")


def print_proposals(
    page: Page, outcome: Outcome, cast: Cast, folder: Path
) -> subprocess.Popen[bytes]:
    """Download every proposal, and have LibreOffice print them all meanwhile."""
    for town in TOWNS:
        for kind in ("collegevoorstel", "gemeenteraadsvoorstel"):
            nis = getattr(cast, town).nis_code
            answer = page.request.get(f"/uitkomsten/{outcome.id}/{kind}/{nis}.docx")
            (folder / f"{kind}-{town}.docx").write_bytes(answer.body())
    files = sorted(path.name for path in folder.glob("*voorstel-*.docx"))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    return subprocess.Popen(
        ["soffice", profile, "--headless", "--convert-to", "pdf", *files],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def each_reads_as_its_own(printing: subprocess.Popen[bytes], folder: Path) -> None:
    """Every file says what its own municipality's form says, and nothing of another's."""
    assert printing.wait(timeout=180) == 0
    printed = {
        (town, kind): " ".join(
            " ".join(
                page.extract_text() for page in PdfReader(folder / f"{kind}-{town}.pdf").pages
            ).split()
        )
        for town in TOWNS
        for kind in ("collegevoorstel", "gemeenteraadsvoorstel")
    }
    own = {
        "izegem": ["Izegem: Regionale energiestrategie, op eigen papier", "Stad Izegem"],
        "roeselare": ["Stad Roeselare", "Beslissing van Roeselare", "Enig artikel"],
        "tielt": ["Stad Tielt Markt 13 · 8700 Tielt", "2026-", "Enig art."],
    }
    for (town, kind), text in printed.items():
        assert [line for line in own[town] if line not in text] == [], (town, kind)
        others = {other.capitalize() for other in TOWNS} - {town.capitalize()}
        assert [other for other in others if other in text] == [], (town, kind)
        assert ("De gemeenteraad besluit" in text) is (kind == "gemeenteraadsvoorstel")
    assert "Artikel 40" in printed["roeselare", "gemeenteraadsvoorstel"]
    assert "Artikel 40" not in printed["roeselare", "collegevoorstel"]


def tielt_answers_from_the_mail(
    tielt: Walk, mailbox: Mailbox, secretariat: Person, axe: Callable[[Page], None]
) -> None:
    """Who never signed in: the link of the mail, one page, one confirmation."""
    (mail,) = (
        each
        for each in mailbox.to(secretariat.email or "")
        if str(each["Subject"]).startswith("Te agenderen in Tielt")
    )
    body = mail.get_body(("plain",))
    assert body is not None
    college, council = re.findall(r"https?://\S+/opvolging/antwoord/\S+", body.get_content())
    assert college != council
    tielt.open(urlsplit(college).path)
    assert tielt.reads("Word-bestand voor het college")
    tielt.page.get_by_label("Stand", exact=True).select_option("approved")
    tielt.page.get_by_label("Datum van de zitting").fill("2026-03-16")
    tielt.page.get_by_label("Nummer van het besluit").fill("2026_CBS_0412")
    tielt.press("Verder")
    assert tielt.reads("2026_CBS_0412")
    axe(tielt.page)
    tielt.press("Bevestigen")
    assert tielt.reads("Gemeld: Regionale energiestrategie is goedgekeurd.")


def izegem_changes_it(cast: Cast, outcome: Outcome, now: datetime) -> None:
    """The college of Izegem decides otherwise, and says why."""
    db.session.expire_all()
    rows = {(row.organisation.slug, row.organ): row for row in outcome.follow_ups}
    row = rows["izegem", Organ.COLLEGE]
    what = Report(FollowUpState.APPROVED_AMENDED, date(2026, 3, 16), remark=WHY_CHANGED)
    report(row, what, revision=row.revision, by=cast.director, now=now)
    db.session.commit()


def the_follow_up_is_put_on_the_agenda(support: Walk, following: Held) -> None:
    """Matrix, summary and deviations; and the same as a point of the next meeting."""
    college = "college: 1 van 3 goedgekeurd, 1 goedgekeurd met wijziging, 1 te agenderen"
    council = "gemeenteraad: nog geen van de 3 antwoordde"
    sentence = f"{college}; 1 daarvan te laat; {council}; 3 daarvan te laat"
    support.open("/opvolging")
    row = support.page.get_by_role("row", name=re.compile(SHARED_POINT)).first
    expect(row).to_contain_text(sentence)
    marks = row.get_by_role("link").filter(has_text=": ")
    assert [mark.strip() for mark in marks.all_inner_texts()] == [
        "college: goedgekeurd met wijziging",
        "gemeenteraad: te agenderen, te laat",
        "college: te agenderen, te laat",
        "gemeenteraad: te agenderen, wacht op college, te laat",
        "college: goedgekeurd",
        "gemeenteraad: te agenderen, te laat",
    ]
    assert support.reads(WHY_CHANGED)
    support.press("Op de agenda zetten")
    points = support.page.locator(".prepare-row")
    expect(points.filter(has_text="Stand van de opvolging")).to_have_count(1)
    paper = f"/vergaderingen/{following.meeting.id}/stand-van-de-opvolging.docx"
    told = words(support.page.request.get(paper).body())
    assert sentence.capitalize() in told
    assert WHY_CHANGED in told


def the_next_meeting_approves_the_verslag(support: Walk, held: Held, following: Held) -> None:
    """By what the table says at its first point."""
    db.session.expire_all()
    before = following.begun_at
    send_agenda(following.meeting, message="", by=held.by, now=before)
    open_meeting(following.meeting, by=held.by, now=before)
    db.session.commit()
    first = following.items()[0]
    support.open(following.verslag(first.title))
    editor_of(support.page, first).focus()
    support.page.keyboard.press("Alt+1")
    expect(support.page.locator(f"#outcome_html-{first.id}-editor")).to_be_focused()
    support.page.keyboard.press("Control+Enter")
    state = support.page.locator(f"#punt-{first.id} [data-save-state]")
    expect(state).to_contain_text("Het verslag van 2 maart 2026 is goedgekeurd.")
    support.open(f"{held.path}/verslag")
    assert support.reads("Goedgekeurd op 30 maart 2026")


def the_report_is_placed(secretariat: Walk) -> None:
    """The month's collegerapport: downloaded, placed, and off the list."""
    secretariat.open("/")
    assert secretariat.reads("Collegerapport april 2026")
    secretariat.follow(re.compile("Collegerapport april 2026"))
    file = secretariat.download(secretariat.page.get_by_role("link", name=re.compile("Word")))
    told = words(file.path().read_bytes())
    assert file.suggested_filename == "collegerapport-tielt-april-2026.docx"
    assert SHARED_POINT in told
    secretariat.follow("Plaatsing melden")
    secretariat.page.get_by_label("Datum van de zitting").fill("2026-04-07")
    secretariat.press("Melden")
    secretariat.open("/")
    assert not secretariat.reads("Collegerapport april 2026")
