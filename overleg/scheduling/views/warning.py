"""What to say after a meeting was planned or moved: what it breaks, and what came loose by it."""

from collections.abc import Sequence

from flask import flash, url_for
from markupsafe import Markup

from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import can_plan
from overleg.scheduling.rules.queries import Loose, bodies_bound_to, loose_in
from overleg.scheduling.years.doubles import coming_clashes
from overleg.web import clock
from overleg.web.access import viewer

MOST_TOLD = 3


def warn_about(meeting: Meeting) -> None:
    """Flash which rules a meeting breaks, who sits elsewhere then, and which others came loose.

    Only of bodies whose meetings this person plans. Nothing is refused: a person may know better.
    """
    bound = [body for body in bodies_bound_to(meeting.body_id) if can_plan(viewer(), body.id)]
    loose = loose_in([meeting.body_id, *(body.id for body in bound)], clock.now())
    told = [
        f"{broken.rule.sentence} ({broken.why})."
        for each in loose
        if each.meeting is meeting
        for broken in each.broken
    ]
    told += [
        f"{clash.sentence}."
        for each, clashes in coming_clashes(meeting.body, viewer(), clock.now())
        if each is meeting
        for clash in clashes
    ]
    if told:
        flash(f"Let op bij deze dag: {' '.join(told[:MOST_TOLD])}", "warning")
    _warn_of(bound, loose)


def warn_bound_to(body: Body) -> None:
    """Flash which meetings of other bodies no longer fit the dates of this one."""
    bound = [each for each in bodies_bound_to(body.id) if can_plan(viewer(), each.id)]
    _warn_of(bound, loose_in([each.id for each in bound], clock.now()))


def _warn_of(bound: Sequence[Body], loose: Sequence[Loose]) -> None:
    for body in bound:
        number = sum(each.meeting.body_id == body.id for each in loose)
        if number:
            link = Markup('<a href="{}">{}</a>').format(
                url_for("scheduling.body_rules", slug=body.slug), f"Herstel {body.call_name}"
            )
            counted = count_of(number, "vergadering past", "vergaderingen passen")
            flash(
                Markup("{} niet meer bij de regels van {}. {}.").format(
                    counted, body.the_name, link
                ),
                "warning",
            )
