"""What a municipality sees, downloads and reports."""

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from sqlalchemy.orm import Session

from overleg.decisions.standing import Cell, Line, build_matrix, in_a_sentence
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind
from overleg.decisions.workflow.follow_up import told_of
from overleg.documents.states import Circle
from tests.agenda.preparing import NOW
from tests.decisions.conftest import Released
from tests.parsing import parse
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of


def _words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def _own_proposal(client: ReadingClient, released: Released) -> str:
    address = f"/uitkomsten/{released.outcome.id}/collegevoorstel/37022.docx"
    return _words(client.get(address).data)


def test_the_secretariat_downloads_its_own_proposal(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    client.sign_in(cast.secretariat)
    page = client.get("/gemeenten/37022").text
    address = f"/uitkomsten/{released.outcome.id}/collegevoorstel/37022.docx"
    assert address in page
    answer = client.get(address)
    assert answer.status_code == 200
    assert (
        "collegevoorstel-tielt-regionale-energiestrategie.docx"
        in answer.headers["Content-Disposition"]
    )
    words = _words(answer.data)
    assert "Regionale energiestrategie" in words
    assert "Artikel 2" in words
    assert "Bezorgt een afschrift aan DVV Midwest." in words


@pytest.mark.parametrize(
    ("who", "nis", "status"),
    [
        ("secretariat", "36015", 404),
        ("other_secretariat", "36015", 200),
        ("mayor", "36015", 200),
        ("mayor", "37022", 404),
        ("support", "37022", 200),
        ("councillor", "36015", 404),
        ("stranger", "37022", 404),
        ("secretariat", "99999", 404),
    ],
)
def test_a_proposal_is_for_its_own_municipality(
    sign_in_as: SignInAs, cast: Cast, released: Released, who: str, nis: str, status: int
) -> None:
    client = sign_in_as(getattr(cast, who))
    address = f"/uitkomsten/{released.outcome.id}/collegevoorstel/{nis}.docx"
    assert client.get(address).status_code == status


def test_a_council_that_was_not_asked_has_no_proposal(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    client.sign_in(cast.secretariat)
    address = f"/uitkomsten/{released.outcome.id}/gemeenteraadsvoorstel/37022.docx"
    assert client.get(address).status_code == 404


def test_the_secretariat_reports_an_approval(
    client: ReadingClient, cast: Cast, released: Released, session: Session, clock: Clock
) -> None:
    clock.advance(days=7)
    client.sign_in(cast.secretariat)
    row = released.rows["tielt"]
    answer = client.send(
        f"/opvolging/{row.id}/melden",
        {"state": "approved", "day": "2026-03-09", "reference_number": "2026/CBS/123"},
    )
    assert answer.status_code == 302
    session.expire_all()
    assert row.state is FollowUpState.APPROVED
    assert row.decided_on == date(2026, 3, 9)
    assert row.reported_by_name == "Secretariaat Tielt"
    page = client.get(f"/uitkomsten/{released.outcome.id}").text
    assert "1 van 3 goedgekeurd" in page.replace("1 Van", "1 van")
    assert "meldde de stand van" in page


def test_a_meeting_held_before_its_day_is_answered_from_that_day_on(
    client: ReadingClient, cast: Cast, released: Released, session: Session
) -> None:
    meeting = released.outcome.item.meeting
    meeting.ends_at_utc += timedelta(days=19)
    meeting.starts_at_utc += timedelta(days=19)
    client.sign_in(cast.secretariat)
    row = released.rows["tielt"]
    place = f"/opvolging/{row.id}/melden"
    refused = client.send(place, {"state": "approved", "day": "2026-03-01"})
    assert "vóór het overleg van 2 maart 2026" in refused.text
    client.send(place, {"state": "approved", "day": "2026-03-02"})
    assert row.state is FollowUpState.APPROVED


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "approved", "day": ""}, "Geef de datum van de zitting"),
        ({"state": "scheduled", "day": ""}, "Geef de datum waarop het geagendeerd is"),
        ({"state": "approved", "day": "2027-01-01"}, "ligt in de toekomst"),
        ({"state": "approved", "day": "2025-03-01"}, "vóór het overleg"),
        ({"state": "rejected", "day": "2026-03-02"}, "waarom het afgekeurd werd"),
        ({"state": "approved_amended", "day": "2026-03-02"}, "wat er gewijzigd werd"),
        ({"state": "noted", "day": "2026-03-02", "decision_url": "javascript:x"}, "volledig adres"),
        (
            {
                "state": "noted",
                "day": "2026-03-02",
                "decision_url": "javascript://tielt.be/%0Aalert(document.domain)",
            },
            "volledig adres",
        ),
        ({"state": "noted", "day": "2026-03-02", "remark": "x" * 100_000}, "onder 5000 tekens"),
        ({"state": "noted", "day": "geen datum"}, "datum"),
    ],
)
def test_a_report_that_misses_something_says_what(
    client: ReadingClient, cast: Cast, released: Released, fields: dict[str, str], sentence: str
) -> None:
    client.sign_in(cast.secretariat)
    answer = client.send(
        f"/opvolging/{released.rows['tielt'].id}/melden",
        {"reference_number": "blijft staan", **fields},
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "blijft staan" in answer.text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("besluit.pdf", b"", "is leeg"),
        ("besluit.exe", b"MZ", "geen soort bestand dat we aanvaarden"),
    ],
    ids=["empty", "kind"],
)
def test_what_is_wrong_with_a_file_stands_at_the_file(
    client: ReadingClient,
    cast: Cast,
    released: Released,
    name: str,
    content: bytes,
    sentence: str,
) -> None:
    client.sign_in(cast.secretariat)
    answer = client.send(
        f"/opvolging/{released.rows['tielt'].id}/melden",
        {"state": "noted", "day": "2026-03-02", "file": (BytesIO(content), name)},
    )
    assert answer.status_code == 422
    page = parse(answer.text)
    beside = {e.get("id"): text_of(e) for e in page.iter() if "field-error" in e.get("class", "")}
    assert [place for place, said in beside.items() if sentence in said] == ["file-error"]
    assert [text_of(a) for a in page.iter("a") if a.get("href") == "#file"]
    assert len(beside) == 1


@pytest.mark.parametrize("state", ["postponed", "to_schedule", "not_applicable"])
def test_what_comes_off_the_agenda_has_no_session_any_more(
    client: ReadingClient, cast: Cast, released: Released, session: Session, state: str
) -> None:
    client.sign_in(cast.secretariat)
    row = released.rows["tielt"]
    page = f"/opvolging/{row.id}/melden"
    assert client.send(page, {"state": "scheduled", "day": "2026-03-09"}).status_code == 302
    assert "9 maart 2026" in _own_proposal(client, released)
    assert client.send(page, {"state": state}).status_code == 302
    session.expire_all()
    assert row.scheduled_on is None
    assert "9 maart" not in told_of(row)
    assert "9 maart 2026" not in _own_proposal(client, released)


def test_two_people_report_the_same_row(
    sign_in_as: SignInAs, cast: Cast, released: Released, session: Session
) -> None:
    row = released.rows["tielt"]
    seen = row.revision
    first = sign_in_as(cast.secretariat)
    first.press(
        f"/opvolging/{row.id}/melden",
        {"state": "noted", "day": "2026-03-02", "revision": seen},
    )
    second = sign_in_as(cast.support)
    answer = second.press(
        f"/opvolging/{row.id}/melden",
        {"state": "rejected", "day": "2026-03-02", "remark": "Mijn reden", "revision": seen},
    )
    assert answer.status_code == 409
    assert "Secretariaat Tielt meldde intussen: kennisgenomen" in answer.text
    assert "Mijn reden" in answer.text
    session.expire_all()
    assert row.state is FollowUpState.NOTED


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("secretariat", 200),
        ("support", 200),
        ("other_secretariat", 403),
        ("mayor", 403),
        ("stranger", 404),
    ],
)
def test_who_reports_for_tielt(
    sign_in_as: SignInAs, cast: Cast, released: Released, who: str, status: int
) -> None:
    client = sign_in_as(getattr(cast, who))
    assert client.get(f"/opvolging/{released.rows['tielt'].id}/melden").status_code == status


def test_a_stranger_finds_no_municipality_of_midwest(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    client.sign_in(cast.stranger)
    assert client.get("/gemeenten/37022").status_code == 404
    assert client.get("/gemeenten/41002").status_code == 200


def test_a_merged_municipality_leads_to_its_successor(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    cast.izegem.valid_to = date(2025, 12, 31)
    cast.izegem.successor = cast.roeselare
    session.commit()
    client.sign_in(cast.support)
    page = client.get("/gemeenten/36008").text
    assert "bestond tot 31 december 2025" in page
    assert "/gemeenten/36015" in page


def test_the_own_municipality_comes_first_and_only_who_can_act_has_a_column_for_it(
    sign_in_as: SignInAs, cast: Cast, released: Released
) -> None:
    page = f"/uitkomsten/{released.outcome.id}"
    for person, first, acts in (
        (cast.secretariat, "Tielt", True),
        (cast.support, "Izegem", True),
        (cast.partner, "Izegem", False),
    ):
        seen = parse(sign_in_as(person).get(page).text)
        rows = [text_of(each) for each in seen.iter("tr")]
        assert ("Doen" in rows[0]) is acts
        assert rows[1].startswith(first)


def test_the_matrix_shows_who_is_late(
    client: ReadingClient, cast: Cast, released: Released, clock: Clock
) -> None:
    clock.advance(days=60)
    client.sign_in(cast.mayor)
    page = client.get("/opvolging").text
    assert "nog geen van de 3 antwoordde; 3 daarvan te laat" in page.lower()
    assert "Tielt, college: te agenderen, te laat" in page


@pytest.mark.parametrize(
    ("who", "columns", "own"),
    [
        ("secretariat", ["Tielt", "Izegem", "Roeselare"], ["Tielt college: goedgekeurd"]),
        ("support", ["Izegem", "Roeselare", "Tielt"], []),
    ],
)
def test_the_matrix_begins_with_your_own_municipality_and_groups_the_others_for_a_phone(
    client: ReadingClient,
    cast: Cast,
    released: Released,
    session: Session,
    who: str,
    columns: list[str],
    own: list[str],
) -> None:
    tielt = released.rows["tielt"]
    tielt.state, tielt.decided_on = FollowUpState.APPROVED, date(2026, 3, 2)
    session.commit()
    client.sign_in(getattr(cast, who))
    page = parse(client.get("/opvolging").text)
    assert [text_of(head) for head in page.iterfind(".//thead//th")] == columns
    assert [text_of(line) for line in page.iterfind(".//*[@class='matrix-own']")] == own
    groups = [text_of(line) for line in page.iterfind(".//*[@class='matrix-groups']/li")]
    assert groups == ["te agenderen (2): Izegem, Roeselare", "goedgekeurd (1): Tielt"]


def test_the_matrix_of_a_stranger_is_empty(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    client.sign_in(cast.stranger)
    assert "Nog niets op te volgen" in client.get("/opvolging").text
    assert client.get("/opvolging?overleg=midwestoverleg").status_code == 404


def test_the_standing_in_a_sentence(released: Released) -> None:
    rows = list(released.rows.values())
    today = date(2026, 3, 3)
    assert in_a_sentence([], today) == ""
    assert in_a_sentence(rows, today) == "nog geen van de 3 antwoordde"
    rows[0].state, rows[1].state = FollowUpState.APPROVED, FollowUpState.REJECTED
    assert in_a_sentence(rows, today) == "1 van 3 goedgekeurd, 1 afgekeurd, 1 te agenderen"
    late = today + timedelta(days=365)
    assert in_a_sentence(rows, late).endswith("1 te agenderen; 1 daarvan te laat")
    rows[1].state = FollowUpState.APPROVED_AMENDED
    assert "1 van 3 goedgekeurd, 1 goedgekeurd met wijziging" in in_a_sentence(rows, today)
    rows[1].state = FollowUpState.STEPPED_OUT
    assert in_a_sentence(rows, late) == (
        "1 van 2 goedgekeurd, 1 te agenderen; 1 daarvan te laat, 1 stapte uit"
    )
    rows[1].state = FollowUpState.REJECTED
    rows[2].organ = Organ.COUNCIL
    college = "college: 1 van 2 goedgekeurd, 1 afgekeurd"
    assert in_a_sentence(rows, today) == f"{college}; gemeenteraad: nog geen antwoord"
    assert in_a_sentence(rows, late) == f"{college}; gemeenteraad: nog geen antwoord, te laat"


def test_the_groups_tell_the_late_first_and_the_organ_where_two_are_asked() -> None:
    def cell(town: str, organ: Organ, state: FollowUpState, due_on: date | None = None) -> Cell:
        return Cell("u", town, town, organ, state, due_on)

    open_, done = FollowUpState.TO_SCHEDULE, FollowUpState.APPROVED
    cells = [
        cell("Tielt", Organ.COLLEGE, done),
        cell("Izegem", Organ.COLLEGE, done),
        cell("Tielt", Organ.COUNCIL, open_, date(2026, 3, 2)),
        cell("Izegem", Organ.COUNCIL, open_),
    ]
    line = Line("u", "Strategie", OutcomeKind.AGREEMENT, NOW, "Midwestoverleg", Circle.MAYORS)
    row = build_matrix([line], cells, date(2026, 3, 3)).rows[0]
    assert [(group.words, group.municipalities) for group in row.groups] == [
        ("gemeenteraad: te laat", ["Tielt"]),
        ("gemeenteraad: te agenderen", ["Izegem"]),
        ("college: goedgekeurd", ["Izegem", "Tielt"]),
    ]
    assert [group.is_everyone for group in row.groups] == [False, False, True]


def test_a_reported_remark_stands_above_the_next_report(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    client.sign_in(cast.secretariat)
    page = f"/opvolging/{released.rows['tielt'].id}/melden"
    client.send(page, {"state": "rejected", "day": "2026-03-02", "remark": "Te duur."})
    assert "Te duur." in client.get(page).text
