"""The proposal to one municipality's college or council, as a Word file."""

from datetime import datetime

from overleg.decisions.models import CanonicalText, FollowUp
from overleg.decisions.states import Organ, OutcomeKind
from overleg.lib.dates import format_date
from overleg.lib.richtext import numbered_parts
from overleg.lib.text import slugify
from overleg.word.contexts import MunicipalProposalPaper, PaperKind
from overleg.word.papers import render_municipal_proposal

KINDS = {
    Organ.COLLEGE: PaperKind.COLLEGE_PROPOSAL,
    Organ.COUNCIL: PaperKind.COUNCIL_PROPOSAL,
}
ASKED = {
    OutcomeKind.AGREEMENT: "goedkeuring",
    OutcomeKind.POSITION: "standpunt",
    OutcomeKind.ADVICE: "goedkeuring",
}
CLOSED_COLLEGE = "Besloten zitting"
OPEN_COUNCIL = "Openbare zitting"


def proposal_paper(follow_up: FollowUp, text: CanonicalText) -> MunicipalProposalPaper:
    """What the Word file of this municipality and organ is given.

    A college meets behind closed doors and a council in public (decreet lokaal bestuur, art. 28
    and 53).
    """
    meeting = follow_up.outcome.item.meeting
    municipality = follow_up.organisation.name
    return MunicipalProposalPaper(
        kind=KINDS[follow_up.organ],
        title=f"{text.subject} – {municipality}",
        author=municipality,
        government=f"Gemeente {municipality}",
        organ=follow_up.organ.full_name.capitalize(),
        session=format_date(follow_up.scheduled_on) if follow_up.scheduled_on else "",
        dossier_number=follow_up.reference_number,
        submitter=f"{meeting.body.name}, vergadering {meeting.label} "
        f"van {format_date(meeting.starts_at_utc)}",
        openness=CLOSED_COLLEGE if follow_up.organ is Organ.COLLEGE else OPEN_COUNCIL,
        subject=text.subject,
        asked=ASKED.get(follow_up.outcome.kind, "goedkeuring"),
        summary_html=text.summary_html,
        background_html=text.background_html,
        competence_html=text.competence_html,
        regulation_html=text.regulation_html,
        facts_html=text.arguments_html,
        advice_html=text.advice_html,
        finance_html=text.finances_html,
        articles=numbered_parts(text.articles_html),
    )


def proposal_docx(follow_up: FollowUp, text: CanonicalText, *, now: datetime) -> bytes:
    """The Word file."""
    return render_municipal_proposal(proposal_paper(follow_up, text), now=now)


def proposal_filename(follow_up: FollowUp, text: CanonicalText) -> str:
    """``collegevoorstel-tielt-regionale-energiestrategie.docx``."""
    subject = slugify(text.subject)[:60].strip("-") or "voorstel"
    town = slugify(follow_up.organisation.name)
    return f"{KINDS[follow_up.organ].value}-{town}-{subject}.docx"
