"""Who changes something of an outcome minds what another did with it in the same second."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.agenda.states import ItemState
from overleg.db import NO_ROW
from overleg.decisions.models import Outcome
from overleg.decisions.states import CostRule, DueRule, Organ, OutcomeKind, OutcomeState
from overleg.decisions.workflow.costs import Sharing, drop_costs, share_costs
from overleg.decisions.workflow.dropping import drop_outcome
from overleg.decisions.workflow.due import change_due, revision_of_due
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    note_outcome,
    release_outcome,
    take_back,
)
from overleg.decisions.workflow.participation import Reasoned, step_in
from overleg.decisions.workflow.texts import change_text, issue_text, sections_of_text
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Organisation
from tests.at_once import ON_BOTH, meanwhile
from tests.decisions.agreeing import agree, agree_and_prepare
from tests.decisions.conftest import Held, Released
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast

SHARED = Sharing(CostRule.FIXED, each_cents=100)


@pytest.fixture
def outcome(held: Held, cast: Cast, session: Session, now: datetime) -> Outcome:
    """An agreement that is ready, with costs; all of it is loaded."""
    ready = agree_and_prepare(held.open_item, by=cast.support, now=now)
    share_costs(ready, SHARED, [cast.tielt], revision=NO_ROW, by=cast.support, now=now)
    session.commit()
    assert (ready.state, ready.text is None) == (OutcomeState.READY, False)
    assert ready.cost_sharing
    assert [cost.organisation for cost in ready.costs] == [cast.tielt]
    assert cast.support.name
    return ready


@pytest.fixture
def release_meanwhile(app: Flask, outcome: Outcome, cast: Cast, now: datetime) -> None:
    """Somebody else releases it; who has it loaded does not know."""
    meanwhile(app, Releasing(outcome, cast, now))
    assert outcome.state is OutcomeState.READY


class Releasing:
    """Releasing an outcome to the college of Tielt, in another request."""

    def __init__(self, outcome: Outcome, cast: Cast, now: datetime) -> None:
        self.outcome_id, self.by_id, self.town_id = outcome.id, cast.support.id, cast.tielt.id
        self.now = now

    def __call__(self, session: Session) -> None:
        """Release it."""
        town = session.get_one(Organisation, self.town_id)
        by = session.get_one(Person, self.by_id)
        request = Request([town], [Organ.COLLEGE], due_on=None)
        release_outcome(session.get_one(Outcome, self.outcome_id), request, by=by, now=self.now)


@ON_BOTH
@pytest.mark.usefixtures("release_meanwhile")
def test_a_text_that_was_released_meanwhile_is_fixed(
    outcome: Outcome, cast: Cast, session: Session, now: datetime, database_kind: str
) -> None:
    text = outcome.text
    assert text
    other = replace(sections_of_text(text), subject="Anders")
    with pytest.raises(NotPossible, match="de tekst staat vast"):
        change_text(text, other, revision=text.revision, by=cast.support, now=now)
    session.rollback()
    assert [version.subject for version in outcome.versions] == [text.subject], database_kind


@ON_BOTH
@pytest.mark.usefixtures("release_meanwhile")
def test_costs_that_were_released_meanwhile_need_a_version(
    outcome: Outcome, cast: Cast, session: Session, now: datetime, database_kind: str
) -> None:
    assert outcome.cost_sharing
    revision, dearer = outcome.cost_sharing.revision, replace(SHARED, each_cents=900)
    with pytest.raises(Refused, match="wat er verbeterd is en waarom"):
        share_costs(outcome, dearer, [cast.tielt], revision=revision, by=cast.support, now=now)
    session.rollback()
    assert [cost.amount_cents for cost in outcome.costs] == [100], database_kind


@pytest.mark.usefixtures("release_meanwhile")
def test_costs_that_were_released_meanwhile_stay(
    outcome: Outcome, cast: Cast, now: datetime
) -> None:
    with pytest.raises(NotPossible, match="Verdeel de kosten opnieuw"):
        drop_costs(outcome, by=cast.support, now=now)


@pytest.mark.usefixtures("release_meanwhile")
def test_what_was_released_meanwhile_is_not_taken_back(
    outcome: Outcome, cast: Cast, now: datetime
) -> None:
    with pytest.raises(NotPossible, match="Ze is nu vrijgegeven"):
        take_back(outcome, by=cast.support, now=now)


@pytest.mark.postgresql
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_who_wrote_while_it_was_released_goes_on_with_a_version(
    app: Flask,
    outcome: Outcome,
    cast: Cast,
    session: Session,
    now: datetime,
    sign_in_as: SignInAs,
    monkeypatch: pytest.MonkeyPatch,
    database_kind: str,
) -> None:
    releasing = Releasing(outcome, cast, now)
    client, page = sign_in_as(cast.support), f"/uitkomsten/{outcome.id}/tekst/wijzigen"

    def too_late(*args: object, **kwargs: object) -> None:
        meanwhile(app, releasing)
        change_text(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("overleg.decisions.views.texts.change_text", too_late)
    typed = {"subject": "Anders", "articles_html": "Artikel."}
    late = client.send(page, typed)
    assert late.status_code == 409
    assert "Geef een verbeterde tekst uit" in late.text
    assert 'value="Anders"' in late.text
    assert client.send(page, {**typed, "reason": "Een tikfout."}).status_code == 302
    session.expire_all()
    assert [version.number for version in outcome.versions] == [1, 2]


@ON_BOTH
def test_a_release_minds_costs_that_were_shared_meanwhile(
    app: Flask, outcome: Outcome, cast: Cast, now: datetime, database_kind: str
) -> None:
    town_id, by_id, outcome_id = cast.izegem.id, cast.support.id, outcome.id
    assert outcome.cost_sharing
    revision = outcome.cost_sharing.revision

    def share(session: Session) -> None:
        there, by = session.get_one(Outcome, outcome_id), session.get_one(Person, by_id)
        towns = [session.get_one(Organisation, town_id)]
        share_costs(there, SHARED, towns, revision=revision, by=by, now=now)

    meanwhile(app, share)
    request = Request([cast.tielt], [Organ.COLLEGE], due_on=None)
    with pytest.raises(Refused, match="geen bedrag voor Tielt"):
        release_outcome(outcome, request, by=cast.support, now=now)
    assert database_kind


def test_a_text_that_was_taken_back_meanwhile_is_not_written(
    app: Flask, outcome: Outcome, cast: Cast, now: datetime
) -> None:
    text, outcome_id, by_id = outcome.text, outcome.id, cast.support.id
    assert text
    other, revision = replace(sections_of_text(text), subject="Anders"), text.revision

    def change_mind(session: Session) -> None:
        by = session.get_one(Person, by_id)
        take_back(session.get_one(Outcome, outcome_id), by=by, now=now)

    meanwhile(app, change_mind)
    with pytest.raises(NotPossible, match="nam deze uitkomst intussen terug"):
        change_text(text, other, revision=revision, by=cast.support, now=now)


@ON_BOTH
def test_who_steps_in_pays_by_the_version_of_meanwhile(
    app: Flask,
    released: Released,
    cast: Cast,
    session: Session,
    now: datetime,
    database_kind: str,
) -> None:
    outcome, towns = released.outcome, [row.organisation for row in released.rows.values()]
    share_costs(outcome, SHARED, towns, revision=NO_ROW, by=cast.support, now=now, reason="Kosten")
    session.commit()
    outcome_id, by_id = outcome.id, cast.support.id
    assert outcome.text
    before = outcome.text.version_number

    def issue(elsewhere: Session) -> None:
        text, by = elsewhere.get_one(Outcome, outcome_id).text, elsewhere.get_one(Person, by_id)
        assert text
        other = replace(sections_of_text(text), subject="Anders")
        issue_text(text, other, reason="Beter.", revision=text.revision, by=by, now=now)

    meanwhile(app, issue)
    step_in(outcome, cast.lier, Reasoned(now.date(), "Ook wij."), by=cast.support, now=now)
    paid = {cost.version_number for cost in outcome.costs if cost.organisation is cast.lier}
    assert paid == {before + 1}, database_kind


@ON_BOTH
def test_another_date_is_also_for_who_stepped_in_meanwhile(
    app: Flask, released: Released, cast: Cast, now: datetime, database_kind: str
) -> None:
    outcome, later = released.outcome, date(2026, 5, 15)
    outcome_id, by_id, town_id = outcome.id, cast.support.id, cast.lier.id
    assert outcome.request
    assert len(outcome.follow_ups) == 3
    seen = revision_of_due(outcome.request)

    def join(session: Session) -> None:
        there, by = session.get_one(Outcome, outcome_id), session.get_one(Person, by_id)
        town = session.get_one(Organisation, town_id)
        step_in(there, town, Reasoned(now.date(), "Ook wij."), by=by, now=now)

    meanwhile(app, join)
    change_due(outcome, DueRule.DATE, later, revision=seen, by=cast.support, now=now)
    assert [row.due_on for row in outcome.follow_ups] == [later] * 4, database_kind


@ON_BOTH
def test_who_steps_in_decides_by_the_date_of_meanwhile(
    app: Flask, released: Released, cast: Cast, now: datetime, database_kind: str
) -> None:
    outcome, later = released.outcome, date(2026, 5, 15)
    outcome_id, by_id = outcome.id, cast.support.id
    asked = outcome.request
    assert asked
    assert asked.due_on != later
    seen = revision_of_due(asked)

    def change(session: Session) -> None:
        there, by = session.get_one(Outcome, outcome_id), session.get_one(Person, by_id)
        change_due(there, DueRule.DATE, later, revision=seen, by=by, now=now)

    meanwhile(app, change)
    step_in(outcome, cast.lier, Reasoned(now.date(), "Ook wij."), by=cast.support, now=now)
    row = next(row for row in outcome.follow_ups if row.organisation is cast.lier)
    assert row.due_on == asked.due_on == later, database_kind


@ON_BOTH
def test_a_point_of_which_more_was_noted_meanwhile_stays_treated(
    app: Flask, held: Held, cast: Cast, session: Session, now: datetime, database_kind: str
) -> None:
    item = held.open_item
    mistaken = agree(item, by=cast.support, now=now)
    session.commit()
    item_id, by_id = item.id, cast.support.id
    assert (item.state, mistaken.state) == (ItemState.TREATED, OutcomeState.DRAFT)

    def drop(elsewhere: Session) -> None:
        by = elsewhere.get_one(Person, by_id)
        there = elsewhere.get_one(Outcome, mistaken_id)
        drop_outcome(there, reason="Verkeerd punt", by=by, now=now)

    mistaken_id = mistaken.id
    meanwhile(app, drop)
    noted = Agreed(OutcomeKind.NOTED, "Kennis", "<p>Kennis.</p>")
    note_outcome(item, noted, by=cast.support, now=now + timedelta(minutes=1))
    session.commit()
    session.expire_all()
    assert session.get_one(AgendaItem, item_id).state is ItemState.TREATED, database_kind
