"""Answering one row with the link in a mail, without an account."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.decisions.answer_links import link_address
from overleg.decisions.models import FollowUpLink
from overleg.decisions.states import FollowUpState
from overleg.decisions.workflow.links import links_for, replace_link, revoke_link
from overleg.lib.dates import format_date
from overleg.mail.links import hide_secrets
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import RoleAssignment, Seat
from overleg.organisations.states import Role, SeatFunction
from tests.decisions.conftest import Released
from tests.parsing import parse
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import SINCE, Cast
from tests.reading import ReadingClient, text_of


@pytest.fixture
def link(cast: Cast, released: Released, session: Session, clock: Clock) -> FollowUpLink:
    """The secretariat's link to the row of Tielt."""
    row = released.rows["tielt"]
    made = links_for([(row, cast.secretariat)], now=clock.moment)
    session.commit()
    return made[row.id, cast.secretariat.id]


def path_of(link: FollowUpLink) -> str:
    """The address without the host."""
    return "/" + link_address(link.id).split("/", 3)[3]


def test_support_staff_of_another_table_of_the_municipality_know_nothing_of_its_links(
    sign_in_as: SignInAs, cast: Cast, link: FollowUpLink, session: Session
) -> None:
    cast.denderregio.region = cast.midwest.region
    session.add_all(
        [
            Seat(
                body=cast.denderregio,
                organisation=cast.tielt,
                function=SeatFunction.MAYOR,
                valid_from=SINCE,
            ),
            RoleAssignment(
                person=cast.stranger, role=Role.SUPPORT, body=cast.denderregio, valid_from=SINCE
            ),
        ]
    )
    session.commit()
    client = sign_in_as(cast.stranger)
    page = client.get("/gemeenten/37022/links")
    assert page.status_code == 200
    assert link.follow_up.outcome.title not in page.text
    revoked = client.press(f"/gemeenten/37022/links/{link.id}/intrekken", {})
    assert revoked.status_code == 404


def test_a_link_opens_one_row_takes_its_file_and_an_answer_after_one_confirmation(
    client: ReadingClient, cast: Cast, released: Released, link: FollowUpLink, session: Session
) -> None:
    address, row = path_of(link), released.rows["tielt"]
    page = client.get(address)
    assert "Regionale energiestrategie" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(f"{address}/voorstel.docx").data.startswith(b"PK")
    told = {"state": "approved", "day": "2026-03-02", "reference_number": "2026/CBS/9"}
    confirm = client.send(address, told)
    assert confirm.status_code == 200
    assert "Klopt dit?" in confirm.text
    session.expire_all()
    assert row.state is FollowUpState.TO_SCHEDULE
    done = client.post(
        address,
        data={**told, "step": "bevestig", "revision": row.revision, "csrf_token": token(page.text)},
    )
    assert done.status_code == 303
    session.expire_all()
    assert (row.state, row.reported_by_name) == (FollowUpState.APPROVED, "Secretariaat Tielt")
    uses = session.query(JournalEntry).filter_by(verb=Verb.FOLLOW_UP_LINK_USED, subject_id=row.id)
    assert uses.count() == 4  # opened twice, downloaded, answered
    assert client.get("/gemeenten/37022").status_code in {302, 303}


def test_the_form_of_a_mail_says_when_the_day_is_needed(
    sign_in_as: SignInAs, client: ReadingClient, cast: Cast, released: Released, link: FollowUpLink
) -> None:
    signed_in = sign_in_as(cast.secretariat).get(f"/opvolging/{released.rows['tielt'].id}/melden")
    for page in (client.get(path_of(link)), signed_in):
        words = " ".join(text_of(parse(page.text)).split())
        assert "Datum van de zitting De dag waarop het op het college of de gemeenteraad" in words
        assert "Nodig zodra het geagendeerd of beslist is." in words


@pytest.mark.parametrize("step", ["", "bevestig"])
@pytest.mark.parametrize("sent", ["", "oud", "other"])
def test_a_page_that_stood_open_too_long_says_so_and_keeps_what_was_typed(
    client: ReadingClient, released: Released, link: FollowUpLink, sent: str, step: str
) -> None:
    address = path_of(link)
    told = {"state": "approved", "day": "2026-03-02", "remark": "Unaniem.", "step": step}
    sent = token(client.get(address).text) if sent == "other" else sent
    client.delete_cookie("overleg")
    answer = client.post(address, data={**told, "csrf_token": sent})
    assert answer.status_code == 422
    assert "CSRF" not in answer.text
    assert "Deze pagina stond te lang open. Kijk na wat u invulde" in answer.text
    assert "Unaniem." in answer.text
    assert released.rows["tielt"].state is FollowUpState.TO_SCHEDULE


def test_the_mail_of_a_release_has_the_same_link_that_a_reminder_has(
    client: ReadingClient, cast: Cast, released: Released, link: FollowUpLink, session: Session
) -> None:
    asked = session.query(OutboxMessage).filter(
        OutboxMessage.subject.like("Te agenderen in Tielt%")
    )
    assert link_address(link.id) in asked.one().text
    assert "Regionale energiestrategie" in client.get(path_of(link)).text


def token(page: str) -> str:
    """The token of the form on a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("revoked", "Ze werd vervangen of ingetrokken."),
        ("replaced", "Ze werd vervangen of ingetrokken."),
        ("role_ended", "U meldt niet meer voor deze gemeente."),
        ("account_closed", "U meldt niet meer voor deze gemeente."),
        ("forged", "Het adres is niet volledig"),
    ],
)
def test_a_link_that_holds_no_more_tells_nothing(
    client: ReadingClient,
    cast: Cast,
    link: FollowUpLink,
    session: Session,
    clock: Clock,
    why: str,
    told: str,
    app: Flask,
) -> None:
    address = path_of(link)
    if why == "revoked":
        revoke_link(link, by=cast.support, now=clock.moment)
    elif why == "replaced":
        replace_link(link, by=cast.support, now=clock.moment)
    elif why == "account_closed":
        cast.secretariat.disabled_at_utc = clock.moment
    elif why == "role_ended":
        link.person = cast.mayor
    else:
        address += "x"
    session.commit()
    for page in (client.get(address), client.get(f"{address}/voorstel.docx")):
        assert page.status_code == 410
        assert "Deze link werkt niet meer" in page.text
        assert told in page.text
        assert "energiestrategie" not in page.text
        assert "Tielt" not in page.text


def test_the_municipality_revokes_and_replaces_links_and_others_cannot(
    sign_in_as: SignInAs, cast: Cast, link: FollowUpLink, session: Session
) -> None:
    assert sign_in_as(cast.mayor).get("/gemeenten/37022/links").status_code == 403
    assert sign_in_as(cast.stranger).get("/gemeenten/37022/links").status_code == 404
    client = sign_in_as(cast.secretariat)
    page = client.get("/gemeenten/37022/links").text
    assert "Secretariaat Tielt" in page
    met_on = link.follow_up.outcome.item.meeting.starts_at_utc
    assert f"college · vergadering van {format_date(met_on)}" in page
    assert "al beslist" not in page
    replaced = client.press(f"/gemeenten/37022/links/{link.id}/vervangen", {})
    assert replaced.status_code == 302
    mail = session.query(OutboxMessage).filter(OutboxMessage.subject.like("Nieuwe link%")).one()
    assert "/opvolging/antwoord/" in mail.text
    assert "(verborgen)" in hide_secrets(mail.text)
    again = client.press(f"/gemeenten/37022/links/{link.id}/intrekken", {})
    assert again.status_code == 409
    link.follow_up.state = FollowUpState.NOTED
    link.follow_up.decided_on = link.made_at_utc.date()
    session.commit()
    folded = client.get("/gemeenten/37022/links").text
    assert "Links van wat al beslist is (2)" in folded
