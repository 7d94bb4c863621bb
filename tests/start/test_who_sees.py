"""“Wie kan dit zien?”: the names on the page and the answers of the command line."""

import json
from datetime import datetime

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import SentAnnex
from overleg.agenda.workflow.referral import refer_proposal
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, make_ready, note_outcome
from overleg.documents.states import Circle
from overleg.lib.dates import local_date
from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role
from overleg.scheduling.states import MeetingState
from overleg.start.asking import CannotAsk, may_open
from overleg.start.cli import access_command
from overleg.start.readers import readers_of_thing
from overleg.start.things import find_thing
from tests.agenda.preparing import CLOSED_TITLE, NOW, ready_proposal
from tests.agenda.proposing import make_submitted
from tests.agenda.test_annexes import sent_annex_of
from tests.agenda.test_proposals_seen import EVERYBODY
from tests.house.world import World
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import text_of


def addresses(world: World) -> dict[str, tuple[str, str]]:
    """Per kind of thing the id and the page."""
    proposal, item = world.proposal, world.item
    assert item.proposal is not None
    return {
        "voorstel": (proposal.id, f"/voorstellen/{proposal.id}"),
        "bijlage": (world.annex.id, f"/bijlagen/{world.annex.id}/bekijken"),
        "uitkomst": (world.outcome.id, f"/uitkomsten/{world.outcome.id}"),
        "vergadering": (world.meeting.id, f"/vergaderingen/{world.meeting.id}"),
        "dossier": (item.proposal.dossier_id, f"/dossiers/{item.proposal.dossier_id}"),
    }


@pytest.mark.parametrize("kind", ["voorstel", "bijlage", "uitkomst", "vergadering", "dossier"])
def test_who_is_named_is_who_can_open_the_page(
    kind: str, world: World, app: Flask, sign_in_as: SignInAs
) -> None:
    key, page = addresses(world)[kind]
    named = {
        reader.person.name: reader.reasons
        for reader in readers_of_thing(find_thing(kind, key), local_date(NOW))
    }
    opened = set()
    for name in EVERYBODY:
        person = getattr(world.cast, name)
        if sign_in_as(person).get(page).status_code == 200:
            opened.add(person.name)
    assert set(named) == opened
    assert all(named.values())


def test_the_page_names_people_and_why(world: World, sign_in_as: SignInAs) -> None:
    support = sign_in_as(world.cast.support)
    page = support.get(f"/wie-ziet/bijlage/{world.annex.id}").text
    assert "Burgemeester Tielt" in page
    assert "lid van het Midwestoverleg voor Tielt" in page
    assert "algemeen directeur van Izegem, dat zetelt in het Midwestoverleg" in page
    assert "Raadslid Roeselare" not in page
    narrowed = support.get(f"/wie-ziet/bijlage/{world.annex.id}?zoek=directeur+IZEGEM").text
    assert "algemeen directeur van Izegem" in narrowed
    assert "Burgemeester Tielt" not in narrowed
    for kind, (key, address) in addresses(world).items():
        assert f"/wie-ziet/{kind}/{key}" in support.get(address).text, kind


def test_the_readers_of_one_quality_are_named_together(world: World, sign_in_as: SignInAs) -> None:
    page = sign_in_as(world.cast.support).get(f"/wie-ziet/vergadering/{world.meeting.id}").text
    assert "<summary>Leden <span" in page
    assert "<summary>Ondersteuner <span" in page
    assert "medewerker van DVV Midwest, dat zetelt in het Midwestoverleg" in page


def test_what_waits_names_the_role_by_which_it_is_seen_and_when_others_see_it(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    cast, item, support = world.cast, world.item, sign_in_as(world.cast.support)
    session.add(
        RoleAssignment(
            person=cast.mayor, role=Role.CHAIR, body=cast.midwest, valid_from=local_date(NOW)
        )
    )
    agreed = Agreed(OutcomeKind.AGREEMENT, "Projectmedewerker", "<p>Samen.</p>")
    assert item.proposal is not None
    item.proposal.dossier.owner = cast.dvv
    waiting = note_outcome(item, agreed, by=cast.support, now=NOW)
    make_ready(waiting, by=cast.support, now=NOW)
    session.commit()
    said = "De anderen van deze kring zien deze pagina zodra de uitkomst vrijgegeven is;"
    page = support.get(f"/wie-ziet/uitkomst/{waiting.id}").text
    assert said in page
    assert "voorzitter van het Midwestoverleg" in page
    assert "medewerker van DVV Midwest, dat het dossier trekt" in page
    assert "lid van het Midwestoverleg" not in page
    noted = Agreed(OutcomeKind.NOTED, "Kennis", "<p>Kennis.</p>")
    known = note_outcome(item, noted, by=cast.support, now=NOW)
    world.meeting.state = MeetingState.IN_SESSION
    session.commit()
    page = support.get(f"/wie-ziet/uitkomst/{known.id}").text
    assert "zien deze pagina zodra de vergadering gesloten is" in page
    page = support.get(f"/wie-ziet/uitkomst/{world.outcome.id}").text
    assert "De anderen van deze kring" not in page
    assert "lid van het Midwestoverleg voor Roeselare" in page


def test_who_is_closest_to_the_table_is_named_first(world: World, sign_in_as: SignInAs) -> None:
    page = parse(sign_in_as(world.cast.support).get(f"/wie-ziet/bijlage/{world.annex.id}").text)
    folds = [each for each in page.iter("details") if each.get("class") == "fold"]
    assert [text_of(next(each.iter("summary"))) for each in folds] == [
        "Wie het indiende of meeschreef 1",
        "Ondersteuner 1",
        "Leden 2",
        "Algemeen directeur 1",
        "Gemeentesecretariaten 2",
        "Medewerker 1",
    ]
    (row,) = [text_of(each) for each in page.iter("tr") if "Burgemeester Izegem" in text_of(each)]
    assert "voor Izegem; " in row, "what somebody did and is, is not joined into one sentence"


def test_only_who_steers_reads_the_names(world: World, sign_in_as: SignInAs) -> None:
    for person, status in (
        (world.cast.chair, 200),
        (world.cast.mayor, 404),
        (world.cast.secretariat, 404),
        (world.cast.stranger, 404),
        (world.cast.committee_support, 404),
    ):
        browser = sign_in_as(person)
        for kind, (key, page) in addresses(world).items():
            address = f"/wie-ziet/{kind}/{key}"
            assert browser.get(address).status_code == status, (person.name, kind)
            if status == 404 and browser.get(page).status_code == 200:
                assert address not in browser.get(page).text
    assert sign_in_as(world.cast.support).get("/wie-ziet/iets/2222222222222222").status_code == 404


def test_a_point_of_the_agenda_names_its_circle(world: World, app: Flask) -> None:
    thing = find_thing("agendapunt", world.item.id)
    named = {reader.person.name for reader in readers_of_thing(thing, local_date(NOW))}
    assert {"Secretariaat Tielt", "Burgemeester Tielt", "Ondersteuner Midwest"} <= named
    assert "Raadslid Roeselare" not in named


def test_the_submitter_of_a_referred_proposal_is_named_there(
    cast: Cast, session: Session, sign_in_as: SignInAs
) -> None:
    cast.midwest.refers_to.append(cast.rivierenland)
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare, "Peilbeheer")
    continued = refer_proposal(
        proposal, cast.rivierenland, reason="Ook daar.", by=cast.support, now=NOW
    )
    session.commit()
    page = sign_in_as(cast.committee_support).get(f"/wie-ziet/voorstel/{continued.id}").text
    assert "diende het in" in page
    assert "Ondersteuner Midwest" not in page


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_command_answers_as_the_pages_do(
    name: str, world: World, app: Flask, sign_in_as: SignInAs
) -> None:
    person = getattr(world.cast, name)
    browser = sign_in_as(person)
    cases = [page for _key, page in addresses(world).values()]
    cases += [
        f"/bijlagen/{world.annex.id}",
        f"/bijlagen/verstuurd/{world.sent_annex.id}",
        f"/vergaderingen/{world.meeting.id}/agenda.docx",
        f"/vergaderingen/{world.meeting.id}.ics",
        f"/gemeenten/{world.cast.tielt.nis_code}",
        f"/overleg/{world.cast.midwest.slug}",
        f"/kalender/{world.feed_token}.ics",
        "/beheer/mails",
        "/beheer/themas",
    ]
    for page in cases:
        verdict = may_open(app, person.email, page)
        assert verdict.allowed is (browser.get(page).status_code < 400), (page, verdict)
        assert verdict.rule


def test_asking_leaves_no_trace(world: World, app: Flask, session: Session) -> None:
    sent = sent_annex_of(session, CLOSED_TITLE)
    verdict = may_open(app, str(world.cast.tielt_mayor.email), f"/bijlagen/verstuurd/{sent.id}")
    assert verdict.allowed
    assert verdict.reasons
    session.expire_all()
    noted = select(JournalEntry).where(JournalEntry.verb == Verb.ANNEX_DOWNLOADED)
    assert session.scalars(noted).all() == []


def test_the_command_says_the_rule_in_json_and_in_its_status(world: World, app: Flask) -> None:
    command = access_command(lambda: app)
    page = f"https://overleg.example/voorstellen/{world.proposal.id}?x=1"

    def ask(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(command, list(arguments))
        return result.exit_code, result.output

    status, answer = ask(str(world.cast.mayor.email), page, "--json")
    told = json.loads(answer)
    assert (status, told["allowed"], told["status"]) == (0, True, 200)
    assert "diende het in" in told["reasons"]
    assert "Kring: besturen" in told["rule"]
    status, answer = ask(str(world.cast.stranger.email), page, "--json")
    assert (status, json.loads(answer)["allowed"]) == (1, False)
    status, answer = ask(str(world.cast.councillor.email), page)
    assert status == 1
    assert "Midwestoverleg tot en met openbaar" in answer
    assert ask("niemand@cast.test", page)[0] == 2
    assert ask(str(world.cast.mayor.email), "/bestaat/niet", "--json")[0] == 2


def test_somebody_whose_account_is_closed_may_nothing(
    world: World, app: Flask, session: Session, now: datetime
) -> None:
    world.cast.mayor.disabled_at_utc = now
    session.commit()
    verdict = may_open(app, str(world.cast.mayor.email), f"/voorstellen/{world.proposal.id}")
    assert (verdict.allowed, verdict.rule) == (False, "Deze account is gesloten.")
    with pytest.raises(CannotAsk):
        may_open(app, "niemand@cast.test", "/")


def test_a_confidential_sent_annex_is_explained(
    cast: Cast, world: World, app: Flask, session: Session
) -> None:
    sent = session.scalars(select(SentAnnex).where(SentAnnex.circle == Circle.MAYORS)).one()
    make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOW)
    verdict = may_open(app, str(cast.secretariat.email), f"/bijlagen/verstuurd/{sent.id}")
    assert not verdict.allowed
    assert verdict.rule == (
        "Deze bijlage is niet voor deze persoon bestemd. Kring: burgemeesters. "
        "Leest mee in Midwestoverleg tot en met besturen."
    )
