"""The settings of a body: its validation in full, its agenda, and where it may refer to."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import ValidationRound
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.organisations.models import Body, ValidationStep
from overleg.organisations.queries import validation_warnings
from overleg.organisations.states import (
    AdviceShown,
    Article,
    BodyKind,
    Decides,
    ItemNumbering,
    SectionsBy,
    ValidatedBy,
    WhenTimeIsOver,
)
from overleg.organisations.wording import AskedStep, region_called, validation_in_words
from tests.agenda.proposing import make_submitted
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]
PAGE = "/overleg/mandaatgroep-rivierenland/instellingen"


def step(validated_by: ValidatedBy, people: int = 0, **settings: object) -> AskedStep:
    known = {"days_to_answer": 5, "majority_percent": 50, "decides": Decides.MAJORITY}
    made = ValidationStep(validated_by=validated_by, **{**known, **settings})
    return AskedStep(made, people)


DADO = Body(
    name="Denderregio AD-overleg",
    short_name="DADO",
    article=Article.HET,
    kind=BodyKind.DIRECTORS_CONSULTATION,
)
CHAIR = step(ValidatedBy.CHAIR)
COMMITTEE = step(ValidatedBy.COMMITTEE, 6)
ADVICE = step(ValidatedBy.COMMITTEE, 6, decides=Decides.CHAIR)


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([], "Een voorstel is meteen gevalideerd: er is geen stap."),
        ([CHAIR], "Een voorstel gaat naar de voorzitter (5 dagen), die beslist."),
        (
            [COMMITTEE],
            (
                "Een voorstel gaat naar de agendacommissie (6 leden, 5 dagen), die bij meerderheid "
                "beslist."
            ),
        ),
        (
            [ADVICE],
            (
                "Een voorstel gaat naar de agendacommissie (6 leden, 5 dagen); op hun advies "
                "beslist de voorzitter."
            ),
        ),
        (
            [COMMITTEE, CHAIR],
            (
                "Een voorstel gaat naar de agendacommissie (6 leden, 5 dagen), die bij meerderheid "
                "beslist of het verder gaat; daarna beslist de voorzitter (5 dagen)."
            ),
        ),
        (
            [
                step(ValidatedBy.SUPPORT, 1, days_to_answer=1),
                step(
                    ValidatedBy.BODY,
                    10,
                    asked_body=DADO,
                    majority_percent=100,
                    when_time_is_over=WhenTimeIsOver.TO_CHAIR,
                ),
            ],
            (
                "Een voorstel gaat naar de ondersteuning (1 dag), die het eerst bekijkt; daarna "
                "gaat het naar de leden van het DADO (10 leden, 5 dagen), die eenparig beslissen, "
                "en na die termijn de voorzitter."
            ),
        ),
    ],
)
def test_the_steps_are_told_in_a_sentence(steps: list[AskedStep], sentence: str) -> None:
    assert validation_in_words(steps) == sentence


def test_every_setting_of_validation_is_saved_and_shown_again(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.committee_support)
    before = client.get(PAGE).text
    assert "agendacommissie (6 leden, 5 dagen), die bij meerderheid beslist." in before
    saved = client.get(
        client.send(
            PAGE,
            {
                "step_1-decides": "chair",
                "step_1-may": ["return", "refer"],
                "step_1-when_time_is_over": "to_chair",
                "step_2-who": "body",
                "step_2-asked_body": cast.midwest.id,
                "step_2-quorum": "2",
                "advice_shown": "at_once",
                "item_numbering": "year",
                "sections_by": "function",
                "refers_to": [cast.midwest.id, cast.denderregio.id],
            },
        ).location
        or ""
    )
    assert "op hun advies beslist de voorzitter of het verder gaat" in saved.text
    assert "de leden van het Midwestoverleg (3 leden, 5 dagen)" in saved.text
    session.expire_all()
    body = cast.rivierenland
    first, second = body.validation_steps
    assert (first.decides, first.when_time_is_over) == (Decides.CHAIR, WhenTimeIsOver.TO_CHAIR)
    assert (first.may_return, first.may_refuse, first.may_refer) == (True, False, True)
    assert (second.validated_by, second.asked_body) == (ValidatedBy.BODY, cast.midwest)
    assert body.advice_shown is AdviceShown.AT_ONCE
    assert body.item_numbering is ItemNumbering.YEAR
    assert body.sections_by is SectionsBy.FUNCTION
    assert body.refers_to == [cast.denderregio, cast.midwest]
    told = session.scalars(select(JournalEntry).where(JournalEntry.verb == Verb.BODY_CHANGED)).one()
    assert "op hun advies beslist de voorzitter" in told.reason
    again = client.get(client.send(PAGE, {"refers_to": []}).location or "")
    assert again.status_code == 200
    session.expire_all()
    assert body.refers_to == []
    assert [each.validated_by.value for each in body.validation_steps] == ["committee", "body"]


def test_a_step_of_one_person_has_no_quorum_and_no_advice(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    sign_in_as(cast.committee_support).send(
        PAGE, {"step_1-who": "support", "step_1-quorum": "4", "step_1-decides": "chair"}
    )
    session.expire_all()
    (only,) = cast.rivierenland.validation_steps
    assert (only.quorum, only.decides) == (1, Decides.MAJORITY)


def test_the_settings_offer_no_body_of_others_and_not_the_body_itself(
    cast: Cast, sign_in_as: SIGN_IN
) -> None:
    page = sign_in_as(cast.committee_support).get(PAGE).text
    assert f'value="{cast.midwest.id}"' in page
    assert f'value="{cast.zone_council.id}"' not in page
    assert f'value="{cast.rivierenland.id}"' not in page


def test_a_step_that_asks_nobody_is_refused_and_keeps_what_was_typed(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.committee_support)
    none = client.send(PAGE, {"step_1-who": "body", "rhythm": "om de maand"})
    assert none.status_code == 422
    assert "Kies welk overleg in stap 1 gevraagd wordt." in none.text
    assert "om de maand" in none.text
    for seat_holder in (cast.stranger,):
        seat_holder.disabled_at_utc = seat_holder.created_at_utc
    session.commit()
    empty = client.send(PAGE, {"step_1-who": "body", "step_1-asked_body": cast.denderregio.id})
    assert empty.status_code == 422
    assert "zit nog niemand die kan antwoorden" in empty.text
    external = client.send(PAGE, {"step_1-who": "body", "step_1-asked_body": cast.zone_council.id})
    assert external.status_code == 422


def test_a_quorum_above_the_people_there_are_warns_and_is_saved(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.committee_support)
    saved = client.get(client.send(PAGE, {"step_1-quorum": "9"}).location or "")
    assert "bewaard" in saved.text
    assert "Stap 1 vraagt 9 antwoorden, maar de agendacommissie telt 6 leden." in saved.text


def test_a_step_that_the_chair_ends_warns_when_there_is_no_chair(
    app: Flask, cast: Cast, now: datetime
) -> None:
    body = cast.rivierenland
    body.validation_steps[0].decides = Decides.CHAIR
    told = ["In stap 1 beslist de voorzitter, maar die is er niet."]
    assert validation_warnings(body, now.date()) == told
    body.validation_steps[0].decides = Decides.MAJORITY
    body.validation_steps[0].when_time_is_over = WhenTimeIsOver.TO_CHAIR
    assert validation_warnings(body, now.date()) == told


def test_a_round_under_way_keeps_its_settings(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    make_submitted(cast.committee_mayor, cast.rivierenland, cast.bornem, now=now)
    session.commit()
    sign_in_as(cast.committee_support).send(
        PAGE, {"step_1-who": "chair", "step_1-may": [], "advice_shown": "at_once"}
    )
    session.expire_all()
    (under_way,) = session.scalars(select(ValidationRound))
    assert under_way.validated_by is ValidatedBy.COMMITTEE
    assert (under_way.quorum, under_way.may_return) == (4, True)
    assert under_way.advice_shown is AdviceShown.AFTER_OWN


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Midwest", "Regio Midwest"),
        ("Denderregio", "Denderregio"),
        ("Regio Antwerpen", "Regio Antwerpen"),
    ],
)
def test_a_region_is_called_one_once(name: str, called: str) -> None:
    assert region_called(name) == called
