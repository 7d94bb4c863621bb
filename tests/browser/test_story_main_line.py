"""The whole story in a real browser: from a mayor's proposal to a college's answer.

In Midwest the chair validates, in Rivierenland the agendacommissie. At the end a stranger from
Denderregio tries every address that was met.
"""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import vobject
from docx import Document
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.workflow.items import add_own_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.organisations.models import Body, RoleAssignment, Seat
from overleg.organisations.states import Role
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import lay_table, own_point
from tests.agenda.proposing import PDF, make_meeting
from tests.browser.walking import Walk, Walks, enter, named
from tests.plugins.application import Clock
from tests.plugins.browser import LiveServer, OpenPage, Watch
from tests.plugins.cast import MADE_AT, SINCE, Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]

TITLE = "Vrachtwagenparking langs de E403: gezamenlijke keuze van een locatie"
AGREED = "De gemeenten kiezen samen voor de locatie langs de E403 in Roeselare."
ANNEX: FilePayload = {
    "name": "Nota vrachtwagenparking.pdf",
    "mimeType": "application/pdf",
    "buffer": PDF,
}
FOR_ALL = {"/", "/voorstellen", "/voorstellen/nieuw", "/opvolging", "/vergaderingen", "/kalender"}
LISTS = ("/", "/voorstellen", "/vergaderingen", "/opvolging", "/organisaties", "/overleg")


@dataclass(frozen=True)
class Region:
    """Who plays the story: validators agree in turn, the mayor of ``town`` is excused."""

    body: Body
    proposer: Person
    validators: Sequence[Person]
    agrees: str
    support: Person
    town: str
    secretariat: Person
    others: tuple[str, ...]


@pytest.fixture
def region(request: pytest.FixtureRequest, session: Session, cast: Cast) -> Region:
    """Midwest, where the chair validates, or Rivierenland, where four of six agree."""
    if request.param == "midwest":
        return Region(
            body=cast.midwest,
            proposer=cast.mayor,
            validators=[cast.chair],
            agrees="Akkoord",
            support=cast.support,
            town="Tielt",
            secretariat=cast.secretariat,
            others=("Izegem", "Roeselare"),
        )
    mayor = Person(name="Burgemeester Lier", email="lier@cast.test", created_at_utc=MADE_AT)
    office = Person(name="Secretariaat Lier", email="office@cast.test", created_at_utc=MADE_AT)
    session.add_all([mayor, office])
    session.flush()
    session.scalars(select(Seat).where(Seat.organisation_id == cast.lier.id)).one().person = mayor
    session.add(
        RoleAssignment(
            person=office, role=Role.SECRETARIAT, organisation=cast.lier, valid_from=SINCE
        )
    )
    session.commit()
    return Region(
        body=cast.rivierenland,
        proposer=cast.committee_mayor,
        validators=cast.committee[:4],
        agrees="Op de agenda",
        support=cast.committee_support,
        town="Lier",
        secretariat=office,
        others=("Bornem", "Mechelen"),
    )


@pytest.mark.parametrize("region", ["midwest", "rivierenland"], indirect=True)
def test_from_proposal_to_the_decision_of_a_college(
    region: Region,
    session: Session,
    cast: Cast,
    walks: Walks,
    watch: Watch,
    clock: Clock,
    new_page: OpenPage,
) -> None:
    if region.body is not cast.midwest:  # axe sees these pages in Midwest
        walks = Walks(new_page, lambda _page: None)
    meeting = make_meeting(session, region.body, days=18, number=4)
    meeting.place = "Stadhuis"
    first = add_own_item(meeting, own_point("Kennismaking"), by=region.support, now=clock())
    session.commit()

    the_mayor_proposes(walks.at_desk(region.proposer), meeting)
    proposal = session.scalars(select(Proposal)).one()
    for validator in region.validators:
        validates(walks.on_phone(validator), region.agrees)
    support = walks.at_desk(region.support)
    support_sends_the_agenda(support, meeting, region, [first.title, TITLE])
    support_downloads_the_agenda(support)
    support_subscribes_to_the_calendar(support, meeting)
    the_mayor_reads_the_agenda(walks.on_phone(region.proposer), meeting)

    clock.moment = meeting.starts_at_utc + timedelta(minutes=10)
    the_meeting_is_held(support, meeting, region)
    support_releases_the_outcome(support, region)
    the_town_answers(walks.on_phone(region.secretariat), region)
    it_shows_in_the_follow_up(support, meeting, proposal, region)

    watch.expect_status(404)
    met = set(walks.met)
    a_stranger_finds_nothing(walks.at_desk(cast.stranger), met, region.body)


def the_mayor_proposes(mayor: Walk, meeting: Meeting) -> None:
    mayor.follow("Nieuw voorstel")
    mayor.page.get_by_label("Titel").fill(TITLE)
    mayor.write("Toelichting", "Chauffeurs overnachten nu op de pechstrook.")
    mayor.page.get_by_label("ter beslissing").check()
    mayor.page.get_by_label("Gewenste vergadering").select_option(meeting.id)
    mayor.page.locator("input[type=file]").set_input_files(ANNEX)
    mayor.press("Indienen")
    assert mayor.reads("in validatie")
    assert mayor.reads("Nota vrachtwagenparking.pdf")


def validates(validator: Walk, agrees: str) -> None:
    """Three taps at most, from the start page."""
    validator.follow(re.compile("^Bekijken en antwoorden"))
    assert validator.reads(TITLE)
    validator.press(agrees)


def support_sends_the_agenda(
    support: Walk, meeting: Meeting, region: Region, own: list[str]
) -> None:
    support.open(f"/vergaderingen/{meeting.id}/voorbereiden")
    assert support.reads("Gevraagd voor deze vergadering")
    support.press(named("Op de agenda", TITLE))
    assert order_of(support.page) == [*own, "Varia"]
    support.press(named("Omhoog", TITLE))
    assert order_of(support.page) == [*reversed(own), "Varia"]
    support.press(named("Omlaag", TITLE))
    assert order_of(support.page) == [*own, "Varia"]
    support.follow("Agenda versturen")
    assert support.reads(f"Burgemeester {region.town}")
    support.page.get_by_label("Woordje").or_(support.page.locator("textarea")).first.fill(
        "Tot dan!"
    )
    support.press(re.compile("^Versturen naar"))
    assert support.reads("Agenda A is verstuurd")


def order_of(page: Page) -> list[str]:
    """The titles on the agenda, without the first point that is always there."""
    rows = page.locator(".prepare-row")
    return [str(title) for title in rows.evaluate_all("all => all.map(row => row.dataset.title)")]


def support_downloads_the_agenda(support: Walk) -> None:
    paper = support.download(support.page.get_by_role("link", name="Word-bestand"))
    assert paper.suggested_filename.endswith(".docx")
    words = [paragraph.text for paragraph in Document(str(paper.path())).paragraphs]
    assert any(TITLE in text for text in words)
    assert any("pechstrook" in text for text in words)


def support_subscribes_to_the_calendar(support: Walk, meeting: Meeting) -> None:
    support.open("/kalender")
    support.press("Maak het adres")
    address = support.page.get_by_label("Adres om te kopiëren").input_value()
    answer = support.page.request.get(urlsplit(address).path)
    assert answer.headers["content-type"].startswith("text/calendar")
    events = vobject.readOne(answer.body().decode()).vevent_list
    starts = {event.dtstart.value for event in events}
    assert meeting.starts_at_utc in starts
    assert any("Stadhuis" in event.location.value for event in events)


def the_mayor_reads_the_agenda(mayor: Walk, meeting: Meeting) -> None:
    mayor.open(f"/vergaderingen/{meeting.id}")
    expect(mayor.page.get_by_role("heading", name=TITLE)).to_be_visible()
    assert mayor.reads("ter beslissing")


def the_meeting_is_held(support: Walk, meeting: Meeting, region: Region) -> None:
    support.open(f"/vergaderingen/{meeting.id}/deelnemers")
    support.press("Vergadering starten")
    excused = support.page.get_by_role("group", name=re.compile(f"Burgemeester {region.town}"))
    excused.get_by_label("verontschuldigd").check()
    support.press("Alle anderen aanwezig")
    support.follow("Verslag")
    support.page.get_by_role("link", name=named("Schrijven", TITLE)).click()
    point = support.page.locator(".minutes-item.is-open", has_text=TITLE)
    support.write("Bespreking", "De burgemeesters bespreken drie locaties.")
    point.get_by_label("afspraak", exact=True).check()
    point.get_by_label(re.compile("^Titel")).fill(TITLE)
    expect(point.get_by_role("textbox", name="Tekst van de uitkomst")).to_contain_text("akkoord")
    support.write("Tekst van de uitkomst", AGREED)
    point.get_by_role("button", name="Bewaren", exact=True).click()
    expect(point.locator("[data-save-state]")).to_contain_text("Bewaard om")
    support.follow("Vergadering sluiten")
    support.press("Vergadering sluiten")
    assert support.reads(AGREED)


def support_releases_the_outcome(support: Walk, region: Region) -> None:
    with support.page.expect_event("load"):
        support.page.locator("[data-read] .minutes-outcome a", has_text=TITLE).first.click()
    support.look()
    support.press("Klaar om vrij te geven")
    it_can_be_copied_with_its_looks(support.page)
    support.follow("Vrijgeven naar de gemeenten")
    for town in (region.town, *region.others):
        support.page.get_by_label(town).check()
    support.page.get_by_label("het college", exact=True).check()
    support.page.get_by_label(re.compile("^Datum")).fill("2026-05-01")
    support.press(re.compile(r"Vrijgeven naar \d+ gemeenten"))
    assert support.reads("De uitkomst is vrijgegeven")


def it_can_be_copied_with_its_looks(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=named("Kopieer met opmaak", "Besluit")).click()
    expect(page.get_by_role("button", name=named("Gekopieerd", "Besluit"))).to_be_visible()
    looks, words = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const read = async (type) => (await item.getType(type)).text();
          return [await read("text/html"), await read("text/plain")];
        }"""
    )
    assert "<p>" in looks
    assert TITLE in words
    assert "<" not in words


def the_town_answers(office: Walk, region: Region) -> None:
    """From the mail's start page to the Word file: two clicks."""
    office.follow(re.compile("^Word-bestand en melden"))
    paper = office.download(office.page.get_by_role("link", name=re.compile("^Word")))
    words = " ".join(paragraph.text for paragraph in Document(str(paper.path())).paragraphs)
    assert region.town.lower() in paper.suggested_filename.lower()
    assert region.town in words
    assert "college van burgemeester en schepenen" in words.lower()
    assert region.others[0] not in words
    office.follow(re.compile("^Melden"))
    office.page.get_by_label("Stand", exact=True).select_option("approved")
    office.page.get_by_label("Datum van de zitting").fill("2026-03-20")
    office.page.get_by_label("Nummer van het besluit").fill("2026_CBS_0412")
    office.press("Melden")
    assert office.reads("goedgekeurd")
    assert office.reads("2026_CBS_0412")


def it_shows_in_the_follow_up(
    support: Walk, meeting: Meeting, proposal: Proposal, region: Region
) -> None:
    support.open("/opvolging")
    row = support.page.get_by_role("row", name=re.compile(TITLE))
    marks = row.get_by_role("link").filter(has_text="college:")
    towns = sorted((region.town, *region.others))
    assert [mark.strip() for mark in marks.all_inner_texts()] == [
        f"college: {'goedgekeurd' if town == region.town else 'te agenderen'}" for town in towns
    ]
    for path in (f"/vergaderingen/{meeting.id}/historiek", f"/voorstellen/{proposal.id}"):
        support.open(path)
        assert support.reads(TITLE)
    support.open(f"/vergaderingen/{meeting.id}/historiek")
    assert support.reads(region.secretariat.name)


def a_stranger_finds_nothing(stranger: Walk, met: set[str], body: Body) -> None:
    own = {path for path in met if urlsplit(path).path not in FOR_ALL}
    secret = [
        path
        for path in sorted(own)
        if re.search(r"[a-z0-9]{16}|midwest|rivierenland|gemeenten/", path)
    ]
    assert len(secret) > 15
    answers = {path: stranger.page.request.get(path).status for path in secret}
    assert {path: status for path, status in answers.items() if status != 404} == {}
    for path in LISTS:
        stranger.open(path)
        assert "E403" not in stranger.page.content()
        assert body.name not in stranger.page.content()


@pytest.mark.libreoffice
def test_libreoffice_opens_the_agenda_that_was_sent(
    app: Flask,
    session: Session,
    cast: Cast,
    page: Page,
    live_server: LiveServer,
    clock: Clock,
    tmp_path: Path,
) -> None:
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    send_agenda(table.meeting, message="", by=cast.support, now=clock())
    session.commit()
    enter(app, page, live_server, cast.mayor)
    page.goto(f"/vergaderingen/{table.meeting.id}")
    with page.expect_download() as started:
        page.get_by_role("link", name="Word-bestand").click()
    started.value.save_as(tmp_path / "agenda.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "agenda.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = PdfReader(tmp_path / "agenda.pdf").pages
    printed = " ".join(" ".join(each.extract_text() for each in pages).split())
    assert table.shared.title in printed
    assert "Midwestoverleg" in printed
