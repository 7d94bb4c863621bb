"""Agenda templates of a body, and the points in them that come back."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from overleg.agenda.models import AgendaTemplate, AgendaTemplateItem
from overleg.db import session
from overleg.lib.errors import NotFound
from overleg.organisations.viewer import Viewer


def templates_of(body_id: str) -> Sequence[AgendaTemplate]:
    """The templates of a body with their points, the default one first; two statements."""
    return (
        session()
        .scalars(
            select(AgendaTemplate)
            .where(AgendaTemplate.body_id == body_id)
            .order_by(AgendaTemplate.is_default.desc(), AgendaTemplate.name)
            .options(selectinload(AgendaTemplate.items))
        )
        .all()
    )


def template_by_id(viewer: Viewer, template_id: str) -> AgendaTemplate:
    """A template, for the support staff of its body. Raises ``NotFound`` for everybody else."""
    template = session().get(AgendaTemplate, template_id)
    if template is None or not viewer.supports(template.body_id):
        raise NotFound
    return template


def recurring_points(body_id: str) -> list[AgendaTemplateItem]:
    """The points of all templates of a body, each title once; one statement."""
    found = session().scalars(
        select(AgendaTemplateItem)
        .join(AgendaTemplate, AgendaTemplate.id == AgendaTemplateItem.template_id)
        .where(AgendaTemplate.body_id == body_id)
        .order_by(
            AgendaTemplate.is_default.desc(), AgendaTemplate.name, AgendaTemplateItem.position
        )
    )
    once: dict[str, AgendaTemplateItem] = {}
    for point in found:
        once.setdefault(point.title.casefold(), point)
    return list(once.values())
