"""What a secretariat sees of its own college and council, and reports in one line."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.db import NO_ROW
from overleg.decisions.models import OrganRule
from overleg.decisions.queries.organ_days import first_session_after
from overleg.decisions.states import FollowUpState, Organ
from overleg.decisions.workflow.follow_up import Report, report
from overleg.decisions.workflow.links import links_for
from overleg.decisions.workflow.organ_days import Rule, set_sessions, take_over_days
from overleg.decisions.workflow.outcomes import Request, release_outcome
from overleg.scheduling.rhythm import RhythmKind
from tests.decisions.agreeing import agree_and_prepare
from tests.decisions.conftest import Held, Released
from tests.decisions.test_answering_by_mail import path_of
from tests.parsing import parse
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of
from tests.second_writers import form_at

PAGE = "/gemeenten/37022"
EVERY_MONDAY = Rule(RhythmKind.WEEKLY, 0, -1, 1, date(2026, 1, 5))
LAST_THURSDAY = Rule(RhythmKind.MONTHLY, 3, -1, 1, date(2026, 1, 1))


def test_the_first_session_follows_the_rule_the_exceptions_and_the_file(
    cast: Cast, session: Session, clock: Clock
) -> None:
    told: Any = {"by": cast.secretariat, "now": clock.moment}
    assert first_session_after(cast.tielt.id, Organ.COLLEGE, date(2026, 3, 2)) is None
    skipped, anew = [date(2026, 3, 9)], {**told, "revision": NO_ROW}
    set_sessions(cast.tielt, Organ.COLLEGE, EVERY_MONDAY, extra=[], skipped=skipped, **anew)
    set_sessions(cast.tielt, Organ.COUNCIL, LAST_THURSDAY, extra=[], skipped=[], **anew)
    session.flush()
    assert first_session_after(cast.tielt.id, Organ.COLLEGE, date(2026, 3, 2)) == date(2026, 3, 16)
    assert first_session_after(cast.tielt.id, Organ.COUNCIL, date(2026, 3, 2)) == date(2026, 3, 26)
    take_over_days(cast.tielt, Organ.COLLEGE, [date(2026, 3, 9), date(2026, 3, 11)], **told)
    session.flush()
    assert first_session_after(cast.tielt.id, Organ.COLLEGE, date(2026, 3, 2)) == date(2026, 3, 11)
    take_over_days(cast.tielt, Organ.COLLEGE, [date(2026, 3, 10)], **told)
    session.flush()
    assert first_session_after(cast.tielt.id, Organ.COLLEGE, date(2026, 3, 2)) == date(2026, 3, 10)


def test_the_start_page_counts_what_the_own_municipality_has_to_decide(
    sign_in_as: SignInAs, cast: Cast, released: Released, clock: Clock
) -> None:
    secretariat = sign_in_as(cast.secretariat)
    assert "1 te beslissen" in secretariat.get("/").text
    assert "te laat" not in secretariat.get("/").text
    clock.advance(days=31)
    assert "1 te beslissen, te laat<" in secretariat.get("/").text
    row = released.rows["tielt"]
    done = Report(FollowUpState.APPROVED, clock.moment.date())
    report(row, done, revision=row.revision, by=cast.secretariat, now=clock.moment)
    assert "te beslissen" not in secretariat.get("/").text


def test_a_council_that_waits_for_its_college_says_so_wherever_it_is_reported(
    client: ReadingClient, cast: Cast, held: Held, session: Session, clock: Clock
) -> None:
    now = clock.moment
    for number in range(4):
        outcome = agree_and_prepare(
            held.open_item, by=cast.support, now=now, title=f"Afspraak {number}"
        )
        request = Request(
            [cast.tielt],
            [Organ.COLLEGE, Organ.COUNCIL],
            due_on=now.date() + timedelta(days=30),
            in_order=True,
        )
        release_outcome(outcome, request, by=cast.support, now=now)
    row = next(row for row in outcome.follow_ups if row.organ is Organ.COUNCIL)
    made = links_for([(row, cast.secretariat)], now=now)
    session.commit()
    client.sign_in(cast.secretariat)
    said = [text_of(each) for each in parse(client.get("/").text).iter("p")]
    organs = [line.split(" · ")[1] for line in said if line.startswith("Tielt · ")]
    assert organs == [*["college"] * 4, *["gemeenteraad"] * 4]
    assert client.get("/").text.count("te agenderen, wacht op college") == 4
    address = path_of(made[row.id, cast.secretariat.id])
    for page in (client.get(PAGE), client.get(address)):
        assert "Wacht op het college: de gemeenteraad beslist erna." in page.text
    college = next(row for row in outcome.follow_ups if row.organ is Organ.COLLEGE)
    done = Report(FollowUpState.APPROVED, now.date())
    report(college, done, revision=college.revision, by=cast.secretariat, now=now)
    session.commit()
    session.expire_all()
    assert "Wacht op het college" not in client.get(address).text


def test_the_secretariat_says_when_its_college_meets_and_reads_the_first_possible_one(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    client.sign_in(cast.secretariat)
    days = f"{PAGE}/zittingen"
    fields = {"college-kind": "weekly", "college-weekday": "0", "college-first_day": "2026-01-05"}
    wrong = client.send(days, {**fields, "college-skipped": "31/02/2026"})
    assert wrong.status_code == 422
    assert "“31/02/2026” is geen datum" in wrong.text
    assert client.send(days, {**fields, "college-skipped": "9/03/2026"}).status_code == 302
    page = client.get(PAGE).text
    assert "College van maandag 16 maart 2026" in page
    assert "Eerste mogelijke" not in page
    assert "De volgende keren: 16 maart 2026, 23 maart 2026" in client.get(days).text


def test_a_college_every_other_week_begins_at_its_first_weekday(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.secretariat)
    days = f"{PAGE}/zittingen"
    wednesday = {"college-first_day": "2026-03-04", "college-every_weeks": "2"}
    mondays = {**wednesday, "college-kind": "weekly", "college-weekday": "0"}
    assert client.send(days, mondays).status_code == 302
    assert "De volgende keren: 9 maart 2026, 23 maart 2026" in client.get(days).text
    monthly = {"college-kind": "monthly", "college-nth": "-1", "college-first_day": "2026-03-04"}
    assert client.send(days, monthly).status_code == 302
    (rule,) = session.scalars(select(OrganRule))
    assert rule.first_day == date(2026, 3, 4)


def test_a_rule_that_was_counted_from_its_week_keeps_its_days_also_when_saved_again(
    client: ReadingClient, cast: Cast, session: Session, clock: Clock
) -> None:
    rule = OrganRule(
        organisation_id=cast.tielt.id,
        organ=Organ.COLLEGE,
        kind=RhythmKind.WEEKLY,
        weekday=0,
        every_weeks=2,
        first_day=date(2026, 3, 4),
        changed_by_name="Ria Smet",
        changed_at_utc=clock.moment,
    )
    session.add(rule)
    session.commit()
    client.sign_in(cast.secretariat)
    days = f"{PAGE}/zittingen"
    told = "De volgende keren: 16 maart 2026, 30 maart 2026"
    assert told in client.get(days).text
    shown = form_at(client.get(days).text, "college-kind")
    assert shown["college-first_day"] == "2026-03-16"
    assert client.press(f"{days}/college", shown).status_code == 302
    assert told in client.get(days).text


def test_a_session_after_the_date_is_told_while_the_date_is_to_come(
    sign_in_as: SignInAs, cast: Cast, session: Session, released: Released, clock: Clock
) -> None:
    released.rows["tielt"].due_on = date(2026, 3, 4)
    set_sessions(
        cast.tielt,
        Organ.COLLEGE,
        EVERY_MONDAY,
        extra=[],
        skipped=[],
        revision=NO_ROW,
        by=cast.secretariat,
        now=clock.moment,
    )
    session.commit()
    client = sign_in_as(cast.secretariat)
    assert "(nog 2 dagen): de eerste mogelijke zitting valt later" in client.get(PAGE).text
    clock.advance(days=3)
    page = client.get(PAGE).text
    assert "(1 dag te laat)" in page
    assert "valt later" not in page


def test_the_days_of_a_calendar_file_are_taken_over(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.secretariat)
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{day}@tielt\r\nDTSTAMP:20260101T080000Z\r\n"
        f"DTSTART;VALUE=DATE:{day}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        for day, title in [
            ("20260226", "Gemeenteraad"),
            ("20260326", "Gemeenteraad"),
            ("20260310", "College"),
        ]
    )
    whole = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//NL\r\n{events}END:VCALENDAR\r\n"
    address = f"{PAGE}/zittingen/gemeenteraad/bestand"
    file = {
        "council-file": (BytesIO(whole.encode()), "tielt.ics"),
        "council-word": "gemeenteraad",
    }
    assert client.press(address, file).status_code == 302
    assert first_session_after(cast.tielt.id, Organ.COUNCIL, date(2026, 3, 2)) == date(2026, 3, 26)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Kies een bestand dat op .ics eindigt."),
        (b"geen kalender", "Dit is geen kalender: er staat nergens BEGIN:VCALENDAR."),
        (b"X" * (1024 * 1024 + 1), "Dit bestand is groter dan 1 MB."),
    ],
)
def test_a_refused_calendar_file_is_told_at_the_file(
    client: ReadingClient, cast: Cast, content: bytes, why: str
) -> None:
    client.sign_in(cast.secretariat)
    file = (BytesIO(content), "tielt.ics" if content else "")
    sent = {"council-file": file, "council-word": "raad"}
    answer = client.send(f"{PAGE}/zittingen", sent)
    assert answer.status_code == 422
    page = parse(answer.text)
    by_id = {each.get("id"): each for each in page.iter()}
    assert why in text_of(by_id["council-file-error"])
    assert by_id["council-file"].get("aria-describedby") == "council-file-error"
    assert by_id["council-word"].get("value") == "raad"
    assert 'href="#council-file"' in answer.text


def test_the_word_beside_a_calendar_file_comes_back_from_a_stale_page(
    client: ReadingClient, cast: Cast
) -> None:
    client.sign_in(cast.secretariat)
    page = f"{PAGE}/zittingen"
    sent = {"csrf_token": "oud", "council-sent_as": "eens", "council-word": "raad"}
    from_page = {"Referer": f"http://localhost{page}"}
    answer = client.post(f"{page}/gemeenteraad/bestand", data=sent, headers=from_page)
    by_id = {each.get("id"): each for each in parse(client.get(answer.location).text).iter()}
    assert by_id["council-word"].get("value") == "raad"
    assert by_id["college-word"].get("value") == ""


def test_several_rows_are_reported_with_one_form_or_none_of_them(
    client: ReadingClient, cast: Cast, released: Released, session: Session
) -> None:
    row = released.rows["tielt"]
    line = {f"{row.id}-state": "approved", f"{row.id}-reference_number": "2026/CBS/7"}
    client.sign_in(cast.secretariat)
    refused = client.send(PAGE, {**line, f"{row.id}-day": "2026-02-01"})
    assert refused.status_code == 422
    assert "valt vóór het overleg" in refused.text
    assert "2026/CBS/7" in refused.text
    told = {**line, f"{row.id}-day": "2026-03-02"}
    file = {f"{row.id}-file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "uittreksel.pdf")}
    answer = client.send(PAGE, {**told, **file})
    assert answer.status_code == 302
    session.expire_all()
    assert (row.state, row.reference_number) == (FollowUpState.APPROVED, "2026/CBS/7")
    assert client.get(f"/opvolging/{row.id}/bestand").data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("reference_number", "2026/CBS/7"),
        ("remark", "Op de zitting van volgende week."),
        ("remark", "x" * 100_000),
        ("day", "2026-03-09"),
        ("day", "2026-02-30"),
        ("decision_url", "https://tielt.example/7"),
    ],
)
def test_a_row_without_its_stand_is_asked_for_it_and_kept(
    client: ReadingClient, cast: Cast, released: Released, field: str, typed: str
) -> None:
    row = released.rows["tielt"]
    client.sign_in(cast.secretariat)
    answer = client.send(PAGE, {f"{row.id}-{field}": typed})
    assert answer.status_code == 422
    by_id = {each.get("id"): each for each in parse(answer.text).iter()}
    assert "Kies de stand." in text_of(by_id[f"{row.id}-state-error"])
    assert by_id[f"{row.id}-{field}"].get("value") == typed


def test_a_file_without_its_stand_is_asked_for_it(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    row = released.rows["tielt"]
    client.sign_in(cast.secretariat)
    file = {f"{row.id}-file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "uittreksel.pdf")}
    answer = client.send(PAGE, file)
    assert answer.status_code == 422
    assert "Kies de stand." in answer.text


def test_a_row_as_it_stood_there_reports_nothing(
    client: ReadingClient, cast: Cast, released: Released, session: Session, clock: Clock
) -> None:
    row = released.rows["tielt"]
    planned = Report(FollowUpState.SCHEDULED, date(2026, 3, 9))
    report(row, planned, revision=row.revision, by=cast.secretariat, now=clock.moment)
    session.commit()
    client.sign_in(cast.secretariat)
    answer = client.send(PAGE, {f"{row.id}-remark": "  "})
    assert answer.status_code == 302
    assert "U vulde nog niets in." in client.get(PAGE).text


def test_who_comes_second_sees_both_answers(
    sign_in_as: SignInAs, cast: Cast, released: Released, session: Session
) -> None:
    row = released.rows["tielt"]
    seen = row.revision
    first = {f"{row.id}-state": "noted", f"{row.id}-day": "2026-03-02", f"{row.id}-revision": seen}
    second = {**first, f"{row.id}-state": "rejected", f"{row.id}-remark": "Mijn reden"}
    address = f"{PAGE}/melden"
    assert sign_in_as(cast.secretariat).press(address, first).status_code == 302
    support = sign_in_as(cast.support)
    answer = support.press(address, second)
    assert answer.status_code == 409
    assert "Secretariaat Tielt meldde intussen: kennisgenomen op 2 maart 2026" in answer.text
    assert "Mijn reden" in answer.text
    session.expire_all()
    assert row.state is FollowUpState.NOTED
    again = {**second, f"{row.id}-revision": row.revision}
    assert support.press(address, again).status_code == 302


def test_a_task_leads_to_its_own_point_among_all_others(
    sign_in_as: SignInAs, cast: Cast, released: Released
) -> None:
    client = sign_in_as(cast.secretariat)
    row = released.rows["tielt"]
    assert f'href="{PAGE}#rij-{row.id}"' in client.get("/").text
    (point,) = [e for e in parse(client.get(PAGE).text).iter() if e.get("id") == f"rij-{row.id}"]
    assert (point.tag, point.get("tabindex")) == ("li", "-1")


def test_an_answered_point_is_found_at_the_same_address(
    sign_in_as: SignInAs, cast: Cast, released: Released, session: Session, clock: Clock
) -> None:
    row = released.rows["tielt"]
    approved = Report(FollowUpState.APPROVED, clock.moment.date())
    report(row, approved, revision=row.revision, by=cast.secretariat, now=clock.moment)
    session.commit()
    page = parse(sign_in_as(cast.secretariat).get(PAGE).text)
    (point,) = [e for e in page.iter() if e.get("id") == f"rij-{row.id}"]
    assert point.tag == "tr"


@pytest.mark.parametrize(
    ("who", "town"),
    [
        ("secretariat", "Tielt"),
        ("director", "Izegem"),
        ("mayor", "Roeselare"),
        ("councillor", "Roeselare"),
        ("partner", ""),
        ("support", ""),
    ],
)
def test_one_finds_ones_own_municipality_also_when_nothing_is_to_be_done(
    sign_in_as: SignInAs, cast: Cast, who: str, town: str
) -> None:
    client = sign_in_as(getattr(cast, who))
    page = client.get("/").text
    assert ("Mijn gemeente</h2>" in page) == bool(town)
    if town:
        nis = getattr(cast, town.lower()).nis_code
        assert f'<a href="/gemeenten/{nis}">{town}</a>' in page
        seen = client.get(f"/gemeenten/{nis}")
        assert seen.status_code == 200
        assert ("Er staat niets open dat u mag lezen." in seen.text) is (who == "councillor")


@pytest.mark.parametrize(("who", "more"), [("mayor", ""), ("councillor", " dat u mag lezen")])
def test_each_organ_says_that_nothing_is_open_for_it(
    session: Session, sign_in_as: SignInAs, cast: Cast, clock: Clock, who: str, more: str
) -> None:
    town = cast.roeselare
    told: Any = {"by": cast.other_secretariat, "now": clock.moment, "revision": NO_ROW}
    set_sessions(town, Organ.COLLEGE, EVERY_MONDAY, extra=[], skipped=[], **told)
    session.commit()
    page = sign_in_as(getattr(cast, who)).get(f"/gemeenten/{town.nis_code}").text
    for organ in ("het college", "de gemeenteraad"):
        assert f"Voor {organ} staat er niets open{more}." in page
    assert "Niets te doen" not in page
