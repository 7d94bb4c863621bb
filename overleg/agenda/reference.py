"""The first list of themes. Support staff keep it from then on."""

from sqlalchemy import select

from overleg.agenda.models import Theme
from overleg.db import new_id, session

FIRST_THEMES = (
    "bestuur en organisatie",
    "cultuur, jeugd en sport",
    "economie en werk",
    "energie en klimaat",
    "landbouw en platteland",
    "mobiliteit",
    "omgeving en wonen",
    "onderwijs",
    "veiligheid",
    "water",
    "welzijn en zorg",
)
"""After the policy fields that local governments share their work by."""


def load_themes() -> int:
    """Add the first themes where there are none at all; how many. The caller commits."""
    if session().scalar(select(Theme.id).limit(1)) is not None:
        return 0
    session().add_all(Theme(id=new_id(), name=name) for name in FIRST_THEMES)
    session().flush()
    return len(FIRST_THEMES)
