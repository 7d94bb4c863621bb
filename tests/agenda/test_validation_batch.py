"""The chair validates everything that waits in one go, with exceptions per item."""

from datetime import datetime

from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from overleg.agenda.models import Proposal
from overleg.agenda.states import Advice, Answer, ProposalState
from overleg.agenda.workflow.asking_back import ask_back
from overleg.agenda.workflow.submitting import withdraw_proposal
from overleg.agenda.workflow.validation import give_advice
from overleg.organisations.models import Body, ReferralRoute
from overleg.organisations.states import BodyKind, Decides, Role, ValidatedBy
from tests.agenda.preparing import NOW
from tests.agenda.proposing import make_meeting, make_submitted
from tests.agenda.validating import give_role, opened_of, set_steps, subjects_to
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario
from tests.reading import ReadingClient

BATCH = "/overleg/midwestoverleg/valideren"
TITLES = ("Hoppinpunten", "Vrachtwagenparkeren", "Waterbom", "Rechtspositieregeling")


@scenario
def four(cast: Cast) -> list[Proposal]:
    """Four proposals that wait for the chair of Midwest."""
    return [
        make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOW, title=title)
        for title in TITLES
    ]


def fields_for(*choices: tuple[Proposal, str, str], refer_to: str = "") -> dict[str, object]:
    """What the form sends for these: what is chosen, and why."""
    rounds = [opened_of(proposal).id for proposal, _choice, _why in choices]
    sent: dict[str, object] = {"round": rounds}
    for round_id, (_proposal, choice, why) in zip(rounds, choices, strict=True):
        sent |= {f"keuze-{round_id}": choice, f"reden-{round_id}": why}
        sent |= {f"naar-{round_id}": refer_to}
    return sent


def follow(client: ReadingClient, answered: TestResponse) -> str:
    """The page that follows."""
    assert answered.status_code == 303, answered.status_code
    return client.get(answered.location).get_data(as_text=True)


def test_one_button_validates_everything(
    client: ReadingClient, cast: Cast, session: Session, four: list[Proposal]
) -> None:
    client.sign_in(cast.chair)
    meeting = make_meeting(session, cast.midwest)
    assert "4 voorstellen in één keer" in client.get("/").get_data(as_text=True)
    page = client.get(BATCH).get_data(as_text=True)
    assert all(title in page for title in TITLES)
    assert f"/vergaderingen/{meeting.id}" in page
    sent = fields_for(*[(proposal, "akkoord", "") for proposal in four])
    told = follow(client, client.send(BATCH, {"round": sent["round"]}))
    assert "4 voorstellen gevalideerd." in told
    assert "Er wacht niets op u als voorzitter" in told
    session.expire_all()
    assert {proposal.state for proposal in four} == {ProposalState.VALIDATED}
    assert subjects_to(session, cast.mayor) == ["Gevalideerd"] * 4


def test_each_exception_ends_in_its_own_state(
    client: ReadingClient, cast: Cast, session: Session, four: list[Proposal]
) -> None:
    elsewhere = Body(slug="ad", name="AD-overleg", kind=BodyKind.DIRECTORS_CONSULTATION)
    session.add(elsewhere)
    session.flush()
    session.add(ReferralRoute(from_body_id=cast.midwest.id, to_body_id=elsewhere.id))
    session.commit()
    client.sign_in(cast.chair)
    sent = fields_for(
        (four[0], "akkoord", "Een reden die niet nodig is"),
        (four[1], "later", ""),
        (four[2], "terug", "Wat kost het?"),
        (four[3], "verwijzen", "Voor de directeurs."),
        refer_to=elsewhere.id,
    )
    told = follow(client, client.press(BATCH, sent))
    assert "1 voorstel gevalideerd, 1 teruggestuurd en 1 verwezen." in told
    session.expire_all()
    assert [proposal.state for proposal in four] == [
        ProposalState.VALIDATED,
        ProposalState.IN_VALIDATION,
        ProposalState.RETURNED,
        ProposalState.REFERRED,
    ]
    assert four[0].state_reason == ""
    assert four[2].state_reason == "Wat kost het?"


def test_what_was_asked_back_says_so_and_starts_on_later(
    client: ReadingClient, cast: Cast, session: Session, four: list[Proposal]
) -> None:
    ask_back(four[2], reason="De cijfers van 2025 zijn er.", by=cast.mayor, now=NOW)
    session.commit()
    client.sign_in(cast.chair)
    start = client.get("/").text
    assert "Ingediend door Roeselare, intussen teruggevraagd" in start
    assert "Bij elk staat een antwoord klaar" in start
    page = client.get(BATCH).text
    assert "Waarom de indiener het terugvroeg:</strong> De cijfers van 2025 zijn er." in page
    assert "wat teruggevraagd is op later" in page
    rounds = [opened_of(proposal).id for proposal in four]
    told = follow(client, client.send(BATCH, {"round": rounds}))
    assert "3 voorstellen gevalideerd." in told
    session.expire_all()
    assert four[2].state is ProposalState.IN_VALIDATION


def test_a_missing_reason_stops_all_and_keeps_what_was_typed(
    client: ReadingClient, cast: Cast, session: Session, four: list[Proposal]
) -> None:
    client.sign_in(cast.chair)
    sent = fields_for(
        (four[0], "akkoord", ""), (four[1], "terug", ""), (four[2], "terug", "Te vroeg")
    )
    answered = client.press(BATCH, sent)
    assert answered.status_code == 422
    page = answered.get_data(as_text=True)
    assert "Er is nog niets beslist" in page
    assert "Te vroeg" in page
    session.expire_all()
    assert {proposal.state for proposal in four} == {ProposalState.IN_VALIDATION}


def test_what_ended_meanwhile_is_told_and_leaves_the_rest_alone(
    client: ReadingClient, cast: Cast, session: Session, four: list[Proposal], now: datetime
) -> None:
    client.sign_in(cast.chair)
    sent = fields_for(*[(proposal, "akkoord", "") for proposal in four])
    withdraw_proposal(four[1], reason="Niet meer nodig.", by=cast.mayor, now=now)
    told = follow(client, client.press(BATCH, sent))
    assert "3 voorstellen gevalideerd." in told
    assert "1 voorstel is intussen al beantwoord, ingetrokken of teruggestuurd" in told
    session.expire_all()
    assert four[1].state is ProposalState.WITHDRAWN
    assert "4 voorstellen zijn intussen al beantwoord" in follow(client, client.press(BATCH, sent))


def test_a_reason_for_what_ended_meanwhile_is_given_back_under_its_title(
    client: ReadingClient, cast: Cast, session: Session, four: list[Proposal], now: datetime
) -> None:
    client.sign_in(cast.chair)
    sent = fields_for((four[0], "akkoord", ""), (four[1], "terug", "De cijfers ontbreken."))
    withdraw_proposal(four[1], reason="Niet meer nodig.", by=cast.mayor, now=now)
    answered = client.press(BATCH, sent)
    assert answered.status_code == 409
    assert f"“{TITLES[1]}” is intussen al beantwoord, ingetrokken" in answered.text
    assert "De cijfers ontbreken." in answered.text
    session.expire_all()
    assert four[0].state is ProposalState.IN_VALIDATION
    again = follow(client, client.press(BATCH, fields_for((four[0], "akkoord", ""))))
    assert "1 voorstel gevalideerd." in again


def test_what_came_after_the_page_was_opened_is_not_validated_unseen(
    client: ReadingClient, cast: Cast, session: Session, four: list[Proposal]
) -> None:
    client.sign_in(cast.chair)
    follow(client, client.press(BATCH, fields_for((four[0], "akkoord", ""))))
    session.expire_all()
    assert [p.state for p in four[1:]] == [ProposalState.IN_VALIDATION] * 3


def test_it_is_for_the_chair_alone(
    sign_in_as: SignInAs, cast: Cast, session: Session, four: list[Proposal]
) -> None:
    sent = fields_for(*[(proposal, "akkoord", "") for proposal in four])
    for person, status in ((cast.support, 403), (cast.mayor, 403), (cast.stranger, 404)):
        client = sign_in_as(person)
        assert client.get(BATCH).status_code == status
        assert client.press(BATCH, sent).status_code == status
    session.expire_all()
    assert {proposal.state for proposal in four} == {ProposalState.IN_VALIDATION}


def test_what_still_gathers_advice_is_shown_apart(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    give_role(session, cast.committee_mayor, Role.CHAIR, cast.rivierenland)
    step = {"validated_by": ValidatedBy.COMMITTEE, "quorum": 2, "decides": Decides.CHAIR}
    set_steps(session, cast.rivierenland, step)
    made = [
        make_submitted(cast.committee_support, cast.rivierenland, cast.lier, now=now, title=title)
        for title in TITLES[:2]
    ]
    for member in cast.committee[:2]:
        give_advice(opened_of(made[0]), Advice.ON_AGENDA, motive="", by=member, now=now)
    session.commit()
    chair = sign_in_as(cast.committee_mayor)
    address = f"/overleg/{cast.rivierenland.slug}/valideren"
    page = chair.get(address).get_data(as_text=True)
    ready, _, later = page.partition("Nog niet aan u")
    assert TITLES[0] in ready
    assert TITLES[1] not in ready
    assert "U beslist vanaf 2 adviezen" in later
    early = chair.press(address, fields_for((made[1], "akkoord", "")))
    assert "u kunt beslissen vanaf 2" in follow(chair, early)
    follow(chair, chair.press(address, fields_for((made[0], "akkoord", ""))))
    session.expire_all()
    assert [p.state for p in made] == [ProposalState.VALIDATED, ProposalState.IN_VALIDATION]
    assert made[0].rounds[0].decision is Answer.AGREE


@ON_BOTH
def test_two_windows_at_once_decide_each_once(
    sign_in_as: SignInAs, cast: Cast, session: Session, four: list[Proposal], database_kind: str
) -> None:
    orders = [four, list(reversed(four))]
    sent = [fields_for(*[(each, "akkoord", "") for each in order]) for order in orders]
    windows = [sign_in_as(cast.chair), sign_in_as(cast.chair)]
    statuses = at_once(windows, lambda n, c: c.press(BATCH, sent[n]).status_code)
    assert statuses == [303, 303]
    session.expire_all()
    assert {proposal.state for proposal in four} == {ProposalState.VALIDATED}
    assert subjects_to(session, cast.mayor) == ["Gevalideerd"] * 4


@ON_BOTH
def test_one_that_fails_within_the_batch_is_undone_alone(
    sign_in_as: SignInAs, cast: Cast, session: Session, four: list[Proposal], database_kind: str
) -> None:
    opened_of(four[1]).may_return = False
    session.commit()
    chair = sign_in_as(cast.chair)
    sent = fields_for((four[0], "akkoord", ""), (four[1], "terug", "Nee"), (four[2], "akkoord", ""))
    told = follow(chair, chair.press(BATCH, sent))
    assert "2 voorstellen gevalideerd" in told
    assert "“Vrachtwagenparkeren”: In deze stap kiest u akkoord of weigeren." in told
    session.expire_all()
    assert [p.state for p in four[:3]] == [
        ProposalState.VALIDATED,
        ProposalState.IN_VALIDATION,
        ProposalState.VALIDATED,
    ]
