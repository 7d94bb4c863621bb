"""Who looks at this page: the person of the session, and what they may see, in one statement."""

from flask import g

from overleg.accounts.login import current_person
from overleg.accounts.models import Person
from overleg.organisations.viewer import Viewer, nobody, viewer_by_id, viewer_for
from overleg.web import clock


def find_person(person_id: str) -> Person | None:
    """The person of this id, or None. Whether the session is theirs is not yet known here."""
    g.found_viewer = found = viewer_by_id(person_id, clock.today())
    return found.person if found is not None else None


def load_viewer() -> Viewer:
    """Who signed in to this request, or nobody."""
    person = current_person()
    if person is None:
        return nobody(clock.today())
    found: Viewer | None = g.get("found_viewer")
    if found is None or found.person is not person:  # signed in by this very request
        return viewer_for(person, clock.today())
    return found
