"""The story in Rivierenland, up to the agenda: an agendacommissie of six answers by phone."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting
from tests.agenda.proposing import make_meeting
from tests.browser.walking import Walk, Walks, named
from tests.plugins.browser import Watch
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]

TITLE = "Een gedeelde dienst voor handhaving van sluikstorten"
ANSWER = re.compile("^Bekijken en antwoorden")


def test_four_of_six_agree_and_support_schedules_it(
    session: Session, cast: Cast, walks: Walks, watch: Watch
) -> None:
    meeting = make_meeting(session, cast.rivierenland, days=25, number=3)
    session.commit()
    watch.expect_status(422)
    the_mayor_proposes(walks.at_desk(cast.committee_mayor), cast.rivierenland)

    first, second, third, fourth, fifth, sixth = cast.committee
    for member, answered in ((first, 0), (second, 1), (third, 2)):
        agrees(walks.on_phone(member), cast.committee[:answered], cast.committee[answered:])
    last = walks.on_phone(fourth)
    agrees(last, [first, second, third], [fourth, fifth, sixth])
    assert last.reads("gevalideerd")

    late = walks.on_phone(fifth)
    assert not late.reads(TITLE)
    support_schedules_it(walks.at_desk(cast.committee_support), meeting)

    watch.expect_status(404)
    ours = [path for path in sorted(walks.met) if re.search("/[a-z0-9]{16}|/overleg/", path)]
    stranger = walks.at_desk(cast.stranger)
    assert len(ours) > 5
    assert {path for path in ours if stranger.page.request.get(path).status != 404} == set()


def the_mayor_proposes(mayor: Walk, body: Body) -> None:
    mayor.open(f"/voorstellen/nieuw?overleg={body.slug}")
    mayor.press("Indienen")
    assert mayor.page.get_by_role("alert").is_visible()
    mayor.page.get_by_label("Titel").fill(TITLE)
    mayor.write("Toelichting", "Alleen is het voor elke gemeente te duur.")
    mayor.press("Indienen")
    assert mayor.reads("in validatie")


def agrees(member: Walk, answered: list[Person], to_come: list[Person]) -> None:
    """Answer in two taps; the page shows who still has to, and afterwards who answered what."""
    member.follow(ANSWER)
    assert member.reads(f"Antwoorden: {len(answered)} van 6; minstens 4 nodig")
    answers = member.page.locator("main").inner_text().split("Wat de leden antwoordden")[1]
    for person in answered:
        assert f"{person.name}: op de agenda" not in answers
    for person in to_come:
        assert person.name in answers.split("Nog geen antwoord van")[1]
    member.press("Op de agenda")
    expect(member.page.get_by_role("heading", name=TITLE)).to_be_visible()
    for person in answered:
        assert member.reads(f"{person.name}: op de agenda")
    member.open("/")
    assert not member.reads(TITLE)
    member.page.go_back()


def support_schedules_it(support: Walk, meeting: Meeting) -> None:
    support.open(f"/vergaderingen/{meeting.id}/voorbereiden")
    support.press(named("Op de agenda", TITLE))
    expect(support.page.locator(".prepare-row", has_text=TITLE)).to_be_visible()
    support.open(f"/vergaderingen/{meeting.id}")
    assert support.reads(TITLE)
