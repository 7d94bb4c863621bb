"""Two of the support staff change one thing around outcomes: nobody's words are lost."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from overleg.db import NO_ROW
from overleg.decisions.models import ActionItem, MunicipalityTag, Outcome, PositionSending
from overleg.decisions.states import CostRule, OutcomeKind
from overleg.decisions.workflow.costs import Sharing, share_costs
from overleg.decisions.workflow.outcomes import Agreed, make_ready, note_outcome
from tests.at_once import ON_BOTH
from tests.decisions.conftest import Held
from tests.house.world import World
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.second_writers import save_second


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
