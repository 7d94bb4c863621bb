"""Everything before the meeting, in a real browser: from what a director writes for a mayor to the
agenda that was sent twice. Each page is looked at as at a desk and as on a phone.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.states import Asked, ProposalKind, ProposalState
from overleg.agenda.workflow import questions
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.treatment import treat_item
from overleg.db import NO_ROW, db
from overleg.organisations.models import Body, RoleAssignment
from overleg.organisations.states import BodyKind, Decides, Role, ValidatedBy
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from tests.agenda.preparing import NOW, ready_proposal
from tests.agenda.proposing import make_meeting
from tests.agenda.validating import SINCE, give_role, link_in, mails_to, set_steps
from tests.browser.walking import Walk, Walks, give_passwords, named
from tests.plugins.application import Clock
from tests.plugins.browser import DESK, PHONE, OpenPage, Watch, wait_for_scripts
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm, pytest.mark.each_database]

TITLE = "Een gedeelde dienst voor handhaving van sluikstorten"
URGENT = "Noodopvang na de storm"
COST, NEWS = "Wat kost het?", "Wat is er nieuw?"
ANSWER = re.compile("^Bekijken en antwoorden")
POINTS = 12
# The keystroke-level model (Card, Moran and Newell, 1980): thinking, pointing, pressing and the
# answer of the page make three seconds; a key of somebody who types little half a second.
SECONDS_A_CLICK, SECONDS_A_KEY, SECONDS_TO_READ_A_POINT = 3.0, 0.5, 15.0


@pytest.fixture
def axe(axe: Callable[[Page], None]) -> Callable[[Page], None]:
    """Axe, at both widths."""

    def look(page: Page) -> None:
        axe(page)
        size = page.viewport_size
        assert size is not None
        other = PHONE if size["width"] == DESK[0] else DESK
        page.set_viewport_size({"width": other[0], "height": other[1]})
        axe(page)
        page.set_viewport_size(size)

    return look


@pytest.fixture
def chair(session: Session, cast: Cast) -> Person:
    """Who leads the mandaatgroep: the six advise, and she decides. Bornem has a director."""
    person = Person(name="Voorzitter Rivierenland", email="leader@cast.test", created_at_utc=NOW)
    session.add(person)
    session.flush()
    give_role(session, person, Role.CHAIR, cast.rivierenland)
    session.add(
        RoleAssignment(
            person=cast.director,
            role=Role.DIRECTOR,
            organisation=cast.bornem,
            valid_from=SINCE,
        )
    )
    of_six = {"validated_by": ValidatedBy.COMMITTEE, "quorum": 4, "decides": Decides.CHAIR}
    set_steps(session, cast.rivierenland, of_six)
    return person


@pytest.fixture
def meeting(session: Session, cast: Cast, chair: Person, clock: Clock) -> Meeting:
    """The next meeting of the mandaatgroep, for which nine proposals wait; it asks what all but
    information costs.
    """
    body, by = cast.rivierenland, cast.committee_support
    make_meeting(session, body, days=-20, number=1)
    meeting = make_meeting(session, body, days=25, number=2)
    for number in range(POINTS - 3):
        waiting = ready_proposal(
            cast.committee_mayor, body, cast.bornem, f"Voorstel {number:02}", wished=meeting
        )
        waiting.submitted_at_utc = NOW - timedelta(hours=POINTS - number)
        waiting.asked = Asked.DECIDE if number % 2 else Asked.NOTE
    cost, news = questions.AskedQuestion(question=COST), questions.AskedQuestion(question=NEWS)
    questions.keep_questions(body, None, [cost], revision=NO_ROW, by=by, now=clock())
    questions.keep_questions(
        body, ProposalKind.INFORMATION, [news], revision=NO_ROW, by=by, now=clock()
    )
    session.commit()
    return meeting


def test_from_what_a_director_writes_to_what_changed_on_the_agenda(
    session: Session,
    cast: Cast,
    chair: Person,
    meeting: Meeting,
    walks: Walks,
    new_page: OpenPage,
    watch: Watch,
) -> None:
    watch.expect_status(422)
    director = walks.at_desk(cast.director)
    address = the_director_writes(director, cast, meeting)
    draft = session.scalars(select(Proposal).where(Proposal.title == TITLE)).one()
    assert draft.submitter_id == cast.committee_mayor.id

    mayor = walks.on_phone(cast.committee_mayor)
    the_mayor_confirms(mayor, address)

    first, *four, sixth = cast.committee
    advises(walks.on_phone(first), 0)
    unchecked = Walks(new_page, lambda _page: None, walks.met)
    for place, member in enumerate(four, start=1):
        advises(unchecked.on_phone(member), place)
    advises_from_the_mail(
        Walk(new_page(size=PHONE), walks.check), link_in(mails_to(session, sixth)[0])
    )
    leader = walks.on_phone(chair)
    the_chair_decides(leader)

    support = walks.at_desk(cast.committee_support)
    support_builds_the_agenda(support, meeting)
    steps_are_taken_back(support, meeting)

    the_mayor_has_something_urgent(mayor)
    leader.open("/")
    leader.follow(ANSWER)
    assert leader.reads("Waarom het dringend is")
    leader.press("Akkoord")
    support.open(f"/vergaderingen/{meeting.id}/voorbereiden")
    support.press(named("Op de agenda", URGENT))
    support_sends(support, "B")
    the_mayor_sees_only_what_changed(mayor, meeting)
    (told,) = [
        mail for mail in mails_to(session, cast.committee_mayor) if "dit is versie B" in mail.text
    ]
    assert URGENT in told.text
    assert TITLE not in told.text

    watch.expect_status(404)
    met = sorted(walks.met)
    a_stranger_finds_nothing(walks.at_desk(cast.stranger), met)


def saved(page: Page) -> None:
    """The page says that everything typed is on the server."""
    expect(page.get_by_role("status").filter(has_text="Bewaard om 10.00 uur")).to_be_visible()


def the_director_writes(director: Walk, cast: Cast, meeting: Meeting) -> str:
    """A draft for the mayor that saves itself, also after a while without connection."""
    page = director.page
    director.open(f"/voorstellen/nieuw?overleg={cast.rivierenland.slug}")
    director.press("Indienen")
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("Namens wie?").select_option(label=cast.committee_mayor.name)
    page.get_by_label("Titel").fill(TITLE)
    saved(page)
    expect(page).to_have_url(re.compile("/wijzigen$"))
    page.get_by_label("Gewenste vergadering").select_option(meeting.id)
    page.get_by_label("Rubriek").select_option(label=ProposalKind.INFORMATION.label)
    expect(page.get_by_role("textbox", name=NEWS)).to_be_visible()
    page.get_by_label("Rubriek").select_option(label=ProposalKind.PROJECT.label)
    expect(page.get_by_role("textbox", name=COST)).to_be_visible()
    director.write(COST, "Twintig cent per inwoner.")
    page.context.set_offline(True)
    director.write("Toelichting", "Alleen is het voor elke gemeente te duur.")
    expect(page.get_by_text("Geen verbinding: uw tekst wacht hier.")).to_be_visible()
    page.context.set_offline(False)
    saved(page)
    director.open(urlsplit(page.url).path)
    wait_for_scripts(page)
    expect(page.get_by_role("textbox", name=COST)).to_have_text("Twintig cent per inwoner.")
    expect(page.get_by_role("textbox", name="Toelichting")).to_contain_text("Alleen is het")
    expect(page.get_by_text("Wat u typte, staat er nog.")).to_have_count(0)
    director.follow("Annuleren")
    return page.url


def the_mayor_confirms(mayor: Walk, address: str) -> None:
    """What was written in the own name stands on the start page; only the mayor's word sends it."""
    assert mayor.reads("In uw naam geschreven")
    mayor.follow(re.compile("^Nakijken en indienen"))
    assert mayor.page.url == address
    assert mayor.reads("Geschreven door")
    mayor.confirm("Indienen")
    assert mayor.reads("in validatie")


def advises(member: Walk, place: int) -> None:
    """Two taps from the start page; what others said shows after one's own answer."""
    member.follow(ANSWER)
    assert member.reads(f"Antwoorden: {place} van 6")
    assert not member.reads(": op de agenda")
    member.press("Op de agenda")
    expect(member.page.get_by_role("heading", name=TITLE)).to_be_visible()
    if place:
        assert member.reads("Lid 1 agendacommissie Rivierenland: op de agenda")
    member.open("/")
    assert not member.reads(TITLE)


def advises_from_the_mail(member: Walk, link: str) -> None:
    """Without signing in: choose, and confirm once."""
    member.open(link)
    assert member.reads(TITLE)
    member.press("Op de agenda")
    member.press("Bevestigen")
    assert member.reads("Op de agenda: uw antwoord is genoteerd.")


def the_chair_decides(leader: Walk) -> None:
    """With the advice of all six before her."""
    leader.follow(ANSWER)
    assert leader.reads("Antwoorden: 6 van 6")
    assert leader.reads("6 × op de agenda")
    leader.press("Akkoord")
    assert leader.reads("gevalideerd")


def support_builds_the_agenda(support: Walk, meeting: Meeting) -> None:
    """All that was asked for in one press, one to order it, the minutes that fit, and it is sent.

    A person needs less than five minutes for it: counted in presses and keys, not with a clock.
    """
    page = support.page
    effort = Effort(page)
    support.follow(re.compile("^Agenda voorbereiden"))
    rows = page.locator(".prepare-row")
    expect(rows).to_have_count(2)
    support.press(f"Alle {POINTS - 2} op de agenda")
    expect(rows).to_have_count(POINTS)
    titles = rows.evaluate_all("all => all.map(row => row.dataset.title)")
    assert titles[0].startswith("Goedkeuring verslag")
    assert titles[-1] == "Varia"
    assert TITLE in titles
    support.press("Zet in volgorde")
    expect(rows.nth(1)).to_contain_text("Voorstel 01")
    expect(page.locator("#minuten")).to_contain_text("te veel")
    page.get_by_label(named("Minuten", "Voorstel 01")).click()
    for _ in range(POINTS - 2):
        page.keyboard.type("9")
        page.keyboard.press("Enter")
    expect(page.locator("#minuten")).to_contain_text("105 van 120 minuten")
    expect(rows.last.locator(".agenda-when")).to_contain_text("13.35")
    support_sends(support, "A")
    clicks, keys = effort.spent()
    assert (clicks, keys) == (6, 2 * (POINTS - 2))
    assert clicks * SECONDS_A_CLICK + keys * SECONDS_A_KEY + POINTS * SECONDS_TO_READ_A_POINT < 300


class Effort:
    """What somebody at a screen does, as the browser sees it: presses of a button, and of a key."""

    COUNT = """
        for (const kind of ["pointerdown", "keydown"]) {
          addEventListener(kind, (event) => {
            if (event.isTrusted) localStorage[kind] = Number(localStorage[kind] ?? 0) + 1;
          }, true);
        }"""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(self.COUNT)
        page.evaluate(self.COUNT)

    def spent(self) -> tuple[int, int]:
        """How many presses and keys until now."""
        clicks, keys = self._page.evaluate(
            "['pointerdown', 'keydown'].map((kind) => Number(localStorage[kind] ?? 0))"
        )
        return clicks, keys


def steps_are_taken_back(support: Walk, meeting: Meeting) -> None:
    """One by one, the last one first; what was sent is not taken back."""
    page = support.page
    support.open(f"/vergaderingen/{meeting.id}/voorbereiden")
    expect(page.get_by_role("button", name="Ongedaan maken")).to_have_count(0)
    page.get_by_label(named("Minuten", "Voorstel 01")).fill("12")
    page.keyboard.press("Enter")
    expect(page.locator(".undo-bar")).to_contain_text("minuten gewijzigd")
    support.press("Ongedaan maken")
    expect(page.get_by_label(named("Minuten", "Voorstel 01"))).to_have_value("9")


def support_sends(support: Walk, letter: str) -> None:
    support.follow("Agenda versturen")
    support.press(re.compile("^Versturen naar"))
    assert support.reads(f"Agenda {letter} is verstuurd")


def the_mayor_has_something_urgent(mayor: Walk) -> None:
    """After the agenda went out: with a motive it goes to the chair at once."""
    mayor.open("/voorstellen/nieuw")
    page = mayor.page
    page.get_by_label("Titel").fill(URGENT)
    mayor.write("Toelichting", "Twintig gezinnen zoeken een plaats.")
    mayor.write(COST, "Niets.")
    page.get_by_label("Dit is dringend").check()
    page.get_by_label("Waarom is het dringend?").fill("De gezinnen kunnen niet wachten.")
    mayor.press("Indienen")
    assert mayor.reads("dringend")


def the_mayor_sees_only_what_changed(mayor: Walk, meeting: Meeting) -> None:
    """On the page, and in the Word file."""
    mayor.open(f"/vergaderingen/{meeting.id}")
    assert mayor.reads(TITLE)
    mayor.follow("Enkel wat wijzigde")
    assert mayor.reads(URGENT)
    assert not mayor.reads(TITLE)
    assert mayor.page.locator(".agenda-point").count() == 1
    paper = f"/vergaderingen/{meeting.id}/agenda.docx?versie=B&toon=gewijzigd"
    document = Document(BytesIO(mayor.page.request.get(paper).body()))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert URGENT in words
    assert TITLE not in words


def test_a_dossier_referred_from_dado_to_dbo_shows_both_treatments(
    session: Session, cast: Cast, walks: Walks
) -> None:
    support = Person(name="Ondersteuner Dender", email="dender@cast.test", created_at_utc=NOW)
    dbo = cast.denderregio
    dado = Body(
        slug="dado",
        name="DADO",
        kind=BodyKind.DIRECTORS_CONSULTATION,
        region=dbo.region,
        refers_to=[dbo],
    )
    session.add_all([support, dado])
    session.flush()
    for body in (dado, dbo):
        give_role(session, support, Role.SUPPORT, body)
    first = ready_proposal(support, dado, cast.aalst, "Gedeelde functionaris")
    treated(make_meeting(session, dado, days=-10), first, support)
    give_passwords(session)

    walk = walks.at_desk(support)
    walk.open(f"/voorstellen/{first.id}")
    walk.follow("Verwijzen naar een ander overleg")
    walk.page.get_by_label("Reden").fill("De burgemeesters beslissen.")
    walk.press("Verwijzen")
    session.expire_all()
    second = session.scalars(select(Proposal).where(Proposal.body_id == dbo.id)).one()
    walk.open(f"/voorstellen/{second.id}")
    walk.confirm("Aanvaarden")
    session.expire_all()
    assert second.state is ProposalState.VALIDATED
    treated(make_meeting(session, dbo, days=-3), second, support)

    walk.open(f"/dossiers/{first.dossier_id}")
    timeline = walk.page.locator(".timeline > li")
    told = [entry.split("\n")[0] for entry in timeline.all_inner_texts() if "Behandeling" in entry]
    assert [entry.partition(" · ")[2] for entry in told] == ["DADO", dbo.name]
    walk.open(f"/voorstellen/{first.id}")
    assert walk.reads("Weg langs de overleggen")


def treated(meeting: Meeting, proposal: Proposal, by: Person) -> None:
    """The meeting was held, and this was on its agenda."""
    treat_item(schedule_proposal(meeting, proposal, by=by, now=NOW), by=by, now=NOW)
    meeting.state = MeetingState.MINUTES
    db.session.commit()


def a_stranger_finds_nothing(stranger: Walk, met: list[str]) -> None:
    ours = [path for path in met if re.search("/[a-z0-9]{16}|/overleg/", path)]
    assert len(ours) > 10
    assert {path for path in ours if stranger.page.request.get(path).status != 404} == set()
