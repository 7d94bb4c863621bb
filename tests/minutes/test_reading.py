"""Who reads what of a verslag: on the page, in the Word file and in the Historiek."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import event
from sqlalchemy.engine import Engine

from overleg.accounts.models import Person
from overleg.agenda.states import Asked
from overleg.agenda.workflow.items import ItemText, add_own_item, continue_item
from overleg.db import session
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, note_outcome
from overleg.documents.states import Circle
from overleg.minutes.queries.attendance import table_of
from overleg.minutes.states import Presence
from overleg.minutes.workflow.attendance import Guest, Seen, note_attendance
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import settle_untreated
from overleg.organisations.states import SectionsBy
from tests.minutes.held import OPEN_POINT, SECRET_POINT, SHARED_POINT, Held, next_for, sent_meeting
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of

SECRET_WORDS = "Het vertrek wordt in juni gemeld"
SECRET_OUTCOME = "Vertrouwelijke afspraak"
SHARED_WORDS = "Elke gemeente bezorgt haar cijfers"
TABS = ("deelnemers", "verslag", "historiek")


def _write_all(held: Held) -> Held:
    """Notes on each point, and outcomes on the secret and the shared one."""
    for title, words in {
        SECRET_POINT: SECRET_WORDS,
        SHARED_POINT: SHARED_WORDS,
        OPEN_POINT: "Drie plaatsen zijn gekozen",
    }.items():
        save_notes(
            held.point(title), f"<p>{words}.</p>", started_from=0, by=held.by, now=held.begun_at
        )
    for title, outcome in {SECRET_POINT: SECRET_OUTCOME, SHARED_POINT: "Samen kopen"}.items():
        agreed = Agreed(OutcomeKind.AGREEMENT, outcome, f"<p>Tekst van {outcome}.</p>")
        note_outcome(held.point(title), agreed, by=held.by, now=held.begun_at)
    session().commit()
    return held


def _words(client: ReadingClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return text_of(parse(answer.get_data(as_text=True)))


def _docx(client: ReadingClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    document = Document(BytesIO(answer.get_data()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


@pytest.fixture
def approved(held: Held) -> Held:
    """A verslag with notes on every point, approved."""
    return _write_all(held.open()).approve()


def test_a_reader_of_besturen_sees_nothing_of_a_point_of_burgemeesters(
    client: ReadingClient, cast: Cast, approved: Held
) -> None:
    client.sign_in(cast.director)
    page = _words(client, f"{approved.path}/verslag")
    paper = _docx(client, f"{approved.path}/verslag.docx")
    history = _words(client, f"{approved.path}/historiek")
    for text in (page, paper):
        assert SHARED_WORDS in text
        assert "Samen kopen" in text
    assert SHARED_POINT in history
    for text in (page, paper, history):
        for secret in (SECRET_POINT, SECRET_WORDS, SECRET_OUTCOME):
            assert secret not in text


def test_numbers_stay_as_they_were_where_a_point_is_left_out(
    client: ReadingClient, cast: Cast, approved: Held
) -> None:
    assert [approved.point(t).position for t in (SECRET_POINT, SHARED_POINT)] == [1, 2]
    client.sign_in(cast.director)
    page = _words(client, f"{approved.path}/verslag")
    assert f"2. {SHARED_POINT}" in page
    assert "1. " not in page.partition("Goedgekeurd")[2].partition("2. ")[0]


def test_a_councillor_reads_only_what_is_public(
    client: ReadingClient, cast: Cast, approved: Held
) -> None:
    client.sign_in(cast.councillor)
    page = _words(client, f"{approved.path}/verslag")
    paper = _docx(client, f"{approved.path}/verslag.docx")
    for text in (page, paper):
        assert OPEN_POINT in text
        assert SHARED_POINT not in text
        assert SECRET_POINT not in text
    told = "De andere punten zijn niet openbaar."
    version = _words(client, f"{approved.path}/verslag/goedgekeurd/1")
    assert SHARED_POINT not in version
    assert told in page
    assert told in version
    for reader in (cast.mayor, cast.support):
        client.sign_in(reader)
        for path in ("verslag", "verslag/goedgekeurd/1"):
            assert "De andere punten" not in _words(client, f"{approved.path}/{path}")


def test_the_word_file_has_the_headings_of_the_agenda_that_was_sent(
    client: ReadingClient, cast: Cast
) -> None:
    cast.midwest.sections_by = SectionsBy.FUNCTION
    held = sent_meeting(cast.midwest, by=cast.support, on=date(2026, 3, 3))
    cast.midwest.sections_by = SectionsBy.NONE
    session().commit()
    client.sign_in(cast.support)
    paper = _docx(client, f"{held.open().path}/verslag.docx").splitlines()
    assert paper.index("Algemeen") + 1 == paper.index(f"1. {SECRET_POINT}")
    assert paper.index("Tot slot") + 1 == paper.index("4. Varia")
    assert paper.count("Algemeen") == 1


def test_a_postponed_point_says_so_in_the_word_file_and_where_it_went(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    shared, secret = held.point(SHARED_POINT), held.point(SECRET_POINT)
    settle_untreated(held.meeting, [shared], [], by=held.by, now=held.begun_at)
    later = Agreed(OutcomeKind.POSTPONED, "Pas na de zomer", "")
    note_outcome(secret, later, by=held.by, now=held.begun_at)
    session().commit()
    client.sign_in(cast.support)
    paper = _docx(client, f"{held.path}/verslag.docx").splitlines()
    assert paper[paper.index(f"2. {SHARED_POINT}") + 2] == "Uitgesteld"
    assert "Uitgesteld: Pas na de zomer" in paper
    table = paper[paper.index("Soort") :]
    assert table[table.index("2") : table.index("2") + 3] == ["2", SHARED_POINT, "uitgesteld"]

    following = next_for(held)
    for point in (shared, secret):
        continue_item(following, point, by=held.by, now=held.begun_at)
    following.is_quiet = True
    session().commit()
    assert "30 maart" not in _words(client, f"{held.path}/verslag").partition("Volgende")[0]
    following.is_quiet = False
    session().commit()
    paper = _docx(client, f"{held.path}/verslag.docx").splitlines()
    assert paper[paper.index(f"2. {SHARED_POINT}") + 2] == "Uitgesteld naar 30 maart 2026"
    assert "Uitgesteld naar 30 maart 2026: Pas na de zomer" in paper
    assert paper.count("uitgesteld naar 30 maart 2026") == 2
    assert "naar 30 maart 2026" in _words(client, f"{held.path}/verslag")


@pytest.mark.parametrize(
    ("seen", "named"),
    [(Presence.PRESENT, True), (Presence.EXCUSED, False), (None, False)],
)
def test_the_word_file_names_the_chair_unless_somebody_else_must_have_presided(
    client: ReadingClient, cast: Cast, held: Held, seen: Presence | None, *, named: bool
) -> None:
    held.open()
    client.sign_in(cast.support)
    assert "Voorzitter" in _docx(client, f"{held.path}/verslag.docx")
    seats = {line.seat.person_id: line.seat.id for line in table_of(held.meeting).seats}
    noted = {seats[cast.mayor.id]: Seen(Presence.PRESENT)}
    if seen is not None:
        noted[seats[cast.chair.id]] = Seen(seen)
    note_attendance(held.meeting, noted, [], revision=1, by=held.by, now=held.begun_at)
    session().commit()
    paper = _docx(client, f"{held.path}/verslag.docx")
    assert (f"Voorzitter\t{cast.chair.name}" in paper) is named


def test_nobody_gets_a_wider_word_file_than_the_own_circle(
    client: ReadingClient, cast: Cast, approved: Held
) -> None:
    word = f"{approved.path}/verslag.docx"
    client.sign_in(cast.director)
    assert client.get(f"{word}?kring=burgemeesters").status_code == 404
    assert client.get(f"{word}?kring=alles").status_code == 404
    assert SHARED_POINT not in _docx(client, f"{word}?kring=openbaar")
    client.sign_in(cast.support)
    assert SECRET_WORDS in _docx(client, word)
    narrowed = _docx(client, f"{word}?kring=besturen")
    assert SHARED_WORDS in narrowed
    assert SECRET_POINT not in narrowed
    assert SECRET_OUTCOME not in narrowed


def test_the_documents_offer_the_verslag_to_who_may_read_it(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    def offered(person: Person) -> list[str]:
        client.sign_in(person)
        page = client.get(f"{held.path}/documenten").text
        return [c.label for c in Circle if f"{held.path}/verslag.docx?kring={c.label}" in page]

    held.open()
    assert offered(cast.mayor) == []
    held.close()
    assert offered(cast.mayor) == ["openbaar", "besturen", "burgemeesters"]
    assert offered(cast.director) == []
    held.approve()
    assert offered(cast.director) == ["openbaar", "besturen"]


def test_a_stranger_finds_none_of_it(
    client: ReadingClient, cast: Cast, approved: Held, sign_in_as: SignInAs
) -> None:
    for person in (cast.stranger, cast.former_mayor, cast.administrator):
        other = sign_in_as(person)
        for page in (*TABS, "verslag.docx", "verslag/goedkeuren", "verslag/versies"):
            assert other.get(f"{approved.path}/{page}").status_code == 404, page
        for page in ("deelnemers", "verslag", "starten", "sluiten", "verslag/goedkeuren"):
            assert other.press(f"{approved.path}/{page}").status_code == 404, page
    assert client.get(f"{approved.path}/verslag").status_code == 302  # to sign in


def _reads(client: ReadingClient, held: Held) -> bool:
    return SHARED_WORDS in _words(client, f"{held.path}/verslag")


def test_a_draft_opens_to_more_people_step_by_step(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    def readers() -> list[str]:
        people: list[Person] = [cast.chair, cast.mayor, cast.director]
        return [person.name for person in people if _reads(sign_in_as(person), held)]

    _write_all(held.open())
    assert readers() == [cast.chair.name]
    assert sign_in_as(cast.mayor).get(f"{held.path}/verslag.docx").status_code == 404
    held.close()
    assert readers() == [cast.chair.name, cast.mayor.name]
    assert "Ontwerp." in _words(sign_in_as(cast.mayor), f"{held.path}/verslag")
    assert "ONTWERP" in _docx(sign_in_as(cast.mayor), f"{held.path}/verslag.docx").upper()
    held.approve()
    assert readers() == [cast.chair.name, cast.mayor.name, cast.director.name]
    assert "ONTWERP" not in _docx(sign_in_as(cast.mayor), f"{held.path}/verslag.docx").upper()


def test_writing_a_closed_draft_leaves_no_trace_for_who_cannot_read_it(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    _write_all(held.open())
    assert "schreef aan het verslag" in _words(sign_in_as(cast.chair), f"{held.path}/historiek")
    history = _words(sign_in_as(cast.director), f"{held.path}/historiek")
    assert "schreef aan het verslag" not in history
    assert "noteerde de uitkomst" not in history


def test_the_history_tells_the_whole_story_to_support(
    client: ReadingClient, cast: Cast, approved: Held
) -> None:
    client.sign_in(cast.support)
    history = _words(client, f"{approved.path}/historiek")
    for words in (
        "plande",
        "verstuurde",
        "opende",
        "schreef aan het verslag",
        SECRET_OUTCOME,
        "sloot",
        "keurde het verslag van het Midwestoverleg van",
    ):
        assert words in history, words


def test_a_point_that_was_not_sent_is_no_part_of_a_members_history(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    late = ItemText("Een laat punt", "", "", Asked.DISCUSS, 5, Circle.PUBLIC)
    add_own_item(held.meeting, late, by=cast.support, now=held.begun_at)
    session().commit()
    assert "Een laat punt" in _words(sign_in_as(cast.support), f"{held.path}/historiek")
    history = _words(sign_in_as(cast.mayor), f"{held.path}/historiek")
    assert SHARED_POINT in history
    assert "Een laat punt" not in history


def test_the_word_file_says_who_was_there_what_was_agreed_and_what_comes(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    seats = {line.name: line.seat.id for line in table_of(held.meeting).seats}
    note_attendance(
        held.meeting,
        {
            seats[cast.mayor.name]: Seen(Presence.PRESENT),
            seats[cast.chair.name]: Seen(Presence.EXCUSED),
            seats[cast.tielt_mayor.name]: Seen(Presence.REPLACED, "Schepen Jan Maes"),
        },
        [Guest("Els Goossens", "POM West-Vlaanderen")],
        revision=1,
        by=cast.support,
        now=held.begun_at,
    )
    _write_all(held.open()).close()
    next_for(held)
    client.sign_in(cast.support)
    paper = _docx(client, f"{held.path}/verslag.docx")
    for words in (
        cast.mayor.name,
        "vervangen door Schepen Jan Maes",
        "Els Goossens",
        "POM West-Vlaanderen",
        "Tekst van Samen kopen.",
        "maandag 30 maart 2026",
    ):
        assert words in paper, words


@pytest.mark.parametrize("tab", [*TABS, "verslag.docx"])
def test_the_number_of_statements_is_the_same_at_two_sizes(
    client: ReadingClient, cast: Cast, tab: str
) -> None:
    client.sign_in(cast.support)
    counts = []
    for more, days in ((0, 2), (9, 9)):
        meeting = held_on(cast, days, more)
        client.get(f"{meeting.path}/{tab}")
        counts.append(_statements(client, f"{meeting.path}/{tab}"))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def _statements(client: ReadingClient, path: str) -> int:
    """How many statements this page sends to the database."""
    sent: list[str] = []

    def count(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(Engine, "after_cursor_execute", count)
    assert client.get(path).status_code == 200
    event.remove(Engine, "after_cursor_execute", count)
    return len(sent)


def held_on(cast: Cast, day: int, more_points: int) -> Held:
    """A meeting with notes and outcomes on each point, closed."""
    planned = sent_meeting(
        cast.midwest,
        by=cast.support,
        on=date(2026, 3, day),
        more_points=more_points,
    )
    _write_all(planned.open())
    for number in range(more_points):
        point = planned.point(f"Punt {number}")
        save_notes(point, "<p>Ja.</p>", started_from=0, by=cast.support, now=planned.begun_at)
        agreed = Agreed(OutcomeKind.NOTED, f"Kennis {number}", "<p>Ja.</p>")
        note_outcome(point, agreed, by=cast.support, now=planned.begun_at)
    return planned.close()
