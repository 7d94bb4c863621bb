"""What deserves a look before an agenda goes out, each with the page that repairs it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overleg.agenda.models import AgendaItem, CoSubmitter, Proposal
from overleg.documents.states import Circle
from overleg.lib.text import count_of, join_words, upper_first
from overleg.scheduling.models import Meeting

ONLY_FIXED = "Op de agenda staan nog enkel de vaste punten."
MOST_APART = 2


@dataclass(frozen=True)
class Check:
    """One finding; ``stops`` says that the agenda cannot go out like this."""

    text: str
    repair: str = ""
    endpoint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    stops: bool = False


def checks_before_sending(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    numbers: Sequence[int],
    *,
    has_chair: bool,
    has_seats: bool,
    in_validation: Sequence[Proposal] = (),
    unconfirmed: Sequence[CoSubmitter] = (),
) -> list[Check]:
    """What is missing or odd, what stops the sending first; empty when all is well.

    ``items`` are those of the agenda in order, with their proposals' annexes loaded, and
    ``numbers`` what stands before each: a point keeps the number it was sent with.
    ``in_validation`` the proposals that wished this meeting and are not there yet; ``unconfirmed``
    who was asked to submit a point along and did not answer, with their people loaded.
    """
    found = []
    slug = {"slug": meeting.body.slug}
    if all(item.is_fixed for item in items):
        found.append(
            Check(ONLY_FIXED if items else "Er staat nog geen punt op de agenda.", stops=True)
        )
    if not has_seats:
        found.append(
            Check(
                f"{upper_first(meeting.body.the_name)} heeft nog geen leden: "
                "niemand zou de agenda krijgen.",
                "Leden toevoegen",
                "organisations.list_seats",
                slug,
                stops=True,
            )
        )
    if not has_chair:
        found.append(
            Check(
                f"{upper_first(meeting.body.the_name)} heeft geen voorzitter.",
                "Naar de leden en rollen",
                "organisations.list_seats",
                slug,
            )
        )
    over = sum(item.minutes_needed for item in items) - meeting.duration_minutes
    if over > 0:
        found.append(
            Check(
                f"De punten vragen {over} minuten meer dan de vergadering duurt.",
                "Uren van de vergadering wijzigen",
                "scheduling.edit_meeting",
                {"meeting_id": meeting.id},
            )
        )
    found.extend(_not_validated(meeting, in_validation))
    for number, item in zip(numbers, items, strict=True):
        found.extend(_item_checks(number, item))
        asked = [each for each in unconfirmed if each.proposal_id == item.proposal_id]
        if asked:
            names = join_words(each.person.name for each in asked)
            found.append(
                Check(
                    f"Punt {number}, “{item.title}”: {names} bevestigde nog niet mee in te dienen."
                    if len(asked) == 1
                    else f"Punt {number}, “{item.title}”: {names} bevestigden nog niet mee in te "
                    "dienen.",
                    "Naar het voorstel",
                    "agenda.show_proposal",
                    {"proposal_id": asked[0].proposal_id},
                )
            )
    return found


def _not_validated(meeting: Meeting, proposals: Sequence[Proposal]) -> list[Check]:
    """One finding per proposal, or one for all where there are many."""
    if len(proposals) > MOST_APART:
        named = [f"“{proposal.title}”" for proposal in proposals[:MOST_APART]]
        rest = count_of(len(proposals) - MOST_APART, "ander", "andere")
        return [
            Check(
                f"{len(proposals)} voorstellen vragen deze vergadering, maar zijn nog niet "
                f"gevalideerd: {join_words([*named, rest])}.",
                "Naar de voorstellen",
                "agenda.list_proposals",
                {"toon": "alle", "overleg": meeting.body.slug, "stand": "in_validation"},
            )
        ]
    return [
        Check(
            f"Het voorstel “{proposal.title}” vraagt deze vergadering, maar is nog niet "
            "gevalideerd.",
            "Naar het voorstel",
            "agenda.show_proposal",
            {"proposal_id": proposal.id},
        )
        for proposal in proposals
    ]


def _item_checks(number: int, item: AgendaItem) -> list[Check]:
    edit = ("Punt wijzigen", "agenda.edit_item", {"item_id": item.id})
    found = []
    if not item.submitter_label and not item.is_fixed:
        found.append(Check(f"Punt {number}, “{item.title}”, heeft geen indiener.", *edit))
    if item.minutes_needed == 0:
        found.append(Check(f"Punt {number}, “{item.title}”, kreeg geen tijd.", *edit))
    if item.circle is Circle.MAYORS and not item.is_closed and not item.is_fixed:
        found.append(
            Check(
                f"Punt {number}, “{item.title}”, is enkel leesbaar voor burgemeesters, maar wordt "
                "in het open deel behandeld.",
                *edit,
            )
        )
    if item.proposal is not None:
        found.extend(
            Check(
                f"De bijlage “{annex.title}” bij punt {number} is enkel leesbaar voor "
                f"{annex.circle.label}, het punt zelf ook voor {item.circle.label}.",
                *edit,
            )
            for annex in item.proposal.annexes
            if annex.circle.rank > item.circle.rank
        )
    return found
