"""A dossier through time and across bodies: everybody sees the parts that are for them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import Dossier, DossierLink, Proposal
from overleg.agenda.reference import FIRST_THEMES, load_themes
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.dossiers import add_theme, regroup_proposal, tie_dossiers
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.offers import accept_offer
from overleg.agenda.workflow.referral import refer_proposal
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.treatment import treat_item
from overleg.documents.states import Circle
from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role
from tests.agenda.preparing import (
    CLOSED_TITLE,
    NOW,
    PUBLIC_TITLE,
    SHARED_TITLE,
    count_statements,
    ready_proposal,
)
from tests.agenda.proposing import make_meeting, make_submitted
from tests.at_once import ON_BOTH
from tests.house.world import World
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.second_writers import save_second


def dossier_of(session: Session, title: str) -> Dossier:
    """The dossier of the proposal with this title."""
    return session.scalars(
        select(Dossier)
        .join(Proposal, Proposal.dossier_id == Dossier.id)
        .where(Proposal.title == title)
    ).one()


def test_one_page_tells_what_was_proposed_treated_and_agreed(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    dossier = dossier_of(session, SHARED_TITLE)
    page = sign_in_as(world.cast.tielt_mayor).get(f"/dossiers/{dossier.id}").text
    places = [page.index(word) for word in ("Behandeling:", "Uitkomst:")]
    assert places == sorted(places)
    assert "Voorstel:" in page
    assert f"/vergaderingen/{world.meeting.id}" in page
    assert f"/uitkomsten/{world.outcome.id}" in page
    assert "College: nog geen van de 3 antwoordde; gemeenteraad: nog geen van de 3" in page


@pytest.mark.parametrize(
    ("title", "readers"),
    [
        (PUBLIC_TITLE, {"support", "tielt_mayor", "director", "secretariat", "councillor"}),
        (SHARED_TITLE, {"support", "tielt_mayor", "director", "secretariat"}),
        (CLOSED_TITLE, {"support", "tielt_mayor"}),
    ],
)
def test_who_sees_no_part_finds_no_dossier(
    world: World, session: Session, sign_in_as: SignInAs, title: str, readers: set[str]
) -> None:
    dossier = dossier_of(session, title)
    for name in (
        *("support", "tielt_mayor", "director", "secretariat", "councillor"),
        *("stranger", "administrator", "former_mayor"),
    ):
        browser = sign_in_as(getattr(world.cast, name))
        status = 200 if name in readers else 404
        assert browser.get(f"/dossiers/{dossier.id}").status_code == status, name
        assert (title in browser.get("/dossiers").text) is (name in readers), name


def test_who_does_not_read_its_circle_sees_it_under_the_first_part(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    dossier = dossier_of(session, PUBLIC_TITLE)
    theme = add_theme("welzijn en zorg")
    dossier.title, dossier.circle = "Sluiting zwembad", Circle.MAYORS
    dossier.summary_html, dossier.themes = "<p>Vertrouwelijk plan.</p>", [theme]
    session.commit()
    for person, told in ((world.cast.tielt_mayor, True), (world.cast.councillor, False)):
        browser = sign_in_as(person)
        page = browser.get(f"/dossiers/{dossier.id}").text
        listed = browser.get("/dossiers").text
        found = browser.get(f"/dossiers?thema={theme.id}").text
        for text in (page, listed):
            assert ("Sluiting zwembad" in text) is told
        assert PUBLIC_TITLE in page
        assert ("Vertrouwelijk plan" in page) is told
        assert (f"/dossiers/{dossier.id}" in found) is told


def test_support_staff_and_submitter_describe_it(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    dossier = dossier_of(session, SHARED_TITLE)
    theme = add_theme("cultuur, jeugd en sport")
    session.commit()
    browser = sign_in_as(world.cast.mayor)
    address = f"/dossiers/{dossier.id}/wijzigen"
    assert "Trekker" in browser.get(address).text
    form = {
        "revision": str(dossier.revision),
        "title": "Sport in de regio",
        "summary_html": "Eén plan voor alle zalen.",
        "circle": "administrations",
        "owner_id": world.cast.dvv.id,
        "contact_id": world.cast.partner.id,
        "themes": [theme.id],
    }
    assert browser.press(address, form).status_code == 302
    page = browser.get(f"/dossiers/{dossier.id}").text
    for word in ("Sport in de regio", "Eén plan", "DVV Midwest", "Medewerker DVV", theme.name):
        assert word in page
    late = browser.press(address, {**form, "title": "Te laat"})
    assert late.status_code == 409
    assert "Te laat" in late.text
    assert browser.press(address, {**form, "title": ""}).status_code == 422
    for person, status in ((world.cast.tielt_mayor, 403), (world.cast.stranger, 404)):
        other = sign_in_as(person)
        assert other.get(address).status_code == status
        assert other.press(address, form).status_code == status


@ON_BOTH
def test_who_describes_it_second_reads_all_that_the_first_did_and_goes_on(
    world: World, session: Session, sign_in_as: SignInAs, database_kind: str
) -> None:
    dossier = dossier_of(session, SHARED_TITLE)
    theme = add_theme("cultuur, jeugd en sport")
    session.commit()
    two = [sign_in_as(world.cast.mayor), sign_in_as(world.cast.support)]
    page = f"/dossiers/{dossier.id}/wijzigen"
    first = {
        "title": "Sport in de regio",
        "circle": "mayors",
        "owner_id": world.cast.dvv.id,
        "themes": [theme.id],
    }
    told = save_second(two, page, first, {"title": "Te laat"})
    assert "Iemand anders bewaarde dit dossier terwijl u typte." in told.text, database_kind
    for kept in (
        "Titel Sport in de regio",
        "burgemeesters: alleen de leden",
        f"Trekker {world.cast.dvv.name}",
        f"Thema’s {theme.name}",
    ):
        assert kept in told.text
    session.expire_all()
    assert dossier.title == "Sport in de regio"
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert (dossier.title, dossier.owner, dossier.themes) == ("Te laat", None, [])


def test_other_themes_alone_are_another_revision(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    dossier = dossier_of(session, SHARED_TITLE)
    theme = add_theme("cultuur, jeugd en sport")
    session.commit()
    two = [sign_in_as(world.cast.mayor), sign_in_as(world.cast.support)]
    opened = {"title": dossier.title, "themes": [theme.id]}
    told = save_second(two, f"/dossiers/{dossier.id}/wijzigen", opened, {"title": "Te laat"})
    assert f"Thema’s {theme.name}" in told.text


def test_related_dossiers_show_on_both_sides_to_who_reads_both(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    shared, closed = dossier_of(session, SHARED_TITLE), dossier_of(session, CLOSED_TITLE)
    support = sign_in_as(world.cast.support)
    support.press(f"/dossiers/{shared.id}/verwant", {"dossier_id": closed.id})
    assert CLOSED_TITLE in support.get(f"/dossiers/{shared.id}").text
    assert SHARED_TITLE in support.get(f"/dossiers/{closed.id}").text
    assert CLOSED_TITLE not in sign_in_as(world.cast.director).get(f"/dossiers/{shared.id}").text
    support.press(f"/dossiers/{closed.id}/verwant/{shared.id}/losmaken")
    assert CLOSED_TITLE not in support.get(f"/dossiers/{shared.id}").text.partition("Historiek")[0]


def test_two_dossiers_on_one_topic_become_one(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    shared = dossier_of(session, SHARED_TITLE)
    left = world.proposal.dossier_id
    browser = sign_in_as(world.cast.mayor)
    address = f"/voorstellen/{world.proposal.id}/dossier"
    assert SHARED_TITLE in browser.get(address).text
    assert browser.press(address, {"dossier_id": shared.id}).status_code == 302
    session.expire_all()
    assert world.proposal.dossier_id == shared.id
    assert session.get(Dossier, left) is None
    assert session.scalars(select(DossierLink)).all() == []
    assert world.proposal.title in browser.get(f"/dossiers/{shared.id}").text
    browser.press(address, {"dossier_id": "nieuw"})
    session.expire_all()
    assert world.proposal.dossier_id not in {left, shared.id}
    assert sign_in_as(world.cast.director).get(address).status_code == 404


def test_a_confidential_dossier_is_not_offered_to_who_may_not_read_it(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    proposal = make_submitted(world.cast.director, world.cast.midwest, world.cast.izegem, now=NOW)
    session.commit()
    page = sign_in_as(world.cast.director).get(f"/voorstellen/{proposal.id}/dossier").text
    assert SHARED_TITLE in page
    assert CLOSED_TITLE not in page


def test_a_dossier_referred_to_another_body_shows_both_treatments(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    cast, proposal = world.cast, world.item.proposal
    assert proposal is not None
    cast.midwest.refers_to.append(cast.rivierenland)
    continued = refer_proposal(
        proposal, cast.rivierenland, reason="Ook daar.", by=cast.support, now=NOW
    )
    accept_offer(continued, by=cast.committee_support, now=NOW)
    continued.state = ProposalState.VALIDATED
    there = make_meeting(session, cast.rivierenland, days=40, number=1)
    ensure_fixed_items(there, now=NOW)
    item = schedule_proposal(there, continued, by=cast.committee_support, now=NOW)
    send_agenda(there, message="", by=cast.committee_support, now=NOW)
    treat_item(item, by=cast.committee_support, now=NOW)
    both = RoleAssignment(
        person=cast.tielt_mayor, role=Role.CHAIR, body=cast.rivierenland, valid_from=NOW.date()
    )
    session.add(both)
    session.commit()
    address = f"/dossiers/{proposal.dossier_id}"
    here_url, there_url = f"/vergaderingen/{world.meeting.id}", f"/vergaderingen/{there.id}"
    for person, sees_here, sees_there in (
        (cast.tielt_mayor, True, True),
        (cast.support, True, False),
        (cast.committee_support, False, True),
    ):
        page = sign_in_as(person).get(address).text
        assert (here_url in page) is sees_here, person.name
        assert (there_url in page) is sees_there, person.name
        assert page.count("Behandeling:") == sees_here + sees_there
    submitter = sign_in_as(cast.mayor).get(address).text
    assert f"/voorstellen/{continued.id}" in submitter
    assert there_url not in submitter


def test_a_proposal_tells_its_own_treatment_and_the_newest_of_its_dossier(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    cast, proposal = world.cast, world.item.proposal
    assert proposal is not None
    client, address = sign_in_as(cast.support), f"/voorstellen/{proposal.id}"
    page = client.get(address).text
    assert 'Dit voorstel, <a href="/vergaderingen/' in page
    assert "Ouder (" not in page
    for number in range(6):
        other = ready_proposal(cast.partner, cast.midwest, cast.dvv, f"Vervolg {number}")
        other.dossier_id = proposal.dossier_id
    session.commit()
    assert "Ouder (2)" in client.get(address).text


def test_support_staff_keep_the_list_of_themes(
    session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    assert load_themes() == len(FIRST_THEMES)
    assert load_themes() == 0
    session.commit()
    browser = sign_in_as(cast.support)
    assert "mobiliteit" in browser.get("/beheer/themas").text
    assert browser.press("/beheer/themas", {"name": "Mobiliteit"}).status_code == 422
    assert browser.press("/beheer/themas", {"name": "toerisme"}).status_code == 302
    assert "toerisme" in browser.get("/beheer/themas").text
    assert sign_in_as(cast.mayor).get("/beheer/themas").status_code == 404


def test_a_theme_in_use_is_renamed_but_not_removed(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    used, free = add_theme("water"), add_theme("vuur")
    dossier_of(session, SHARED_TITLE).themes = [used]
    session.commit()
    browser = sign_in_as(world.cast.support)
    for theme in (used, free):
        browser.press(f"/beheer/themas/{theme.id}/verwijderen")
    renamed = {"name": "water en wind", "revision": str(used.revision)}
    browser.press(f"/beheer/themas/{used.id}/naam", renamed)
    page = browser.get("/beheer/themas").text
    assert "water en wind" in page
    assert "vuur" not in page.partition("De lijst")[2]


def test_the_list_takes_the_same_statements_however_long(
    world: World, session: Session, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(world.cast.support)
    browser.get("/dossiers")
    counts = []
    for number in range(2):
        counter = count_statements(browser.application)
        browser.get("/dossiers")
        counts.append(counter.number)
        for more in range(3):
            made = ready_proposal(
                world.cast.mayor, world.cast.midwest, world.cast.roeselare, f"{number} {more}"
            )
            tie_dossiers(made.dossier, world.proposal.dossier, by=world.cast.support, now=NOW)
        session.commit()
    assert counts[0] == counts[1]


def test_an_empty_dossier_is_left_alone_when_others_remain(world: World, session: Session) -> None:
    shared = dossier_of(session, SHARED_TITLE)
    kept = shared.id
    regroup_proposal(world.proposal, shared, by=world.cast.support, now=NOW)
    regroup_proposal(world.proposal, None, by=world.cast.support, now=NOW)
    assert session.get(Dossier, kept) is not None
