"""A meeting that two people minute at once, one of whom loses the line for a while."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy.orm import Session

from overleg.decisions.queries.actions import actions_by_item
from overleg.minutes.queries.minutes import latest_note, outcomes_by_item, revisions_of
from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role
from tests.browser.walking import Walks
from tests.minutes.held import OPEN_POINT, SECRET_POINT, SHARED_POINT, Held, sent_meeting
from tests.plugins.browser import Watch, wait_for_scripts
from tests.plugins.cast import Cast

TITLES = (SECRET_POINT, SHARED_POINT, OPEN_POINT)


@pytest.fixture
def begun(session: Session, cast: Cast) -> Held:
    """A meeting under way, with two people who support the body."""
    held = sent_meeting(cast.midwest, by=cast.support)
    role = RoleAssignment(
        person=cast.partner,
        role=Role.SUPPORT,
        body=cast.midwest,
        valid_from=held.meeting.day.replace(month=1),
    )
    session.add(role)
    return held.open()


def test_two_people_minute_a_meeting_by_keyboard_and_lose_nothing(
    session: Session,
    cast: Cast,
    begun: Held,
    walks: Walks,
    watch: Watch,
    picture: Callable[[Page, str], None],
) -> None:
    watch.expect_status(409)
    session.commit()
    first, second = walks.at_desk(cast.support), walks.at_desk(cast.partner)
    first.open(begun.verslag(SECRET_POINT))
    second.open(begun.verslag(SHARED_POINT))
    one, two = first.page, second.page

    def state(page: Page, title: str) -> Locator:
        return page.locator(f"#punt-{begun.point(title).id} [data-save-state]")

    # Each sees where the other writes.
    expect(one.locator("[data-others]")).to_contain_text(
        f"{cast.partner.name} schrijft bij punt 2."
    )

    # The keyboard alone: text, an outcome by its key, and on to the next point.
    one.locator(f"#text_html-{begun.point(SECRET_POINT).id}-editor").focus()
    one.keyboard.type("De tafel neemt afscheid.")
    one.keyboard.press("Alt+2")
    words = one.locator(f"#outcome_html-{begun.point(SECRET_POINT).id}-editor")
    expect(words).to_be_focused()
    expect(words).to_contain_text("Het overleg gaat akkoord met")
    one.keyboard.press("Alt+8")
    one.keyboard.type("Brief schrijven")
    one.keyboard.press("Tab")
    one.keyboard.type(cast.mayor.name)
    one.keyboard.press("Control+Enter")
    expect(state(one, SECRET_POINT)).to_contain_text("Bewaard om")
    expect(one.locator(f"#text_html-{begun.point(SHARED_POINT).id}-editor")).to_be_focused()
    picture(one, "verslag-schrijven")

    # The line drops: what is typed waits, also when the page is closed, and goes later.
    one.keyboard.press("Alt+ArrowDown")
    expect(one.locator(f"#text_html-{begun.point(OPEN_POINT).id}-editor")).to_be_focused()
    one.context.set_offline(True)
    one.keyboard.type("Zonder verbinding getypt.")
    expect(state(one, OPEN_POINT)).to_contain_text("Geen verbinding")
    one.context.set_offline(False)
    expect(state(one, OPEN_POINT)).to_contain_text("Bewaard om")
    assert one.evaluate("Object.keys(localStorage).length") == 0

    # Both write the same point: the second sees both texts, and chooses.
    two.locator(f"#text_html-{begun.point(SHARED_POINT).id}-editor").focus()
    two.keyboard.type("Tekst van de partner.")
    expect(state(two, SHARED_POINT)).to_contain_text("Bewaard om")
    two.context.set_offline(True)
    two.keyboard.type(" Nog meer.")
    expect(state(two, SHARED_POINT)).to_contain_text("Geen verbinding")
    one.goto(begun.verslag(SHARED_POINT))
    wait_for_scripts(one)
    one.locator(f"#text_html-{begun.point(SHARED_POINT).id}-editor").focus()
    one.keyboard.press("Control+End")
    one.keyboard.type(" Aangevuld door de ondersteuner.")
    one.keyboard.press("Control+s")
    expect(state(one, SHARED_POINT)).to_contain_text("Bewaard om")
    two.context.set_offline(False)
    box = two.locator(".conflict")
    expect(box).to_contain_text("Aangevuld door de ondersteuner.")
    expect(box).to_contain_text("Nog meer.")
    second.look()
    picture(two, "verslag-twee-teksten")
    box.get_by_role("button", name="Bewaar mijn tekst als nieuwe versie").click()
    expect(state(two, SHARED_POINT)).to_contain_text("Bewaard om")

    session.expire_all()
    kept = [latest_note(begun.point(title)) for title in TITLES]
    assert [note.text_html for note in kept if note] == [
        "<p>De tafel neemt afscheid.</p>",
        "<p>Tekst van de partner. Nog meer.</p>",
        "<p>Zonder verbinding getypt.</p>",
    ]
    assert [note.written_by_name for note in revisions_of(begun.point(SHARED_POINT))] == [
        cast.partner.name,
        cast.support.name,
        cast.partner.name,
    ]
    secret = begun.point(SECRET_POINT).id
    assert [outcome.kind.value for outcome in outcomes_by_item([secret])[secret]] == ["agreement"]
    assert [action.who for action in actions_by_item([secret])[secret]] == [cast.mayor.name]


def test_what_is_missing_is_shown_at_its_field_and_what_is_unfinished_is_told(
    session: Session, cast: Cast, begun: Held, walks: Walks, picture: Callable[[Page, str], None]
) -> None:
    session.commit()
    support = walks.at_desk(cast.support)
    support.open(begun.verslag(OPEN_POINT))
    page, point = support.page, begun.point(OPEN_POINT).id
    state = page.locator(f"#punt-{point} [data-save-state]")
    words = page.locator(f"#outcome_html-{point}-editor")

    page.keyboard.press("Alt+2")
    expect(words).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.locator(f"#action_text-{point}").focus()
    page.keyboard.press("Control+s")

    expect(state).to_have_text("Nog niet bewaard. Schrijf wat er is afgesproken.")
    expect(words).to_be_focused()
    expect(words).to_have_attribute("aria-invalid", "true")
    expect(words).to_have_accessible_description(re.compile("Fout: Schrijf wat er is afgesproken."))
    support.look()
    picture(page, "verslag-fout-bij-veld")

    page.keyboard.type("Wij spreken af:")
    expect(words).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#outcome_html-{point}-error")).to_have_count(0)
    page.keyboard.press("Control+s")
    expect(state).to_contain_text("Bewaard om")
    expect(state).to_contain_text("Na de dubbelepunt staat niets.")


def test_what_is_typed_while_all_is_being_kept_stays_and_goes_with_the_next_save(
    session: Session, cast: Cast, begun: Held, walks: Walks
) -> None:
    session.commit()
    walk = walks.at_desk(cast.support)
    walk.open(begun.verslag(SHARED_POINT))
    page, point = walk.page, begun.point(SHARED_POINT).id
    state = page.locator(f"#punt-{point} [data-save-state]")
    kept = page.locator(f"#punt-{point} .minutes-form [data-results]")
    words = page.locator(f"#outcome_html-{point}-editor")
    action, who = page.locator(f"#action_text-{point}"), page.locator(f"#action_who-{point}")
    under_way: list[Route] = []

    def hold(route: Route) -> None:
        under_way.append(route)

    def send_and_hold() -> None:
        page.route("**/verslag/bewaren**", hold)
        with page.expect_request("**/verslag/bewaren**"):
            page.keyboard.press("Control+Enter")

    def let_go() -> None:
        under_way.pop().continue_()
        page.unroute("**/verslag/bewaren**")

    page.keyboard.press("Alt+2")
    expect(words).to_be_focused()
    page.keyboard.type("de aankoop.")
    send_and_hold()
    page.keyboard.press("Alt+8")
    page.keyboard.type("Brief schrijven")
    let_go()
    expect(kept).to_contain_text("de aankoop.")
    expect(words).to_have_text("")
    expect(action).to_have_value("Brief schrijven")
    assert page.evaluate("Object.keys(localStorage).length") == 1

    who.fill(cast.mayor.name)
    send_and_hold()
    page.keyboard.press("Alt+3")
    expect(words).to_be_focused()
    page.keyboard.type("de lijn.")
    let_go()
    expect(kept).to_contain_text("Brief schrijven")
    expect(action).to_have_value("")
    expect(who).to_have_value("")
    expect(words).to_contain_text("de lijn.")
    expect(words).to_be_visible()

    page.keyboard.press("Control+s")
    expect(kept).to_contain_text("de lijn.")
    expect(state).to_contain_text("Bewaard om")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    session.expire_all()
    kinds = {outcome.kind.value for outcome in outcomes_by_item([point])[point]}
    assert kinds == {"agreement", "position"}
    assert [each.text for each in actions_by_item([point])[point]] == ["Brief schrijven"]
