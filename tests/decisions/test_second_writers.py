"""Two of the support staff change one thing around outcomes: nobody's words are lost."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from overleg.db import NO_ROW
from overleg.decisions.models import ActionItem, MunicipalityTag, Outcome, PositionSending
from overleg.decisions.queries.actions import vote_of
from overleg.decisions.states import CostRule, FollowUpState, OutcomeKind
from overleg.decisions.workflow.costs import Sharing, share_costs
from overleg.decisions.workflow.outcomes import Agreed, make_ready, note_outcome
from overleg.decisions.workflow.votes import in_words
from overleg.organisations.states import NotesVotes
from tests.at_once import ON_BOTH, at_once
from tests.decisions.conftest import Held, Released
from tests.house.world import World
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.second_writers import form_at, save_second


@pytest.fixture
def two(sign_in_as: SignInAs, cast: Cast) -> list[ReadingClient]:
    """Two browsers of support staff."""
    return [sign_in_as(cast.support), sign_in_as(cast.support)]


@pytest.fixture
def outcome(held: Held, cast: Cast, session: Session, now: datetime) -> Outcome:
    """An agreement whose costs are shared out."""
    agreed = Agreed(OutcomeKind.AGREEMENT, "Deelwagens", "<p>Samen doen.</p>")
    noted = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    make_ready(noted, by=cast.support, now=now)
    sharing = Sharing(CostRule.FIXED, purpose="per jaar", each_cents=100_000)
    share_costs(noted, sharing, [cast.tielt], revision=NO_ROW, by=cast.support, now=now)
    session.commit()
    return noted


@ON_BOTH
def test_who_writes_an_action_second_reads_that_of_the_first(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    action = session.get_one(ActionItem, world.values["action_id"])
    page = f"/actiepunten/{action.id}/wijzigen"
    first = {"text": "Een nota schrijven", "who": "Tielt", "due_on": "2026-12-01"}
    told = save_second(two, page, first, {"text": "Een brief sturen"})
    assert "Iemand anders bewaarde dit actiepunt terwijl u typte." in told.text, database_kind
    assert "Een nota schrijven" in told.text
    assert "Tegen wanneer? 1 december 2026" in told.text
    session.expire_all()
    assert (action.text, action.who) == ("Een nota schrijven", "Tielt")
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert (action.text, action.who) == ("Een brief sturen", "Roeselare")


@ON_BOTH
def test_who_shares_costs_second_reads_how_the_first_did(
    outcome: Outcome, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    page = f"/uitkomsten/{outcome.id}/kosten"
    table = "Izegem\t10,00\nTielt\t20,00"
    first = {"rule": "table", "each": "", "table": table, "purpose": "voor 2027 tot 2029"}
    told = save_second(two, page, first, {"each": "2.000,00"})
    assert "Iemand anders bewaarde deze kosten terwijl u typte." in told.text, database_kind
    assert "voor 2027 tot 2029" in told.text
    session.expire_all()
    assert outcome.cost_sharing
    assert (outcome.cost_sharing.rule, len(outcome.costs)) == (CostRule.TABLE, 2)
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert (outcome.cost_sharing.each_cents, outcome.cost_sharing.purpose) == (200_000, "per jaar")


def test_other_amounts_alone_are_another_revision(
    outcome: Outcome, two: list[ReadingClient], session: Session
) -> None:
    page = f"/uitkomsten/{outcome.id}/kosten"
    by_table = {"rule": "table", "each": "", "table": "Tielt\t20,00"}
    assert two[0].send(page, by_table).status_code == 302
    told = save_second(two, page, {"table": "Tielt\t30,00"}, {"table": "Tielt\t40,00"})
    assert "Tielt 30,00" in told.text
    session.expire_all()
    assert [cost.amount_cents for cost in outcome.costs] == [3000]


@ON_BOTH
def test_who_changes_a_label_second_reads_that_of_the_first(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    tag = session.get_one(MunicipalityTag, world.values["tag_id"])
    page = f"/overleg/midwestoverleg/labels/{tag.id}"
    towns = [world.cast.roeselare.id, world.cast.tielt.id]
    told = save_second(two, page, {"name": tag.name, "municipalities": towns}, {"name": "West"})
    assert "Iemand anders bewaarde dit label terwijl u typte." in told.text, database_kind
    assert "Gemeenten Roeselare, Tielt" in told.text
    session.expire_all()
    assert (tag.name, len(tag.municipalities)) == ("Westrand", 2)
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert tag.name == "West"


@ON_BOTH
def test_who_notes_an_answer_second_reads_that_of_the_first(
    world: World, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    sending = session.get_one(PositionSending, world.values["sending_id"])
    page = f"/standpunten/{sending.id}/antwoord"
    told = save_second(two, page, {"answer": "Ontvangen."}, {"answer": "De minister is akkoord."})
    assert "Iemand anders bewaarde dit antwoord terwijl u typte." in told.text, database_kind
    assert "Wat er terugkwam Ontvangen." in told.text
    session.expire_all()
    assert sending.answer == "Ontvangen."
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert sending.answer == "De minister is akkoord."


@ON_BOTH
def test_who_notes_a_vote_second_reads_that_of_the_first(
    outcome: Outcome,
    two: list[ReadingClient],
    cast: Cast,
    session: Session,
    database_kind: str,
) -> None:
    cast.midwest.notes_votes = NotesVotes.VOTES
    session.commit()
    page = f"/uitkomsten/{outcome.id}/stemming"
    first = {
        "agreed_by": "vote",
        "in_favour": "9",
        "against": "2",
        "reservations": "Tielt: te duur",
    }
    told = save_second(two, page, first, {"agreed_by": "consensus", "reservations": "Izegem"})
    what = "Iemand anders bewaarde hoe het overleg ertoe kwam terwijl u typte."
    assert what in told.text, database_kind
    assert "Voor 9" in told.text
    assert "Voorbehoud Tielt: te duur" in told.text
    session.expire_all()
    assert in_words_of(outcome) == (
        "Bij stemming: 9 voor, 2 tegen, 0 onthoudingen. Voorbehoud: Tielt (te duur)."
    )
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert in_words_of(outcome) == "Bij consensus. Voorbehoud: Izegem."


@ON_BOTH
def test_of_two_who_note_a_vote_at_once_one_is_told(
    outcome: Outcome,
    two: list[ReadingClient],
    cast: Cast,
    session: Session,
    database_kind: str,
) -> None:
    cast.midwest.notes_votes = NotesVotes.CONSENSUS
    session.commit()
    page = f"/uitkomsten/{outcome.id}/stemming"
    opened = [form_at(client.get(page).text, "agreed_by") for client in two]
    typed = [{"agreed_by": "consensus", "reservations": who} for who in ("Tielt", "Izegem")]
    answers = at_once(two, lambda n, who: who.press(page, {**opened[n], **typed[n]}).status_code)
    assert answers == [302, 409], database_kind
    session.expire_all()
    assert in_words_of(outcome).count("Voorbehoud") == 1


def test_a_vote_that_was_taken_away_and_noted_anew_is_another(
    outcome: Outcome, two: list[ReadingClient], cast: Cast, session: Session
) -> None:
    cast.midwest.notes_votes = NotesVotes.CONSENSUS
    session.commit()
    page = f"/uitkomsten/{outcome.id}/stemming"
    assert two[0].send(page, {"agreed_by": "consensus"}).status_code == 302
    opened = form_at(two[1].get(page).text, "agreed_by")
    assert two[0].send(page, {"agreed_by": ""}).status_code == 302
    assert two[0].send(page, {"agreed_by": "consensus", "reservations": "Tielt"}).status_code == 302
    assert two[1].press(page, {**opened, "reservations": "Izegem"}).status_code == 409
    taken_away = {**opened, "agreed_by": ""}
    assert two[1].press(page, taken_away).status_code == 409
    session.expire_all()
    assert in_words_of(outcome) == "Bij consensus. Voorbehoud: Tielt."


def test_other_reservations_alone_are_another_revision(
    outcome: Outcome, two: list[ReadingClient], cast: Cast, session: Session
) -> None:
    cast.midwest.notes_votes = NotesVotes.CONSENSUS
    session.commit()
    page = f"/uitkomsten/{outcome.id}/stemming"
    assert two[0].send(page, {"agreed_by": "consensus"}).status_code == 302
    told = save_second(two, page, {"reservations": "Tielt"}, {"reservations": "Izegem"})
    assert "Voorbehoud Tielt" in told.text


def in_words_of(outcome: Outcome) -> str:
    """How the table came to an outcome, as the journal tells it."""
    vote = vote_of(outcome)
    return in_words(vote) if vote is not None else ""


@ON_BOTH
def test_who_says_when_the_college_meets_second_reads_what_the_first_said(
    cast: Cast, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    page = "/gemeenten/37022/zittingen"
    opened = [form_at(client.get(page).text, "college-kind") for client in two]
    first = {"college-kind": "weekly", "college-extra": "2/03/2027"}
    assert two[0].press(f"{page}/college", {**opened[0], **first}).status_code == 302
    second = {**opened[1], "college-skipped": "9/03/2027"}
    late = two[1].press(f"{page}/college", second)
    assert late.status_code == 409, database_kind
    told = " ".join(" ".join(parse(late.text).itertext()).split())
    assert "Iemand anders bewaarde deze zittingsdagen terwijl u typte." in told
    assert "Ook op deze dagen 2/03/2027" in told
    shown = form_at(late.text, "college-kind")
    assert shown["college-skipped"].strip() == "9/03/2027"
    assert two[1].press(f"{page}/college", shown).status_code == 302
    kept = form_at(two[0].get(page).text, "college-kind")
    assert (kept["college-extra"].strip(), kept["college-skipped"].strip()) == ("", "9/03/2027")
    other = form_at(two[0].get(page).text, "council-kind")
    assert two[0].press(f"{page}/gemeenteraad", other).status_code == 302


@ON_BOTH
def test_who_writes_the_text_second_reads_each_part_of_the_first_and_goes_on(
    outcome: Outcome, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    page = f"/uitkomsten/{outcome.id}/tekst/wijzigen"
    first = {"subject": "Deelwagens in de regio", "finances_html": "1.000 euro per jaar."}
    told = save_second(two, page, first, {"subject": "Samen rijden"})
    assert "Iemand anders bewaarde deze tekst terwijl u typte." in told.text, database_kind
    assert "Onderwerp Deelwagens in de regio" in told.text
    assert "Financiële gevolgen 1.000 euro per jaar." in told.text
    session.expire_all()
    assert outcome.text
    assert outcome.text.subject == "Deelwagens in de regio"
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert (outcome.text.subject, outcome.text.finances_html) == ("Samen rijden", "")


def test_who_issues_a_text_second_reads_that_of_the_first_and_goes_on(
    released: Released, two: list[ReadingClient], session: Session
) -> None:
    page = f"/uitkomsten/{released.outcome.id}/tekst/wijzigen"
    first = {"subject": "Energie in de regio", "reason": "Duidelijker."}
    told = save_second(two, page, first, {"subject": "Samen energie", "reason": "Korter."})
    assert "Onderwerp Energie in de regio" in told.text
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    subjects = [version.subject for version in released.outcome.versions]
    assert subjects[1:] == ["Energie in de regio", "Samen energie"]


@ON_BOTH
def test_who_reports_second_reads_what_the_first_did_and_goes_on(
    released: Released, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    row = released.rows["tielt"]
    page = f"/opvolging/{row.id}/melden"
    first = {"state": "noted", "day": "2026-03-02"}
    second = {"state": "rejected", "day": "2026-03-02", "remark": "Te duur"}
    told = save_second(two, page, first, second)
    assert "meldde intussen: kennisgenomen" in told.text, database_kind
    session.expire_all()
    assert row.state is FollowUpState.NOTED
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert (row.state, row.remark) == (FollowUpState.REJECTED, "Te duur")


@ON_BOTH
def test_who_sets_the_reminders_second_reads_those_of_the_first(
    two: list[ReadingClient], cast: Cast, database_kind: str
) -> None:
    page = "/overleg/midwestoverleg/herinneringen"
    first, second = {"before": "3", "every": "4"}, {"before": "20", "every": "7"}
    told = save_second(two, page, first, second)
    assert "Iemand anders bewaarde de herinneringen terwijl u typte." in told.text
    assert "Dagen vóór de datum 3" in told.text
    assert two[1].press(page, told.form).status_code == 302


@ON_BOTH
def test_who_changes_the_date_second_reads_that_of_the_first(
    two: list[ReadingClient], released: Released, database_kind: str
) -> None:
    page = f"/uitkomsten/{released.outcome.id}/termijn"
    told = save_second(two, page, {"due_on": "2026-05-15"}, {"due_on": "2026-06-15"})
    assert "Iemand anders bewaarde de termijn terwijl u typte." in told.text
    assert "15 mei 2026" in told.text
    assert two[1].press(page, told.form).status_code == 302


@ON_BOTH
def test_who_sets_the_travel_time_second_reads_that_of_the_first(
    two: list[ReadingClient], cast: Cast, database_kind: str
) -> None:
    page, action = "/overleg/midwestoverleg/regels", "/overleg/midwestoverleg/regels/reistijd"
    first, second = {"travel_minutes": "20"}, {"travel_minutes": "45"}
    told = save_second(two, page, first, second, action=action)
    assert "Iemand anders bewaarde de reistijd terwijl u typte." in told.text
    assert "Nu bewaard: “20”." in told.text
    assert two[1].press(action, told.form).status_code == 302


@ON_BOTH
def test_the_travel_time_set_twice_at_once_is_set_once(
    two: list[ReadingClient], cast: Cast, database_kind: str
) -> None:
    action, minutes = "/overleg/midwestoverleg/regels/reistijd", ["20", "45"]
    opened = form_at(two[0].get("/overleg/midwestoverleg/regels").text, "travel_minutes")

    def press(n: int, client: ReadingClient) -> int:
        return client.press(action, {**opened, "travel_minutes": minutes[n]}).status_code

    assert at_once(two, press) == [302, 409]
