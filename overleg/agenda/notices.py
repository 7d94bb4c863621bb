"""Who is told what about a proposal. Mails carry its title and a link, never its explanation.

Everybody told here may read the proposal whatever its circle: its submitter, and those who steer
the body.
"""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.queries.validation import support_staff
from overleg.agenda.states import ProposalState
from overleg.audit.workflow import Actor
from overleg.lib.dates import format_date, local_date
from overleg.mail.links import absolute_url
from overleg.mail.workflow import post
from overleg.organisations.viewer import viewer_for

SUBMITTER_TOLD = {
    ProposalState.VALIDATED: (
        "Gevalideerd",
        "Uw voorstel is gevalideerd. De ondersteuners kunnen het nu op een agenda zetten.",
    ),
    ProposalState.RETURNED: (
        "Teruggestuurd",
        "Uw voorstel komt naar u terug. Pas het aan en dien het opnieuw in, of trek het in.",
    ),
    ProposalState.REFUSED: (
        "Geweigerd",
        "Uw voorstel komt niet op de agenda.",
    ),
    ProposalState.REFERRED: (
        "Verwezen",
        "Uw voorstel gaat verder op een ander overleg. U hoeft niets te doen.",
    ),
}


def post_about(
    to: Person,
    proposal: Proposal,
    *,
    subject: str,
    intro: str,
    now: datetime,
    path: str = "",
    link_label: str = "Voorstel openen",
    by_when: str = "",
    reason: str = "",
    may_open: bool = True,
) -> None:
    """Mail somebody about a proposal; ``path`` is what follows its own address.

    Who may not open it gets no link.
    """
    link = absolute_url(f"/voorstellen/{proposal.id}{path}") if may_open else None
    post(
        to,
        subject=f"{subject}{'' if subject.endswith('?') else ':'} {proposal.title}",
        template="proposal",
        context={
            "intro": intro,
            **words_about(proposal),
            "by_when": by_when,
            "reason": reason,
            "link": link,
            "link_label": link_label,
        },
        about=proposal,
        body=proposal.body,
        urgent=proposal.is_urgent,
        now=now,
    )


def words_about(proposal: Proposal) -> dict[str, str]:
    """What every mail about a proposal says of it."""
    return {
        "proposal_title": proposal.title,
        "body_name": proposal.body.name,
        "organisation_name": proposal.organisation.name,
    }


def tell_submitter(proposal: Proposal, *, now: datetime) -> None:
    """Tell the submitter, and who wrote it for them, what was decided, with the reason.

    Not somebody who left the body since: the reason is no longer theirs to read. What was referred
    is told all the same, as its submitter may have no place at the table it went to. Support staff
    who wrote it hear what they have to do apart.
    """
    subject, intro = SUBMITTER_TOLD[proposal.state]
    for person in {each.id: each for each in (proposal.submitter, proposal.created_by)}.values():
        who = viewer_for(person, local_date(now))
        if proposal.referred_from_id is None and proposal.body_id not in who.body_ids:
            continue
        if person.id != proposal.submitter_id and who.supports(proposal.body_id):
            continue
        post_about(
            person,
            proposal,
            subject=subject,
            intro=intro,
            reason=proposal.state_reason,
            now=now,
        )


def tell_support_validated(proposal: Proposal, *, for_information: bool, now: datetime) -> None:
    """Tell support staff that a proposal can be put on an agenda, and whether for information."""
    wished = proposal.wished_meeting
    intro = "Dit voorstel is gevalideerd en kan op een agenda."
    if for_information:
        intro += (
            f" De meeste leden adviseerden het ter info. Gevraagd is nu {proposal.asked.label}; "
            "u kunt er ter kennisname van maken."
        )
    for person in support_staff(proposal.body_id, local_date(now)):
        post_about(
            person,
            proposal,
            subject="Klaar voor de agenda",
            intro=intro,
            by_when=f"Gewenste vergadering: {format_date(wished.starts_at_utc)}." if wished else "",
            now=now,
        )


def tell_support_waiting(proposal: Proposal, missing: str, *, now: datetime) -> None:
    """Tell support staff that a proposal waits because nobody can validate it, and why."""
    for person in support_staff(proposal.body_id, local_date(now)):
        post_about(
            person,
            proposal,
            subject="Validatie kan niet starten",
            intro=f"{missing} Vul dat aan bij het overleg en start dan de validatie.",
            now=now,
        )


def tell_support_withdrawn(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Tell support staff that a submitted proposal was withdrawn, unless they did it themselves."""
    for person in support_staff(proposal.body_id, local_date(now)):
        if person.id != by.id:
            post_about(
                person,
                proposal,
                subject="Ingetrokken",
                intro="Dit voorstel werd ingetrokken.",
                reason=proposal.state_reason,
                now=now,
            )
