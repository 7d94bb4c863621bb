"""Telling support staff that the date of another body made meetings loose."""

from datetime import datetime

from overleg.lib.dates import local_date
from overleg.lib.text import count_of
from overleg.mail.links import absolute_url
from overleg.mail.workflow import Matter, post
from overleg.organisations.models import Body
from overleg.organisations.queries import people_with_role
from overleg.organisations.states import Role
from overleg.scheduling.rules.queries import bodies_bound_to, loose_meetings


def tell_loose(moved: Body, *, now: datetime) -> None:
    """Mail the support staff of each body whose rules speak of ``moved``, when one is broken."""
    for body in bodies_bound_to(moved.id):
        loose = loose_meetings(body, now)
        if not loose:
            continue
        for person in people_with_role(body.id, Role.SUPPORT, local_date(now)):
            post(
                person,
                subject=f"{count_of(len(loose), 'vergadering past', 'vergaderingen passen')} "
                f"niet meer: {body.call_name}",
                template="meetings_loose",
                context={
                    "body": body,
                    "moved": moved,
                    "loose": loose,
                    "link": absolute_url(f"/overleg/{body.slug}/regels"),
                    "link_label": "Bekijk en verschuif",
                },
                about=loose[0].meeting,
                also_about=[Matter(each.meeting, body) for each in loose[1:]],
                body=body,
                matters_at=min(each.meeting.starts_at_utc for each in loose),
                now=now,
            )
