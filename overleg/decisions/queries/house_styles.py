"""The municipalities' own form: settings and templates, by municipality."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from overleg.db import session
from overleg.decisions.models import HouseStyle, OwnTemplate
from overleg.lib.errors import NotFound
from overleg.organisations.models import Organisation
from overleg.word.contexts import PaperKind


def house_styles_of(organisation_ids: Collection[str]) -> dict[str, HouseStyle]:
    """The settings of these municipalities, where they made some; with their parts and logo."""
    found = session().scalars(
        select(HouseStyle)
        .where(HouseStyle.organisation_id.in_(sorted(organisation_ids)))
        .options(selectinload(HouseStyle.parts), joinedload(HouseStyle.logo))
    )
    return {style.organisation_id: style for style in found}


def house_style_of(organisation: Organisation) -> HouseStyle | None:
    """The settings of a municipality, if it made some."""
    return house_styles_of([organisation.id]).get(organisation.id)


def templates_in_use(organisation_ids: Collection[str]) -> Sequence[OwnTemplate]:
    """The own templates that these municipalities use now, with their file."""
    return (
        session()
        .scalars(
            select(OwnTemplate)
            .where(
                OwnTemplate.organisation_id.in_(sorted(organisation_ids)),
                OwnTemplate.in_use.is_(True),
            )
            .options(joinedload(OwnTemplate.file))
            .order_by(OwnTemplate.organisation_id, OwnTemplate.kind)
        )
        .all()
    )


def template_in_use(organisation: Organisation, kind: PaperKind) -> OwnTemplate | None:
    """The own template that a municipality uses for this kind of paper; None for ours."""
    found = templates_in_use([organisation.id])
    return next((template for template in found if template.kind == kind.value), None)


def own_templates_of(organisation: Organisation) -> Sequence[OwnTemplate]:
    """All versions of a municipality's own templates, the newest of each kind first."""
    return (
        session()
        .scalars(
            select(OwnTemplate)
            .where(OwnTemplate.organisation_id == organisation.id)
            .options(joinedload(OwnTemplate.file), joinedload(OwnTemplate.asked_preview))
            .order_by(OwnTemplate.kind, OwnTemplate.number.desc())
        )
        .all()
    )


def own_template_by_id(template_id: str) -> OwnTemplate:
    """A version of an own template. Raises ``NotFound``; who may see it is for the caller."""
    found = session().scalar(
        select(OwnTemplate)
        .where(OwnTemplate.id == template_id)
        .options(joinedload(OwnTemplate.organisation), joinedload(OwnTemplate.file))
    )
    if found is None:
        raise NotFound
    return found


def next_number(organisation: Organisation, kind: PaperKind) -> int:
    """The number of the next version of an own template; 1 for the first."""
    last = session().scalar(
        select(func.max(OwnTemplate.number)).where(
            OwnTemplate.organisation_id == organisation.id, OwnTemplate.kind == kind.value
        )
    )
    return (last or 0) + 1
