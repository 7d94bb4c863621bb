"""People who save at the very same moment."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.db import session as own_session
from overleg.lib.errors import EditConflict
from overleg.minutes.queries.minutes import revisions_of
from overleg.minutes.workflow.notes import save_notes
from tests.minutes.held import SHARED_POINT, Held
from tests.plugins.cast import Cast

WRITERS = 4


def test_of_those_who_save_at_once_one_wins_and_the_others_are_told(
    app: Flask, cast: Cast, held: Held, session: Session
) -> None:
    held.open()
    item_id, person_id, now = held.point(SHARED_POINT).id, cast.support.id, held.begun_at
    session.commit()

    def save(number: int) -> bool:
        with app.app_context():
            item = own_session().get_one(AgendaItem, item_id)
            person = own_session().get_one(Person, person_id)
            try:
                save_notes(item, f"<p>Tekst {number}</p>", started_from=0, by=person, now=now)
            except EditConflict:
                own_session().rollback()
                return False
            own_session().commit()
            return True

    with ThreadPoolExecutor(WRITERS) as pool:
        saved = list(pool.map(save, range(WRITERS)))
    assert saved.count(True) == 1
    assert [note.number for note in revisions_of(held.point(SHARED_POINT))] == [1]
