"""In which order and under which headings the points of an agenda stand. Pure.

The open part comes first: "Goedkeuring verslag", the points by section, "Varia". The closed part
(*besloten deel*) follows, so that who may not stay can leave.
"""

from collections.abc import Callable, Sequence
from typing import Any

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import Asked, ItemKind, ProposalFunction, ProposalKind
from overleg.organisations.states import SectionsBy

CLOSED_PART = "Besloten deel"
LAST_PART = "Tot slot"
GENERAL_PART = "Algemeen"

FIXED_PLACES = {ItemKind.MINUTES_APPROVAL: -1, ItemKind.ANY_OTHER_BUSINESS: 1}
FUNCTIONS = tuple(each.label.capitalize() for each in ProposalFunction)
KINDS = tuple(each.label.capitalize() for each in ProposalKind)
HEAVIEST_FIRST = (Asked.DECIDE, Asked.DISCUSS, Asked.NOTE)
FUNCTION_ORDER = tuple(ProposalFunction)


def section_of(item: AgendaItem, by: SectionsBy) -> str:
    """The heading a point stands under in a body that groups like this; empty for none.

    Points without a proposal have no function or kind: they come first, under their own heading.
    """
    if by is SectionsBy.NONE or item.kind is ItemKind.MINUTES_APPROVAL:
        return ""
    if item.kind is ItemKind.ANY_OTHER_BUSINESS:
        return LAST_PART
    if by is SectionsBy.OWN:
        return item.section
    if item.proposal is None:
        return GENERAL_PART
    chosen = item.proposal.function if by is SectionsBy.FUNCTION else item.proposal.kind
    return chosen.label.capitalize()


def heading_of(section: str, *, is_closed: bool) -> str:
    """What stands above a point: the closed part is one whole."""
    return CLOSED_PART if is_closed else section


def arranged(items: Sequence[AgendaItem], by: SectionsBy) -> list[AgendaItem]:
    """The points by part and section, in each section in their own order.

    Sections by function or kind come in the order of those lists, own ones as they first appear.
    """
    return _sorted(items, by, lambda item: (item.position, item.id))


def in_automatic_order(items: Sequence[AgendaItem], by: SectionsBy) -> list[AgendaItem]:
    """A start to go on from: by what is asked, the heaviest first, then by function."""
    return _sorted(items, by, _weight)


def _weight(item: AgendaItem) -> tuple[int, int, int, str]:
    functions = len(FUNCTION_ORDER)
    function = functions if item.proposal is None else _function_rank(item.proposal.function)
    return (HEAVIEST_FIRST.index(item.asked), function, item.position, item.id)


def _function_rank(function: ProposalFunction) -> int:
    """Policy before tuning before exchange."""
    return len(FUNCTION_ORDER) - 1 - FUNCTION_ORDER.index(function)


def _sorted(
    items: Sequence[AgendaItem], by: SectionsBy, within: Callable[[AgendaItem], Any]
) -> list[AgendaItem]:
    sections = _section_order(items, by)
    return sorted(
        items,
        key=lambda item: (
            item.is_closed,
            FIXED_PLACES.get(item.kind, 0),
            0 if item.is_closed else sections.index(section_of(item, by)),
            within(item),
        ),
    )


def _section_order(items: Sequence[AgendaItem], by: SectionsBy) -> list[str]:
    known = {SectionsBy.FUNCTION: FUNCTIONS, SectionsBy.KIND: KINDS}.get(by, ())
    found = [section_of(item, by) for item in sorted(items, key=lambda item: item.position)]
    return list(dict.fromkeys(["", GENERAL_PART, *known, *found]))


def blocks(items: Sequence[AgendaItem], by: SectionsBy) -> list[list[AgendaItem]]:
    """The points that can be moved, in order, in a list per heading."""
    made: dict[str, list[AgendaItem]] = {}
    for item in arranged(items, by):
        if not item.is_fixed:
            heading = heading_of(section_of(item, by), is_closed=item.is_closed)
            made.setdefault(heading, []).append(item)
    return list(made.values())
