"""Agenda templates: kept by support staff, taken over on an agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from overleg.agenda.models import AgendaItem, AgendaTemplate, AgendaTemplateItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked
from overleg.agenda.workflow.items import ItemText, add_own_item
from overleg.agenda.workflow.order import hold_agenda
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import join_words
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting


@dataclass(frozen=True)
class Point:
    """One recurring point as it was filled in."""

    title: str
    minutes_needed: int
    asked: Asked
    circle: Circle
    section: str = ""


def save_template(
    body: Body,
    template: AgendaTemplate | None,
    *,
    name: str,
    is_default: bool,
    points: Sequence[Point],
    revision: int,
    by: Actor,
    now: datetime,
) -> AgendaTemplate:
    """Keep a template, new or changed; the first of a body is its default one.

    One template is the default: another one gives that up. Raises ``EditConflict`` when somebody
    saved since ``revision``, ``Refused`` when the body has another template of that name.
    """
    refuse_stale(template, revision, "dit model")
    others = session().scalars(
        select(AgendaTemplate).where(
            AgendaTemplate.body_id == body.id,
            AgendaTemplate.id != (template.id if template is not None else ""),
        )
    )
    there = others.all()
    if any(other.name.casefold() == name.casefold() for other in there):
        raise Refused(f"Er is al een model met de naam “{name}”. Kies een andere naam.")
    if template is None:
        template = AgendaTemplate(id=new_id(), body_id=body.id)
        session().add(template)
    template.name = name
    template.is_default = is_default or not there
    if template.is_default:
        for other in there:
            other.is_default = False
    template.items = [
        AgendaTemplateItem(
            id=new_id(),
            position=position,
            title=point.title,
            section=point.section,
            asked=point.asked,
            minutes_needed=point.minutes_needed,
            circle=point.circle,
        )
        for position, point in enumerate(points, start=1)
    ]
    flag_modified(template, "name")  # other points alone are a new revision too
    session().flush()
    record(Verb.BODY_CHANGED, body, by=by, now=now, reason=f"Agendamodel “{name}”.")
    return template


def remove_template(body: Body, template: AgendaTemplate, *, by: Actor, now: datetime) -> None:
    """Drop a template; agendas that took its points over keep them."""
    name = template.name
    session().delete(template)
    session().flush()
    record(Verb.BODY_CHANGED, body, by=by, now=now, reason=f"Agendamodel “{name}” verwijderd.")


def take_template(
    meeting: Meeting, template: AgendaTemplate, *, by: Actor, now: datetime
) -> list[AgendaItem]:
    """Put the points of a template on an agenda that has none but the fixed ones.

    Raises ``NotPossible`` when something stands on it, or when the template is another body's.
    """
    hold_agenda(meeting)
    if template.body_id != meeting.body_id:
        raise NotPossible("Dit model hoort bij een ander overleg.")
    if any(not item.is_fixed for item in items_of_meeting(meeting)):
        raise NotPossible(
            "Er staan intussen punten op deze agenda. Zet terugkerende punten er één voor één bij."
        )
    return [add_recurring(meeting, point, by=by, now=now) for point in template.items]


def add_recurring(
    meeting: Meeting, point: AgendaTemplateItem, *, by: Actor, now: datetime
) -> AgendaItem:
    """Put one recurring point on an agenda, submitted by who supports the body."""
    text = ItemText(
        title=point.title,
        explanation_html=point.explanation_html,
        submitter_label=join_words(each.name for each in meeting.body.supporters)
        or meeting.body.name,
        asked=point.asked,
        minutes_needed=point.minutes_needed,
        circle=point.circle,
        section=point.section,
    )
    return add_own_item(meeting, text, by=by, now=now)
