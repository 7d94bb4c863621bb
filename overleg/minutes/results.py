"""What a verslag that was approved says of a meeting, in words that never change again."""

from collections.abc import Mapping, Sequence
from html import escape

from overleg.decisions.models import ActionItem, Outcome, OutcomeVote
from overleg.decisions.workflow.votes import in_words
from overleg.lib.dates import format_date
from overleg.lib.text import join_words
from overleg.minutes.models import ItemAbsence
from overleg.minutes.queries.attendance import Table


def attendance_in_words(table: Table) -> str:
    """``Aanwezig: ... Verontschuldigd: ...``, one line each."""
    lines = []
    for presence in table.noted_presences:
        seats = table.with_presence(presence)
        names = join_words(_named(line.name, line.function, line.remark) for line in seats)
        label = "vervangen" if presence.value == "replaced" else presence.label
        lines.append(f"{label.capitalize()}: {names}.")
    if table.guests:
        guests = join_words(_named(each.name, each.organisation_name) for each in table.guests)
        lines.append(f"Gasten: {guests}.")
    return "\n".join(lines)


def _named(name: str, *beside: str) -> str:
    """``Medewerker SOLVA (coördinator SOLVA)``; what is empty is left out."""
    said = "; ".join(filter(None, beside))
    return f"{name} ({said})" if said else name


def results_html(
    outcomes: Sequence[Outcome],
    votes: Mapping[str, OutcomeVote],
    actions: Sequence[ActionItem],
    away: Sequence[ItemAbsence],
) -> str:
    """What came of an item as clean HTML: who took no part, outcomes, actions."""
    parts = []
    if away:
        names = escape(join_words(absence.label for absence in away))
        parts.append(f"<p>Neemt niet deel aan dit punt: {names}.</p>")
    for outcome in outcomes:
        title = escape(outcome.title, quote=False)
        parts.append(f"<p><strong>{outcome.kind.label.capitalize()}: {title}</strong></p>")
        parts.append(outcome.text_html)
        if outcome.id in votes:
            parts.append(f"<p>{escape(in_words(votes[outcome.id]), quote=False)}</p>")
    if actions:
        lines = "".join(
            f"<li>{escape(each.who, quote=False)}: {escape(each.text, quote=False)}"
            + (f" (tegen {format_date(each.due_on)})" if each.due_on else "")
            + "</li>"
            for each in actions
        )
        parts.append(f"<p>Actiepunten:</p><ul>{lines}</ul>")
    return "".join(parts)
