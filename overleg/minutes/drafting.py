"""The first words of a verslag, out of what is known: outcomes, attendance, actions. Pure."""

import re
from collections.abc import Sequence
from html import escape

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import Asked, ItemKind
from overleg.decisions.models import Outcome
from overleg.decisions.states import OutcomeKind
from overleg.lib.text import join_words

FIRST_WORDS = {
    OutcomeKind.NOTED: "<p>Het overleg neemt kennis.</p>",
    OutcomeKind.POSTPONED: "<p>Het punt is uitgesteld naar een volgende vergadering.</p>",
    OutcomeKind.WITHDRAWN: "<p>Het punt is ingetrokken.</p>",
}
"""What an outcome of this kind says when nothing was written."""

ABOUT_PROPOSAL = {
    OutcomeKind.NOTED: "Het overleg neemt kennis van “{title}”.",
    OutcomeKind.AGREEMENT: "Het overleg gaat akkoord met “{title}” en spreekt het volgende af: ",
    OutcomeKind.POSITION: "Het overleg neemt over “{title}” dit standpunt in: ",
    OutcomeKind.ADVICE: "Het overleg adviseert de besturen over “{title}”: ",
    OutcomeKind.REFERRAL: "Het overleg verwijst “{title}” door.",
    OutcomeKind.POSTPONED: "“{title}” is uitgesteld naar een volgende vergadering.",
    OutcomeKind.WITHDRAWN: "“{title}” is ingetrokken.",
}
TREATED = {
    Asked.NOTE: "Het overleg krijgt toelichting bij dit punt.",
    Asked.DISCUSS: "Het overleg bespreekt dit punt.",
    Asked.DECIDE: "Het overleg bespreekt dit punt.",
}
CAME_TO = {
    OutcomeKind.NOTED: "Het overleg neemt kennis.",
    OutcomeKind.AGREEMENT: "Het overleg komt tot een afspraak: “{title}”.",
    OutcomeKind.POSITION: "Het overleg neemt een standpunt in: “{title}”.",
    OutcomeKind.ADVICE: "Het overleg geeft de besturen een advies: “{title}”.",
    OutcomeKind.REFERRAL: "Het punt wordt doorverwezen.",
    OutcomeKind.POSTPONED: "Het punt wordt uitgesteld naar een volgende vergadering.",
    OutcomeKind.WITHDRAWN: "Het punt is ingetrokken.",
}


def outcome_drafts(item: AgendaItem) -> dict[str, str]:
    """The text that an outcome of each kind begins with, from what was proposed; clean HTML."""
    if item.kind is ItemKind.MINUTES_APPROVAL:
        return {OutcomeKind.NOTED.value: "<p>Het verslag wordt goedgekeurd.</p>"}
    title = escape(item.title, quote=False)
    return {
        kind.value: f"<p>{words.format(title=title).strip()}</p>"
        for kind, words in ABOUT_PROPOSAL.items()
    }


def drafted_text(
    item: AgendaItem,
    outcomes: Sequence[Outcome],
    *,
    there: Sequence[str],
    away: Sequence[str],
    agreed: Sequence[str],
) -> str:
    """The discussion of an item as it can be told without having heard it; clean HTML.

    ``there`` names who was noted as present: a submitter who is among them explained the point.
    ``away`` names who did not take part, with the reason; ``agreed`` says how the table came to
    its outcomes. What was agreed itself stands below it, with the outcomes.
    """
    sentences = []
    if item.kind is ItemKind.PROPOSAL and (speakers := _named(there, item.submitter_label)):
        verb = "licht" if len(speakers) == 1 else "lichten"
        sentences.append(f"{join_words(speakers)} {verb} het punt toe.")
    if item.kind is ItemKind.MINUTES_APPROVAL:
        sentences.append("Het overleg overloopt het verslag van de vorige vergadering.")
    elif not _stands_alone(outcomes):
        sentences.append(TREATED[item.asked])
    parts = [" ".join(sentences)]
    if away:
        verb = "neemt" if len(away) == 1 else "nemen"
        parts.append(f"{join_words(away)} {verb} niet deel aan de bespreking.")
    came_to = [CAME_TO[outcome.kind].format(title=outcome.title) for outcome in outcomes]
    parts.append(" ".join([*came_to, *agreed]))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)


def _named(people: Sequence[str], label: str) -> list[str]:
    """Those of these people whom a label names as a whole, in its order."""
    found = {name: re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", label) for name in people}
    return sorted((name for name in people if found[name]), key=label.index)


def _stands_alone(outcomes: Sequence[Outcome]) -> bool:
    """Whether the point was not treated at all."""
    kinds = {outcome.kind for outcome in outcomes}
    return bool(kinds) and kinds <= {OutcomeKind.POSTPONED, OutcomeKind.WITHDRAWN}
