"""Telling support staff that the date of another body made meetings loose."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from overleg.db import session
from overleg.lib.dates import local_date
from overleg.lib.text import count_of
from overleg.mail.links import absolute_url
from overleg.mail.workflow import Matter, post
from overleg.organisations.models import Body
from overleg.organisations.queries import people_with_role
from overleg.organisations.states import Role
from overleg.scheduling.rules.queries import Loose, bodies_bound_to, loose_in, loose_meetings


@contextmanager
def telling_what_comes_loose(moved: Body, *, now: datetime) -> Iterator[None]:
    """Mail of what becomes loose by what happens inside, and of nothing that was so before."""
    session().flush()
    before = {_known_by(each) for each in _loose_by(moved, now)}
    yield
    session().flush()
    tell_loose(moved, now=now, told=before)


def tell_loose(moved: Body, *, now: datetime, told: Collection[str] = ()) -> None:
    """Mail the support staff of each body whose rules speak of ``moved``, when one is broken.

    Nothing of what was ``told`` before.
    """
    for body in bodies_bound_to(moved.id):
        loose = [each for each in loose_meetings(body, now) if _known_by(each) not in told]
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


def _loose_by(moved: Body, now: datetime) -> list[Loose]:
    return loose_in([body.id for body in bodies_bound_to(moved.id)], now)


def _known_by(loose: Loose) -> str:
    """What a meeting breaks and why, so that the same is told once."""
    return f"{loose.meeting.id}: {'; '.join(broken.why for broken in loose.broken)}"
