"""The body switcher of the top bar."""

from flask import url_for

from overleg.organisations.viewer import Viewer
from overleg.web.navigation import Link


def body_links(viewer: Viewer) -> list[Link]:
    """The bodies this person works with, own bodies first, by name."""
    ordered = sorted(viewer.bodies.values(), key=lambda body: (body.is_external, body.name))
    return [
        Link(body.name, url_for("start.show_body", slug=body.slug), colour=body.colour or "")
        for body in ordered
    ]
