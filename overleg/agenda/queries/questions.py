"""What a body wants answered in proposals."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from overleg.agenda.models import ProposalTemplate, TemplateQuestion
from overleg.agenda.states import ProposalKind
from overleg.db import session


def template_of(body_id: str, kind: ProposalKind | None) -> ProposalTemplate | None:
    """The questions that a body keeps for one kind, or (None) for kinds without their own."""
    return session().scalar(
        select(ProposalTemplate)
        .where(
            ProposalTemplate.body_id == body_id,
            ProposalTemplate.kind.is_not_distinct_from(kind),
        )
        .options(selectinload(ProposalTemplate.questions))
    )


def templates_of(body_id: str) -> dict[ProposalKind | None, ProposalTemplate]:
    """Everything that a body keeps, by kind; None is for kinds without their own."""
    found = session().scalars(
        select(ProposalTemplate)
        .where(ProposalTemplate.body_id == body_id)
        .options(selectinload(ProposalTemplate.questions))
    )
    return {template.kind: template for template in found}


def questions_for(body_id: str, kind: ProposalKind) -> Sequence[TemplateQuestion]:
    """What the body asks in a proposal of this kind, in order; two statements."""
    found = {
        template.kind: template
        for template in session().scalars(
            select(ProposalTemplate)
            .where(
                ProposalTemplate.body_id == body_id,
                or_(ProposalTemplate.kind == kind, ProposalTemplate.kind.is_(None)),
            )
            .options(selectinload(ProposalTemplate.questions))
        )
    }
    own = found.get(kind)
    general = found.get(None)
    if own is not None and own.questions:
        return own.questions
    return general.questions if general is not None else []
