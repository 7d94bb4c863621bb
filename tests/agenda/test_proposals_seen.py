"""Who sees a proposal and its annexes: each role against each state and circle."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem, AgendaVersion, Annex, Proposal, SentItem
from overleg.agenda.queries.proposals import get_annex, get_proposal
from overleg.agenda.queries.worklists import Worklist, list_proposals
from overleg.agenda.states import Answer, ItemKind, ItemState, ProposalState
from overleg.agenda.workflow.annexes import add_annex
from overleg.agenda.workflow.marking import mark_scheduled
from overleg.agenda.workflow.submitting import withdraw_proposal
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.db import new_id
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.dates import local_date
from overleg.lib.errors import NotFound, NotPossible
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import RoleAssignment, Seat
from overleg.organisations.states import Role
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.states import MeetingState
from tests.agenda.proposing import PDF, make_draft, make_meeting, make_submitted
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast

NEW = "/voorstellen/nieuw"
PUBLIC, ADMINISTRATIONS, MAYORS = Circle.PUBLIC, Circle.ADMINISTRATIONS, Circle.MAYORS
EVERYBODY = (
    "support",
    "chair",
    "mayor",
    "tielt_mayor",
    "director",
    "partner",
    "secretariat",
    "other_secretariat",
    "councillor",
    "former_mayor",
    "administrator",
    "committee_support",
    "committee_1",
    "committee_mayor",
    "stranger",
)
STEERING = {"support", "chair"}
OWNER = {"mayor"}
MEMBERS = {"tielt_mayor"}
ADMINISTRATORS = {"director", "partner", "secretariat", "other_secretariat"}


def seeing(cast: Cast, proposal: Proposal, now: datetime) -> set[str]:
    """The names of everybody for whom the proposal exists."""
    found = set()
    for name in EVERYBODY:
        who = viewer_for(getattr(cast, name), local_date(now))
        try:
            get_proposal(who, proposal.id)
        except NotFound:
            assert proposal not in list_proposals(who, Worklist.ALL).proposals
            continue
        assert proposal in list_proposals(who, Worklist.ALL).proposals
        found.add(name)
    return found


def reading(cast: Cast, annex: Annex, now: datetime) -> set[str]:
    """The names of everybody for whom the annex exists."""
    found = set()
    for name in EVERYBODY:
        try:
            get_annex(viewer_for(getattr(cast, name), local_date(now)), annex.id)
        except NotFound:
            continue
        found.add(name)
    return found


def put_on_sent_agenda(
    session: Session, cast: Cast, proposal: Proposal, now: datetime, *, circle: Circle
) -> None:
    """Let the proposal stand on an agenda that was sent."""
    meeting = make_meeting(session, cast.midwest)
    item = AgendaItem(
        id=new_id(),
        meeting_id=meeting.id,
        proposal_id=proposal.id,
        kind=ItemKind.PROPOSAL,
        position=1,
        title=proposal.title,
        circle=circle,
        added_at_utc=now,
    )
    version = AgendaVersion(
        id=new_id(), meeting_id=meeting.id, letter="A", sent_at_utc=now, sent_by_name="O"
    )
    session.add_all([item, version])
    session.flush()
    session.add(
        SentItem(
            version_id=version.id,
            item_id=item.id,
            position=1,
            number=1,
            title=proposal.title,
            explanation_html="",
            submitter_label="",
            asked=proposal.asked,
            minutes_needed=15,
            starts_at_utc=meeting.starts_at_utc,
            circle=circle,
        )
    )
    session.flush()


@pytest.mark.parametrize("circle", list(Circle))
def test_a_draft_is_for_its_writer_alone(
    cast: Cast, now: datetime, circle: Circle, session: Session
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, circle=circle)
    assert seeing(cast, draft, now) == OWNER
    withdraw_proposal(draft, reason="", by=cast.mayor, now=now)
    session.flush()
    assert seeing(cast, draft, now) == OWNER


@pytest.mark.parametrize("circle", list(Circle))
def test_a_submitted_one_is_for_its_side_and_who_steers(
    cast: Cast, now: datetime, circle: Circle, session: Session
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, circle=circle)
    session.flush()
    assert seeing(cast, proposal, now) == OWNER | STEERING


@pytest.mark.parametrize(("circle", "colleague"), [(PUBLIC, True), (MAYORS, False)])
def test_a_colleague_of_the_organisation_reads_within_the_circle(
    cast: Cast, now: datetime, circle: Circle, colleague: bool, session: Session
) -> None:
    proposal = make_submitted(cast.chair, cast.midwest, cast.izegem, now=now, circle=circle)
    session.flush()
    assert ("director" in seeing(cast, proposal, now)) is colleague


@pytest.mark.parametrize(
    ("circle", "readers"),
    [
        (PUBLIC, OWNER | STEERING | MEMBERS | ADMINISTRATORS | {"councillor"}),
        (ADMINISTRATIONS, OWNER | STEERING | MEMBERS | ADMINISTRATORS),
        (MAYORS, OWNER | STEERING | MEMBERS),
    ],
)
def test_once_on_a_sent_agenda_its_circle_reads_it(
    cast: Cast, now: datetime, circle: Circle, readers: set[str], session: Session
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, circle=circle)
    put_on_sent_agenda(session, cast, proposal, now, circle=circle)
    assert seeing(cast, proposal, now) == readers


def test_a_point_sent_in_a_narrower_circle_stays_narrow(
    cast: Cast, now: datetime, session: Session
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, circle=PUBLIC)
    put_on_sent_agenda(session, cast, proposal, now, circle=MAYORS)
    assert seeing(cast, proposal, now) == OWNER | STEERING | MEMBERS


@pytest.mark.parametrize(
    ("circle", "readers"),
    [
        (PUBLIC, OWNER | STEERING | MEMBERS | ADMINISTRATORS | {"councillor"}),
        (ADMINISTRATIONS, OWNER | STEERING | MEMBERS | ADMINISTRATORS),
        (MAYORS, OWNER | STEERING | MEMBERS),
    ],
)
def test_an_annex_keeps_to_its_own_circle(
    app: Flask, cast: Cast, now: datetime, circle: Circle, readers: set[str], session: Session
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, circle=PUBLIC)
    received = receive(file_store(), "nota.pdf", BytesIO(PDF))
    stored = add_stored_file(received, by=cast.mayor, now=now)
    annex = add_annex(proposal, stored, circle=circle, by=cast.mayor, now=now)
    assert reading(cast, annex, now) == OWNER | STEERING
    put_on_sent_agenda(session, cast, proposal, now, circle=PUBLIC)
    assert reading(cast, annex, now) == readers


def test_a_confidential_annex_is_not_named_on_the_page_of_others(
    app: Flask, cast: Cast, now: datetime, session: Session, sign_in_as: SignInAs
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, circle=PUBLIC)
    received = receive(file_store(), "ontslagbrief.pdf", BytesIO(PDF))
    stored = add_stored_file(received, by=cast.mayor, now=now)
    annex = add_annex(proposal, stored, circle=MAYORS, by=cast.mayor, now=now)
    put_on_sent_agenda(session, cast, proposal, now, circle=PUBLIC)
    session.commit()
    address = f"/voorstellen/{proposal.id}"
    own = sign_in_as(cast.mayor).get(address).get_data(as_text=True)
    assert "ontslagbrief" in own
    assert "voegde de bijlage (kring burgemeesters) toe" in own
    assert "Op de verstuurde agenda: ook de gemeenteraadsleden" in own
    for person in (cast.councillor, cast.director, cast.secretariat):
        client = sign_in_as(person)
        assert "ontslagbrief" not in client.get(address).get_data(as_text=True)
        assert client.get(f"/bijlagen/{annex.id}").status_code == 404


def test_a_stranger_finds_no_page_of_it(
    cast: Cast, now: datetime, session: Session, sign_in_as: SignInAs
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    for person in (cast.stranger, cast.committee_support, cast.former_mayor, cast.administrator):
        client = sign_in_as(person)
        address = f"/voorstellen/{proposal.id}"
        assert client.get(address).status_code == 404
        assert client.get(f"{address}/wijzigen").status_code == 404
        assert client.get(f"{address}/valideren").status_code == 404
        assert client.press(f"{address}/indienen").status_code == 404
        assert client.press(f"{address}/intrekken", {"reason": "x"}).status_code == 404
        assert client.press(f"{address}/validatie-starten").status_code == 404
        assert client.press(f"{address}/validatie-sluiten").status_code == 404


def test_seen_but_not_one_s_own_to_change(
    cast: Cast, now: datetime, session: Session, sign_in_as: SignInAs
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    put_on_sent_agenda(session, cast, proposal, now, circle=ADMINISTRATIONS)
    session.commit()
    client = sign_in_as(cast.secretariat)
    address = f"/voorstellen/{proposal.id}"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}/wijzigen").status_code == 403
    assert client.press(f"{address}/indienen").status_code == 403
    assert client.press(f"{address}/intrekken", {"reason": "x"}).status_code == 403
    assert client.press(f"{address}/validatie-starten").status_code == 403


def test_who_lost_the_seat_sees_nothing_any_more(
    cast: Cast, now: datetime, session: Session
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    yesterday = local_date(now) - timedelta(days=1)
    for seat in session.scalars(select(Seat).where(Seat.person_id == cast.mayor.id)):
        seat.valid_to = yesterday
    for role in session.scalars(
        select(RoleAssignment).where(RoleAssignment.person_id == cast.mayor.id)
    ):
        role.valid_to = yesterday
    session.flush()
    assert seeing(cast, proposal, now) == STEERING
    assert seeing(cast, draft, now) == set()


def test_a_scheduled_one_is_withdrawn_until_the_meeting_begins(
    cast: Cast, now: datetime, session: Session
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    opened = open_round(proposal)
    assert opened is not None
    cast_vote(opened, Answer.AGREE, motive="", by=cast.chair, now=now)
    put_on_sent_agenda(session, cast, proposal, now, circle=ADMINISTRATIONS)
    mark_scheduled(proposal, by=cast.support, now=now)
    item = session.scalars(select(AgendaItem)).one()
    item.meeting.state = MeetingState.IN_SESSION
    with pytest.raises(NotPossible, match="is al begonnen"):
        withdraw_proposal(proposal, reason="Te vroeg.", by=cast.mayor, now=now)
    item.meeting.state = MeetingState.AGENDA_SENT
    withdraw_proposal(proposal, reason="Te vroeg.", by=cast.mayor, now=now)
    assert (proposal.state, item.state) == (ProposalState.WITHDRAWN, ItemState.WITHDRAWN)


def test_no_mail_tells_the_explanation(cast: Cast, now: datetime, session: Session) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, circle=MAYORS)
    opened = open_round(proposal)
    assert opened is not None
    cast_vote(opened, Answer.AGREE, motive="", by=cast.chair, now=now)
    session.flush()
    mails = session.scalars(select(OutboxMessage)).all()
    assert {mail.to_email for mail in mails} == {
        cast.chair.email,
        cast.mayor.email,
        cast.support.email,
    }
    assert not [mail for mail in mails if "deelwagens plaatsen" in mail.text + mail.html]


def test_a_mayor_who_became_councillor_no_longer_speaks_for_the_town(
    cast: Cast, now: datetime, session: Session, sign_in_as: SignInAs
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    for seat in session.scalars(select(Seat).where(Seat.person_id == cast.mayor.id)):
        seat.person_id = None
    for role in session.scalars(
        select(RoleAssignment).where(RoleAssignment.person_id == cast.mayor.id)
    ):
        role.role = Role.COUNCILLOR
    session.commit()
    browser = sign_in_as(cast.mayor)
    address = f"/voorstellen/{draft.id}"
    assert browser.get(address).status_code == 200
    assert browser.get(f"{address}/wijzigen").status_code == 403
    assert browser.press(f"{address}/indienen").status_code == 403
    assert browser.press(f"{address}/intrekken").status_code == 403
    session.expire_all()
    assert draft.state is ProposalState.DRAFT


def test_the_page_names_only_who_there_is_at_a_table(
    cast: Cast, now: datetime, sign_in_as: SignInAs, session: Session
) -> None:
    here = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    there = make_submitted(cast.committee_mayor, cast.rivierenland, cast.bornem, now=now)
    session.commit()
    page = sign_in_as(cast.mayor).get(f"/voorstellen/{here.id}").text
    assert "<li>De ondersteuners en de voorzitter van het Midwestoverleg.</li>" in page
    page = sign_in_as(cast.committee_mayor).get(f"/voorstellen/{there.id}").text
    assert "<li>De ondersteuners en de agendacommissie van de Regionale mandaatgroep" in page


def test_the_page_of_what_ended_names_no_later_readers(
    cast: Cast, now: datetime, sign_in_as: SignInAs, session: Session
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    mayor, address = sign_in_as(cast.mayor), f"/voorstellen/{proposal.id}"
    page = mayor.get(address).text
    assert "wie ook voor Roeselare voorstellen indient en de kring besturen mag lezen." in page
    assert "Pas als het op een verstuurde agenda staat" in page
    withdraw_proposal(proposal, reason="Niet meer nodig.", by=cast.mayor, now=now)
    session.commit()
    assert "verstuurde agenda" not in mayor.get(address).text


@pytest.mark.parametrize("place", ["/", "/voorstellen"])
def test_a_new_proposal_is_offered_to_who_has_a_body_for_it(
    session: Session, cast: Cast, sign_in_as: SignInAs, place: str
) -> None:
    client = sign_in_as(cast.stranger)
    assert NEW in client.get(place).text
    assert client.get(NEW).status_code == 200
    session.execute(delete(Seat).where(Seat.person_id == cast.stranger.id))
    session.commit()
    assert NEW not in client.get(place).text
    assert client.get(NEW).status_code == 404
