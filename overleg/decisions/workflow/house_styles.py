"""What a municipality changes about the form of its proposals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import refuse_stale, session
from overleg.decisions.models import HouseStyle, HouseStylePart
from overleg.documents.models import StoredFile
from overleg.lib.errors import Refused
from overleg.organisations.models import Organisation
from overleg.word.states import ArticleStyle, ProposalPart

PLACEHOLDERS = ("jaar", "orgaan", "vergadering", "punt")
"""What the pattern of a dossier number can name, between braces."""


@dataclass(frozen=True)
class PartChoice:
    """The place of one part: its heading (empty for the usual one), or that it is left out."""

    part: ProposalPart
    heading: str = ""
    left_out: bool = False


@dataclass(frozen=True)
class Styling:
    """What was filled in; the parts in the order in which they come."""

    government_name: str = ""
    address: str = ""
    portfolio_holder: str = ""
    article_style: ArticleStyle = ArticleStyle.FULL
    dossier_pattern: str = ""
    college_competence_html: str = ""
    council_competence_html: str = ""
    regulation_html: str = ""
    parts: Sequence[PartChoice] = tuple(PartChoice(part) for part in ProposalPart)


def change_house_style(
    organisation: Organisation,
    style: HouseStyle | None,
    styling: Styling,
    *,
    revision: int,
    by: Person,
    now: datetime,
) -> HouseStyle:
    """Save the form of a municipality's proposals; the next Word file has it.

    ``revision`` is the one the person saw, 0 for none yet. Raises ``EditConflict`` when somebody
    saved in between, ``Refused`` for a pattern that names something unknown.
    """
    refuse_stale(style, revision, "de huisstijl")
    _check_pattern(styling.dossier_pattern)
    if style is None:
        style = HouseStyle(organisation=organisation, changed_at_utc=now, changed_by_name=by.name)
        session().add(style)
    for name in (
        *("government_name", "address", "portfolio_holder", "article_style", "dossier_pattern"),
        *("college_competence_html", "council_competence_html", "regulation_html"),
    ):
        setattr(style, name, getattr(styling, name))
    _place_parts(style, styling.parts)
    style.changed_at_utc, style.changed_by_name = now, by.name
    session().flush()
    record(Verb.HOUSE_STYLE_CHANGED, style.organisation, by=by, now=now)
    return style


def _check_pattern(pattern: str) -> None:
    rest = pattern
    for name in PLACEHOLDERS:
        rest = rest.replace(f"{{{name}}}", "")
    unknown = re.search(r"\{[^{}]*\}?|\}", rest)
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise Refused(f"“{unknown[0]}” kan niet in een dossiernummer. U kunt kiezen: {known}.")


def _place_parts(style: HouseStyle, choices: Sequence[PartChoice]) -> None:
    known = {part.part: part for part in style.parts}
    for position, choice in enumerate(choices, start=1):
        row = known.get(choice.part)
        if row is None:
            row = HouseStylePart(part=choice.part)
            style.parts.append(row)
        row.position = position
        row.heading = "" if choice.heading == choice.part.label else choice.heading
        row.left_out = choice.left_out and choice.part.may_be_left_out


def change_logo(style: HouseStyle, logo: StoredFile | None, *, by: Person, now: datetime) -> None:
    """Give a municipality's proposals a logo, or none."""
    style.logo = logo
    style.changed_at_utc, style.changed_by_name = now, by.name
    what = f"logo: {logo.name}" if logo else "logo verwijderd"
    record(Verb.HOUSE_STYLE_CHANGED, style.organisation, by=by, now=now, reason=what)
