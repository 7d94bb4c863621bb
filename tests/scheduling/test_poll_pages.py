"""The pages of polls for a date, and the link in the mail."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Seat
from overleg.organisations.states import SeatKind
from overleg.scheduling.models import DatePoll, DatePollLink
from overleg.scheduling.polls.answer_links import link_address
from overleg.scheduling.polls.answering import replace_link, revoke_link
from overleg.scheduling.polls.queries import replies_of
from overleg.scheduling.polls.workflow import draft_poll
from overleg.scheduling.states import PollState
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on
from tests.scheduling.polling import FRIDAY, NO, TITLE, YES, answer, opened_poll, question, slot_on
from tests.second_writers import form_at

LIST = "/overleg/midwestoverleg/datumprikkers"


def path_of(session: Session, poll: DatePoll, person_id: str) -> str:
    """The address of somebody's link, without the host."""
    link = session.scalars(
        select(DatePollLink).where(
            DatePollLink.poll_id == poll.id,
            DatePollLink.person_id == person_id,
            DatePollLink.ended_at_utc.is_(None),
        )
    ).one()
    return "/" + link_address(link.id).split("/", 3)[3]


def test_support_staff_make_a_poll_look_at_it_and_send_it(
    session: Session, client: ReadingClient, cast: Cast
) -> None:
    client.sign_in(cast.support)
    assert "Nog geen datumprikker" in client.get(LIST).text
    wrong = client.send(
        f"{LIST}/nieuw", {"title": TITLE, "slots-0-day": "2026-03-20", "pasted": "een dag in juni"}
    )
    assert wrong.status_code == 422
    assert "Geef een uur" in wrong.text
    assert "een dag in juni" in wrong.text
    pasted = "vr 03/04/2026 14.00-16.00 Stadhuis Tielt\n10 juli 2026, 9u30\n"
    made = client.send(
        f"{LIST}/nieuw",
        {"title": TITLE, "slots-0-day": "2026-03-20", "slots-0-starts": "09:30", "pasted": pasted},
    )
    assert made.status_code == 302
    poll = session.scalars(select(DatePoll)).one()
    assert [slot.in_words for slot in poll.slots] == [
        "vrijdag 20 maart 2026, 9.30 tot 11.30 uur, Stadhuis Roeselare",
        "vrijdag 3 april 2026, 14.00 tot 16.00 uur, Stadhuis Tielt",
        "vrijdag 10 juli 2026, 9.30 tot 11.30 uur, Stadhuis Roeselare",
    ]
    page = client.get(made.location).text
    assert "Zomervakantie" in page
    assert "3 personen krijgen een mail" in page
    client.press(f"{made.location}/versturen")
    assert poll.state is PollState.OPEN
    assert TITLE in client.get(LIST).text
    assert "stuurde een mail naar 3 personen" in " ".join(client.get(made.location).text.split())


def test_a_poll_is_not_sent_to_an_empty_table(
    session: Session, client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    poll = draft_poll(
        cast.midwest, question(), [slot_on(FRIDAY)], by=cast.support, now=clock.moment
    )
    for seat in session.scalars(select(Seat).where(Seat.body_id == cast.midwest.id)):
        seat.kind = SeatKind.GUEST
    session.commit()
    client.sign_in(cast.support)
    page = client.get(f"/datumprikkers/{poll.id}").text
    assert "Voeg eerst leden toe" in page
    assert "/overleg/midwestoverleg/leden/nieuw" in page
    assert f"/datumprikkers/{poll.id}/versturen" not in page
    refused = client.press(f"/datumprikkers/{poll.id}/versturen")
    assert refused.status_code == 409
    assert "zetelt nog niemand" in refused.text
    assert poll.state is PollState.DRAFT


@pytest.mark.parametrize(
    ("answer_by", "status"), [("2026-03-20", 302), ("2026-03-21", 422), ("2026-03-27", 422)]
)
def test_answers_are_asked_by_the_day_of_the_first_moment(
    client: ReadingClient, cast: Cast, answer_by: str, status: int
) -> None:
    client.sign_in(cast.support)
    fields = {
        "title": TITLE,
        "slots-0-day": "2026-03-27",
        "slots-0-starts": "09:30",
        "pasted": "vr 20/03/2026 14.00-16.00 Stadhuis Tielt",
        "answer_by": answer_by,
    }
    answered = client.send(f"{LIST}/nieuw", fields)
    assert answered.status_code == status
    beside = 'id="answer_by-error"'
    assert (beside in answered.text) is (status == 422)
    assert ("Het eerste moment is op vrijdag 20 maart 2026" in answered.text) is (status == 422)


def test_the_last_day_looks_at_the_moments_that_stay_and_are_still_to_come(
    client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    poll = opened_poll(cast, clock.moment)
    later = {"answer_by": "2026-03-27"}
    client.sign_in(cast.support)
    page = f"/datumprikkers/{poll.id}/wijzigen"
    assert client.send(page, later).status_code == 422
    assert client.send(page, {**later, "drop": poll.slots[0].id}).status_code == 302
    other = opened_poll(cast, clock.moment)
    clock.moment += timedelta(days=19)
    assert client.send(f"/datumprikkers/{other.id}/wijzigen", later).status_code == 302


def test_a_member_is_asked_on_the_start_page_and_answers_with_what_is_known_filled_in(
    client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    meeting_on(cast.zone_council, FRIDAY, by=cast.support)
    poll = opened_poll(cast, clock.moment)
    client.sign_in(cast.mayor)
    home = client.get("/").text
    assert TITLE in home
    assert f"/datumprikkers/{poll.id}/antwoord" in home
    address = f"/datumprikkers/{poll.id}/antwoord"
    page = client.get(address).text
    assert "De Zoneraad Midwest vergadert dan" in page
    assert re.findall(r'<input[^>]*checked[^>]*value="(\w+)"', page) == ["no"]
    assert client.send(address, {"remark": "Pas na 10 uur"}).status_code == 422
    sent = client.send(address, {"answers-1-availability": "yes", "remark": "Pas na 10 uur"})
    assert sent.status_code == 302
    first, second = poll.slots
    assert replies_of(poll)[cast.mayor.id].by_slot == {first.id: NO, second.id: YES}
    board = client.get(sent.location).text
    assert "</span>nog geen antwoord</li>" in board
    assert "1 van 3 stemgerechtigden kan, 2 nodig" in board
    assert "Pas na 10 uur" in board
    assert TITLE not in client.get("/").text


def test_with_closed_answers_members_see_only_their_own(
    sign_in_as: SignInAs, cast: Cast, clock: Clock
) -> None:
    poll = opened_poll(cast, clock.moment, shows_answers=False)
    answer(poll, cast.chair, YES, NO, now=clock.moment, remark="Vertrouwelijk")
    address = f"/datumprikkers/{poll.id}"
    assert "Vertrouwelijk" in sign_in_as(cast.support).get(address).text
    for person in (cast.mayor, cast.chair):
        page = sign_in_as(person).get(address).text
        assert "Vertrouwelijk" not in page
        assert "nodig" not in page
        assert ("U antwoordde" in page) == (person is cast.chair)


def test_the_link_in_the_mail_answers_one_poll_and_opening_it_changes_nothing(
    session: Session, client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    poll = opened_poll(cast, clock.moment)
    mail = session.scalars(
        select(OutboxMessage).where(OutboxMessage.to_email == cast.mayor.email)
    ).one()
    address = path_of(session, poll, cast.mayor.id)
    assert address in mail.text
    page = client.get(address)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not replies_of(poll)
    link = session.scalars(
        select(DatePollLink).where(DatePollLink.person_id == cast.mayor.id)
    ).one()
    assert link.used_at_utc is None
    given = {"answers-0-availability": "yes", "answers-1-availability": "rather_not"}
    done = client.send(address, given)
    assert done.status_code == 303
    assert "uw antwoord is bewaard" in client.get(done.location).text
    assert replies_of(poll)[cast.mayor.id].answered_by_name == cast.mayor.name
    assert link.used_at_utc == clock.moment
    stale = {**given, "answers-0-availability": "no", "revision": "0"}
    conflict = client.send(address, stale)
    assert conflict.status_code == 409
    assert "Bewaard is: <strong>ja</strong>" in conflict.text
    assert client.get(f"/datumprikkers/{poll.id}").status_code in {302, 303}


def test_a_linked_page_that_stood_open_too_long_says_so_and_keeps_what_was_typed(
    session: Session, client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    poll = opened_poll(cast, clock.moment)
    address = path_of(session, poll, cast.mayor.id)
    answer = client.send(address, {"remark": "Pas na 10 uur.", "csrf_token": "oud"})
    assert answer.status_code == 422
    assert "CSRF" not in answer.text
    assert "Deze pagina stond te lang open." in answer.text
    assert "Pas na 10 uur." in answer.text
    assert not replies_of(poll)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("revoked", "Ze werd vervangen of ingetrokken."),
        ("replaced", "Ze werd vervangen of ingetrokken."),
        ("seat", "U zetelt niet meer in dit overleg."),
        ("account", "U zetelt niet meer in dit overleg."),
        ("forged", "Het adres is niet volledig"),
    ],
)
def test_a_link_that_holds_no_more_tells_nothing(
    session: Session, client: ReadingClient, cast: Cast, clock: Clock, why: str, told: str
) -> None:
    poll = opened_poll(cast, clock.moment)
    address = path_of(session, poll, cast.mayor.id)
    link = session.scalars(
        select(DatePollLink).where(DatePollLink.person_id == cast.mayor.id)
    ).one()
    if why == "revoked":
        revoke_link(link, by=cast.support, now=clock.moment)
    elif why == "replaced":
        replace_link(link, by=cast.support, now=clock.moment)
    elif why == "account":
        cast.mayor.disabled_at_utc = clock.moment
    elif why == "seat":
        for seat in session.scalars(select(Seat).where(Seat.person_id == cast.mayor.id)):
            seat.valid_to = (clock.moment - timedelta(days=1)).date()
    else:
        address += "x"
    for answered in (client.get(address), client.post(address)):
        assert answered.status_code == 410
        assert "Deze link werkt niet meer" in answered.text
        assert told in answered.text
        assert TITLE not in answered.text


def test_an_answer_that_comes_too_late_is_refused_clearly(
    session: Session, client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    poll = opened_poll(cast, clock.moment, answer_by=clock.moment.date())
    address = path_of(session, poll, cast.mayor.id)
    clock.advance(days=1)
    sentence = "Antwoorden kon tot en met 2 maart 2026"
    page = client.get(address)
    assert sentence in page.text
    assert "availability" not in page.text
    late = client.post(address, data={"answers-0-availability": "yes"})
    assert late.status_code == 409
    assert sentence in late.text


def test_support_staff_pick_after_seeing_who_is_told(
    session: Session, client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    poll = opened_poll(cast, clock.moment)
    answer(poll, cast.mayor, YES, NO, now=clock.moment)
    answer(poll, cast.chair, NO, NO, now=clock.moment)
    client.sign_in(cast.support)
    slot = poll.slots[0]
    address = f"/datumprikkers/{poll.id}/kiezen/{slot.id}"
    without_end = "antwoorden kan zonder einddatum"
    assert without_end in client.get("/overleg/midwestoverleg/datumprikkers").text
    page = client.get(address).text
    assert "Kan niet: Burgemeester Izegem" in page
    assert "3 personen krijgen een mail" in page
    done = client.press(address)
    assert done.location.startswith("/vergaderingen/")
    assert without_end not in client.get("/overleg/midwestoverleg/datumprikkers").text
    assert "Gekozen: vrijdag 20 maart 2026" in client.get(f"/datumprikkers/{poll.id}").text
    assert client.press(f"/datumprikkers/{poll.id}/herinneren").status_code == 409
    assert "Gekozen: vrijdag 20 maart" in client.get(path_of(session, poll, cast.mayor.id)).text


def test_support_staff_remind_fill_in_change_and_close(
    session: Session, client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    poll = opened_poll(cast, clock.moment)
    answer(poll, cast.mayor, YES, NO, now=clock.moment)
    client.sign_in(cast.support)
    address = f"/datumprikkers/{poll.id}"
    given = {"answers-0-availability": "yes", "answers-1-availability": "yes"}
    client.send(f"{address}/antwoord/{cast.chair.id}", given)
    assert f"Ingevuld door {cast.support.name}" in client.get(address).text
    assert client.get(f"{address}/antwoord/{cast.stranger.id}").status_code == 404
    client.press(f"{address}/herinneren")
    assert f"Een herinnering gaat naar: {cast.tielt_mayor.name}." in client.get(address).text
    gone = poll.slots[1]
    client.send(f"{address}/wijzigen", {"drop": gone.id, "pasted": "03/04/2026 9.30-11.30"})
    assert [slot.day.isoformat() for slot in poll.slots] == ["2026-03-20", "2026-04-03"]
    stale = client.send(f"{address}/wijzigen", {"title": "Andere titel", "revision": "1"})
    assert stale.status_code == 409
    assert "Andere titel" in stale.text
    without = form_at(stale.text, "title")
    del without["revision"]
    assert client.press(f"{address}/wijzigen", without).status_code == 409
    client.send(f"{address}/sluiten", {"reason": "Het dossier schuift op."})
    assert "Het dossier schuift op." in client.get(LIST).text
    closed = client.get(address).text
    assert "nog geen antwoord" not in closed
    assert "</span>geen antwoord</li>" in closed


def test_polls_are_for_the_table_and_only_its_support_staff_keep_them(
    sign_in_as: SignInAs, cast: Cast, clock: Clock
) -> None:
    poll = opened_poll(cast, clock.moment)
    pages = [LIST, f"/datumprikkers/{poll.id}", f"/datumprikkers/{poll.id}/antwoord"]
    keeping = [f"{LIST}/nieuw", *(f"/datumprikkers/{poll.id}/{p}" for p in ("wijzigen", "sluiten"))]
    for name in ("stranger", "committee_support", "director", "former_mayor", "administrator"):
        client = sign_in_as(getattr(cast, name))
        assert {client.get(page).status_code for page in [*pages, *keeping]} == {404}, name
    member = sign_in_as(cast.mayor)
    assert {member.get(page).status_code for page in pages} == {200}
    assert {member.get(page).status_code for page in keeping} == {403}
    assert member.press(f"/datumprikkers/{poll.id}/herinneren").status_code == 403
    external = "/overleg/zoneraad-midwest/datumprikkers"
    assert sign_in_as(cast.support).get(external).status_code == 404
