"""What threads the demo's topics: where bodies refer to, themes, owners, and dossiers that belong together."""

from collections.abc import Iterable

from overleg.db import session
from overleg.demo.people import Region


def open_routes(regions: Iterable[Region]) -> None:
    """Let every body refer to the other ones of its region."""
    for region in regions:
        own = [body for body in region.bodies.values() if not body.is_external]
        for body in own:
            body.refers_to = [other for other in own if other is not body]
    session().flush()
