"""What the college wants to raise becomes a proposal, with the municipality as its submitter."""

from dataclasses import dataclass
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.workflow.proposals import ProposalContent, draft_proposal
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, session
from overleg.lib.errors import NotPossible
from overleg.organisations.models import Body
from overleg.reports.models import RaisedPoint, RegionReport
from overleg.reports.notices import tell_to_finish
from overleg.reports.states import ReportKind, ReportState


@dataclass(frozen=True)
class CollegePoint:
    """What is raised, where, and who speaks for the municipality there."""

    body: Body
    title: str
    explanation_html: str
    speaker: Person


def raise_point(
    report: RegionReport, point: CollegePoint, *, by: Person, now: datetime
) -> Proposal:
    """Begin the proposal, in the name of the municipality; it stands with the report from now on.

    Who speaks for the municipality completes and submits it, and is told when that is somebody
    else. Raises ``NotPossible`` for a council's report and once the report was placed.
    """
    if report.kind is not ReportKind.COLLEGE:
        raise NotPossible("Een punt aanbrengen doet het college, bij het collegerapport.")
    if report.state is ReportState.PLACED:
        raise NotPossible(
            "Dit rapport is al geplaatst. Breng het punt aan bij dat van de volgende maand, of "
            "begin een voorstel."
        )
    proposal = draft_proposal(
        ProposalContent(
            body_id=point.body.id,
            organisation_id=report.organisation.id,
            title=point.title,
            submitter_id=point.speaker.id,
            explanation_html=point.explanation_html,
        ),
        by=by,
        now=now,
        told=f"Aangebracht door het college, bij {report.journal_label}.",
    )
    session().add(
        RaisedPoint(
            id=new_id(),
            report=report,
            proposal=proposal,
            raised_by_name=by.name,
            raised_at_utc=now,
        )
    )
    # Only where it goes: what it is about is a draft, which support staff do not read yet.
    record(Verb.REPORT_POINT_RAISED, report, by=by, now=now, reason=f"{point.body.name}.")
    if point.speaker.id != by.id:
        tell_to_finish(proposal, report, to=point.speaker, by=by, now=now)
    return proposal
