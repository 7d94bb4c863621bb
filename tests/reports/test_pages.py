"""From the start page to "geplaatst": the pages of the regiorapporten, for who may see them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import ProposalState
from overleg.decisions.models import HouseStyle
from overleg.documents.states import Circle
from overleg.mail.models import OutboxMessage
from overleg.minutes.workflow.sessions import approve_minutes
from overleg.organisations.models import Seat
from overleg.organisations.states import SeatFunction, SeatKind
from overleg.reports.contents import from_json
from overleg.reports.models import RegionReport
from overleg.reports.queries.reports import Wishes
from overleg.reports.states import ReportForm, ReportKind
from overleg.reports.workflow.settings import change_settings
from overleg.reports.workflow.writing import begin_and_write, write_region_reports
from tests.agenda.proposing import make_meeting
from tests.parsing import parse
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import SINCE, Cast
from tests.reading import ReadingClient, text_of
from tests.reports.conftest import Month, written
from tests.word.reading import headings, opened, words


def test_the_month_is_downloaded_placed_and_off_the_list(
    client: ReadingClient, session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    report = written(session, cast.tielt, clock.moment)
    client.sign_in(cast.secretariat)
    assert "Collegerapport april 2026" in client.get("/").text
    page = client.get(f"/regiorapporten/{report.id}").text
    assert "Samen sporten" in page
    assert "Opnieuw schrijven neemt op wat sindsdien gebeurde." in page
    answer = client.get(f"/regiorapporten/{report.id}.docx")
    assert "collegerapport-tielt-april-2026.docx" in answer.headers["Content-Disposition"]
    assert "Samen sporten" in words(answer.data)
    address = f"/regiorapporten/{report.id}/plaatsen"
    wrong = client.send(address, {"day": "2026-03-30"})
    assert wrong.status_code == 422
    assert "vóór april 2026" in wrong.text
    right = client.send(address, {"day": "2026-04-07", "reference_number": "2026/CBS/9"})
    assert right.status_code == 302
    assert "Collegerapport april 2026" not in client.get("/").text
    page = client.get("/gemeenten/37022/regiorapporten").text
    assert "Kalender van 2026" in page
    assert "<p>Collegerapporten: 1 van 1 geplaatst.</p>" in page
    assert "april 2026: op tijd geplaatst, 7/04/2026" in page
    (legend,) = (each for each in parse(page).iter("ul") if each.get("class") == "matrix-legend")
    assert [text_of(each) for each in legend] == [
        "niet van toepassing",
        "komt nog",
        "loopt, nog niet geschreven",
        "op tijd geplaatst",
    ]
    placed = client.get(f"/regiorapporten/{report.id}").text
    assert "Opnieuw schrijven" not in placed
    assert placed.index("Geplaatst op") < placed.index("Toch niet geplaatst")
    assert placed.index("Toch niet geplaatst") < placed.index("Gaat over"), "beside what it undoes"
    assert client.press(f"/regiorapporten/{report.id}/terugnemen", {}).status_code == 302
    assert "Collegerapport april 2026" in client.get("/").text


def test_the_first_page_asks_for_the_oldest_report_first(
    client: ReadingClient, session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    written(session, cast.tielt, clock.moment)
    clock.moment = datetime.fromisoformat("2026-05-04T03:00:00+00:00")
    written(session, cast.tielt, clock.moment)
    client.sign_in(cast.secretariat)
    page = text_of(parse(client.get("/").text))
    assert "Collegerapport april 2026" in page
    assert "30 april 2026 (4 dagen te laat)" in page
    assert "nog 1 later rapport wacht" in page
    assert "Collegerapport mei 2026" not in page


def test_the_word_file_carries_the_municipality_s_own_form(
    client: ReadingClient, session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    wishes = Wishes(form=ReportForm.BRIEF, introduction_html="<p>Op grond van artikel 8.</p>")
    change_settings(cast.tielt, wishes, by=cast.secretariat, now=clock.moment)
    session.add(
        HouseStyle(
            organisation=cast.tielt,
            government_name="Stad Tielt",
            address="Markt 13",
            changed_at_utc=clock.moment,
            changed_by_name="Secretariaat Tielt",
        )
    )
    report = written(session, cast.tielt, clock.moment)
    client.sign_in(cast.secretariat)
    blob = client.get(f"/regiorapporten/{report.id}.docx").data
    assert headings(blob) == [
        ("Title", "Regiowerking – april 2026"),
        ("Heading 1", "Inleiding"),
        ("Heading 1", "Vergaderingen"),
        ("Heading 2", "Midwestoverleg van 2 maart 2026"),
        ("Heading 1", "Uitkomsten"),
        ("Heading 1", "Nog op te volgen in de gemeente"),
    ]
    document = opened(blob)
    assert document.core_properties.author == "Stad Tielt"
    assert document.core_properties.language == "nl-BE"
    letterhead = document.sections[0].first_page_header.paragraphs
    assert [line.text for line in letterhead] == ["Stad Tielt", "Markt 13"]
    told = words(blob)
    assert "Op grond van artikel 8." in told
    assert "Elke gemeente keurt het plan goed." not in told


@pytest.mark.parametrize(
    ("kind", "no_points", "no_text"),
    [
        (
            ReportKind.COLLEGE,
            "Naast de vaste punten stonden er geen punten voor de kring besturen op de agenda.",
            "Goedgekeurd zonder tekst voor de kring besturen: Midwestoverleg van 2 maart 2026.",
        ),
        (
            ReportKind.COUNCIL,
            "Naast de vaste punten stonden er geen openbare punten op de agenda.",
            "Goedgekeurd zonder openbare tekst: Midwestoverleg van 2 maart 2026.",
        ),
    ],
)
def test_a_meeting_of_which_nothing_may_be_told_says_so(
    client: ReadingClient,
    session: Session,
    cast: Cast,
    month: Month,
    clock: Clock,
    kind: ReportKind,
    no_points: str,
    no_text: str,
) -> None:
    for item in (month.table.public, month.table.shared, month.table.closed):
        item.circle = Circle.MAYORS
    make_meeting(session, cast.midwest, days=30, number=3)
    approve_minutes(month.meeting, by=cast.support, now=clock.moment)
    change_settings(cast.tielt, Wishes(council_month=4), by=cast.secretariat, now=clock.moment)
    report = written(session, cast.tielt, clock.moment, kind)
    client.sign_in(cast.secretariat)
    page = text_of(parse(client.get(f"/regiorapporten/{report.id}").text))
    blob = client.get(f"/regiorapporten/{report.id}.docx").data
    for told in (page, words(blob)):
        assert no_points in told
        assert no_text in told
    assert headings(blob).count(("Heading 2", "Midwestoverleg van 2 maart 2026")) == 1
    change_settings(
        cast.tielt,
        Wishes(form=ReportForm.BRIEF, council_month=4, revision=1),
        by=cast.secretariat,
        now=clock.moment,
    )
    session.commit()
    page = text_of(parse(client.get(f"/regiorapporten/{report.id}").text))
    blob = client.get(f"/regiorapporten/{report.id}.docx").data
    for told in (page, words(blob)):
        assert no_points not in told
        assert "Goedgekeurd: Midwestoverleg van 2 maart 2026." in told


def test_a_quiet_month_has_a_form_that_says_so(
    client: ReadingClient, session: Session, cast: Cast, clock: Clock
) -> None:
    report = written(session, cast.tielt, clock.moment)
    client.sign_in(cast.secretariat)
    assert "Niets te melden" in client.get(f"/regiorapporten/{report.id}").text
    blob = client.get(f"/regiorapporten/{report.id}.docx").data
    assert headings(blob)[1] == ("Heading 1", "Niets te melden")
    assert "kwam geen overleg van de regio samen" in words(blob)


@pytest.mark.parametrize(
    ("who", "college", "council", "region"),
    [
        ("secretariat", 404, 404, 404),
        ("other_secretariat", 200, 200, 404),
        ("mayor", 200, 200, 404),
        ("councillor", 404, 200, 404),
        ("tielt_mayor", 404, 404, 404),
        ("chair", 404, 404, 404),
        ("partner", 404, 404, 404),
        ("support", 200, 200, 200),
        ("committee_support", 404, 404, 404),
        ("administrator", 404, 404, 404),
        ("stranger", 404, 404, 404),
    ],
)
def test_a_report_is_for_its_own_municipality_and_support_staff(
    session: Session,
    cast: Cast,
    clock: Clock,
    sign_in_as: SignInAs,
    who: str,
    college: int,
    council: int,
    region: int,
) -> None:
    wishes = Wishes(council_month=3)
    change_settings(cast.roeselare, wishes, by=cast.other_secretariat, now=clock.moment)
    made = {r.kind: r for r in begin_and_write([cast.roeselare], now=clock.moment)}
    session.commit()
    client = sign_in_as(getattr(cast, who))
    reports = made[ReportKind.COLLEGE], made[ReportKind.COUNCIL]
    for report, status in zip(reports, (college, council), strict=True):
        assert client.get(f"/regiorapporten/{report.id}").status_code == status
        assert client.get(f"/regiorapporten/{report.id}.docx").status_code == status
    calendar = client.get("/gemeenten/36015/regiorapporten")
    assert calendar.status_code == council
    assert ("maart 2026: te plaatsen" in calendar.text) is (college == 200)
    assert client.get("/regios/midwest/regiorapporten").status_code == region


def test_support_staff_of_elsewhere_know_no_report_of_a_guest_at_their_table(
    cast: Cast, month: Month, clock: Clock, sign_in_as: SignInAs, session: Session
) -> None:
    report = written(session, cast.tielt, clock.moment)
    session.add(
        Seat(
            body=cast.rivierenland,
            organisation=cast.tielt,
            function=SeatFunction.MAYOR,
            kind=SeatKind.GUEST,
            valid_from=SINCE,
        )
    )
    session.commit()
    client = sign_in_as(cast.committee_support)
    for address in (
        "/gemeenten/37022/regiorapporten",
        f"/regiorapporten/{report.id}",
        f"/regiorapporten/{report.id}.docx",
        f"/regiorapporten/{report.id}/plaatsen",
    ):
        assert client.get(address).status_code == 404, address
    assert client.press(f"/regiorapporten/{report.id}/schrijven", {}).status_code == 404


def test_who_may_read_only_part_of_a_report_is_told_so_and_gets_no_half_paper(
    cast: Cast, month: Month, clock: Clock, sign_in_as: SignInAs, session: Session
) -> None:
    report = written(session, cast.tielt, clock.moment)
    told = from_json(report.contents)
    elsewhere = replace(told.held[0], body_id=cast.rivierenland.id)
    report.contents = replace(told, held=(elsewhere,), outcomes=(), approved=()).as_json()
    session.commit()
    client = sign_in_as(cast.support)
    page = client.get(f"/regiorapporten/{report.id}").text
    assert "U leest enkel wat over uw eigen overleggen gaat." in page
    assert "Niets te melden" not in page
    assert "Word-bestand" not in page
    refused = client.get(f"/regiorapporten/{report.id}.docx")
    assert refused.status_code == 403
    assert "Het secretariaat van Tielt heeft het volledige Word-bestand." in refused.text
    own = sign_in_as(cast.secretariat)
    assert own.get(f"/regiorapporten/{report.id}.docx").data.startswith(b"PK")


def test_what_is_to_be_placed_stands_in_the_order_of_its_last_day(
    client: ReadingClient, session: Session, cast: Cast, clock: Clock
) -> None:
    for _month in range(2):
        write_region_reports(clock.moment)
        clock.moment += timedelta(days=31)
    session.commit()
    client.sign_in(cast.secretariat)
    page = client.get("/gemeenten/37022/regiorapporten").text
    assert page.index("Collegerapport maart 2026") < page.index("Collegerapport april 2026")
    assert page.index("Collegerapport april 2026") < page.index("Gemeenteraadsrapport eerste helft")


def test_what_is_to_be_placed_stays_whatever_year_is_looked_at(
    client: ReadingClient, session: Session, cast: Cast, clock: Clock
) -> None:
    report = written(session, cast.tielt, clock.moment)
    clock.moment = clock.moment.replace(year=2027, month=1, day=4)
    client.sign_in(cast.secretariat)
    for year in (2026, 2027):
        page = client.get(f"/gemeenten/37022/regiorapporten?jaar={year}").text
        assert f"Kalender van {year}" in page
        assert page.count(f'<a href="/regiorapporten/{report.id}">{report.title}</a>') == 1


def test_the_region_sees_all_municipalities_in_one_picture(
    client: ReadingClient, session: Session, cast: Cast, clock: Clock
) -> None:
    write_region_reports(clock.moment)
    session.commit()
    client.sign_in(cast.support)
    page = client.get("/regios/midwest/regiorapporten").text
    assert "de twaalf collegerapporten en de twee gemeenteraadsrapporten van 2026" in page
    for name in ("Izegem", "Roeselare", "Tielt"):
        assert name in page
    assert page.count("maart 2026: te plaatsen") == 2 * 3
    assert page.count("eerste helft van 2026: loopt") == 2 * 3
    assert "niet geplaatst" not in page
    assert "Mechelen" not in page
    assert client.get("/regios/rivierenland/regiorapporten").status_code == 404
    assert client.get("/regios/midwest/regiorapporten?jaar=1990").status_code == 404
    clock.advance(days=31)
    page = client.get("/regios/midwest/regiorapporten").text
    assert page.count("maart 2026: te laat") == 2 * 3
    assert page.count("Collegerapporten: 0 van 1 geplaatst · 1 te laat") == 3


def test_a_point_of_the_college_becomes_a_proposal_of_the_municipality(
    client: ReadingClient, session: Session, cast: Cast, clock: Clock
) -> None:
    report = written(session, cast.tielt, clock.moment)
    client.sign_in(cast.secretariat)
    answer = client.send(
        f"/regiorapporten/{report.id}/punt",
        {
            "body_id": cast.midwest.id,
            "title": "Wateroverlast in de Mandelvallei",
            "speaker_id": cast.tielt_mayor.id,
        },
    )
    assert answer.headers["Location"].endswith(f"/regiorapporten/{report.id}")
    assert "Wateroverlast in de Mandelvallei" in client.get(f"/regiorapporten/{report.id}").text
    proposal = session.scalars(select(Proposal)).one()
    assert (proposal.organisation_id, proposal.state) == (cast.tielt.id, ProposalState.DRAFT)
    assert proposal.submitter_id == cast.tielt_mayor.id
    mail = session.scalars(select(OutboxMessage)).one()
    assert (mail.to_email, proposal.id in mail.text) == (cast.tielt_mayor.email, True)
    in_word = words(client.get(f"/regiorapporten/{report.id}.docx").data)
    assert "Wateroverlast in de Mandelvallei" in in_word


def test_a_draft_of_the_college_is_not_told_to_support_staff(
    client: ReadingClient, session: Session, cast: Cast, clock: Clock
) -> None:
    report = written(session, cast.tielt, clock.moment)
    client.sign_in(cast.tielt_mayor)
    answer = client.send(
        f"/regiorapporten/{report.id}/punt",
        {
            "body_id": cast.midwest.id,
            "title": "Nog geheim",
            "speaker_id": cast.tielt_mayor.id,
        },
    )
    assert answer.headers["Location"].endswith("/wijzigen")
    client.sign_in(cast.support)
    page = client.get(f"/regiorapporten/{report.id}").text
    assert "Nog geheim" not in page
    assert "Wil het college iets op de tafel van de regio?" not in page
    assert client.get(f"/regiorapporten/{report.id}/punt").status_code == 403


def test_a_municipality_chooses_its_day_and_a_report_that_waits_follows(
    client: ReadingClient, session: Session, cast: Cast, clock: Clock
) -> None:
    begin_and_write([cast.tielt], now=clock.moment.replace(day=1))
    session.commit()
    client.sign_in(cast.secretariat)
    address = "/gemeenten/37022/regiorapporten/instellingen"
    data = {"ready_day": "15", "council_month": "6", "form": "brief", "introduction_html": "Hallo"}
    assert client.send(address, data).status_code == 302
    days = {r.kind: r.ready_on.isoformat() for r in session.scalars(select(RegionReport))}
    assert days == {ReportKind.COLLEGE: "2026-03-15", ReportKind.COUNCIL: "2026-06-15"}
    assert client.send(address, {**data, "ready_day": "31"}).status_code == 422
    stale = client.press(address, {**data, "ready_day": "20", "revision": 0})
    assert stale.status_code == 409
    assert "Het rapport staat klaarop dag 15 van de maand" in text_of(parse(stale.text))
    client.sign_in(cast.support)
    assert client.get(address).status_code == 403
