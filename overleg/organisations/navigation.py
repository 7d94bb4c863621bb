"""The body switcher of the top bar."""

from flask import url_for
from sqlalchemy import select

from overleg.db import session
from overleg.organisations.models import Body, Organisation
from overleg.organisations.viewer import Viewer
from overleg.web.navigation import Link


def body_links(viewer: Viewer) -> list[Link]:
    """The bodies this person works with, own bodies first, by name; one statement."""
    bodies = session().execute(
        select(Body.name, Body.slug, Organisation.colour)
        .outerjoin(Body.region)
        .where(Body.id.in_(viewer.body_ids))
        .order_by(Body.is_external, Body.name)
    )
    return [
        Link(name, url_for("start.show_body", slug=slug), colour=colour or "")
        for name, slug, colour in bodies
    ]
