"""The body switcher of the top bar."""

from overleg.organisations.viewer import Viewer
from overleg.web.drawing import url_for
from overleg.web.navigation import Link


def body_links(viewer: Viewer) -> tuple[Link, ...]:
    """The bodies this person works with, own bodies first, by name."""
    ordered = sorted(
        viewer.bodies.values(), key=lambda body: (body.is_external, body.call_name.casefold())
    )
    return tuple(
        Link(body.call_name, url_for("start.show_body", slug=body.slug), colour=body.colour or "")
        for body in ordered
    )
