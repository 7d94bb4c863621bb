"""Who looks, and as which person they act."""

from overleg.accounts.models import Person
from overleg.lib.errors import NotFound
from overleg.organisations.viewer import Viewer
from overleg.web.access import viewer


def actor() -> tuple[Viewer, Person]:
    """The viewer of this request and the person behind it. Raises ``NotFound`` for nobody."""
    who: Viewer = viewer()
    if who.person is None:
        raise NotFound
    return who, who.person
