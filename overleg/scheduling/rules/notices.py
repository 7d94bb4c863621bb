"""Telling support staff that the date of another body made meetings loose."""

from collections.abc import Iterator, Sequence
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
from overleg.scheduling.models import Meeting
from overleg.scheduling.rules.checking import Broken
from overleg.scheduling.rules.queries import Loose, bodies_bound_to, loose_in

New = tuple[Meeting, Sequence[Broken]]
"""A meeting that came loose, and the rules that it breaks since."""


@contextmanager
def telling_what_comes_loose(moved: Body, *, now: datetime) -> Iterator[None]:
    """Mail the support staff of each body whose rules speak of ``moved`` what becomes loose inside.

    Of what was so before, or for another reason, nothing is said.
    """
    session().flush()
    bound = bodies_bound_to(moved.id)
    before = {known for each in _loose_of(bound, now) for known in _reasons(each)}
    yield
    session().flush()
    after = _loose_of(bound, now)
    for body in bound:
        news = [
            (each.meeting, news)
            for each in after
            if each.meeting.body_id == body.id
            and (
                news := [broken for known, broken in _reasons(each).items() if known not in before]
            )
        ]
        if news:
            _tell(body, moved, news, now)


def _tell(body: Body, moved: Body, news: Sequence[New], now: datetime) -> None:
    meetings = [meeting for meeting, _broken in news]
    for person in people_with_role(body.id, Role.SUPPORT, local_date(now)):
        post(
            person,
            subject=f"{count_of(len(news), 'vergadering past', 'vergaderingen passen')} "
            f"niet meer: {body.call_name}",
            template="meetings_loose",
            context={
                "body": body,
                "moved": moved,
                "news": news,
                "link": absolute_url(f"/overleg/{body.slug}/regels"),
                "link_label": "Bekijk en verschuif",
            },
            about=meetings[0],
            also_about=[Matter(each, body) for each in meetings[1:]],
            body=body,
            matters_at=min(each.starts_at_utc for each in meetings),
            now=now,
        )


def _loose_of(bound: Sequence[Body], now: datetime) -> list[Loose]:
    return loose_in([body.id for body in bound], now)


def _reasons(loose: Loose) -> dict[tuple[str, str, str], Broken]:
    """What a meeting breaks, each by meeting, rule and why, so that the same is told once."""
    return {(loose.meeting.id, each.rule.id, each.why): each for each in loose.broken}
