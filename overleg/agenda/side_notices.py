"""Who on the submitter's side is told what: on whose behalf, who submits along, who signs off.

Mails carry the title of a proposal and a link, never its explanation.
"""

from collections.abc import Sequence
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import CoSubmitter, Proposal
from overleg.agenda.notices import post_about
from overleg.agenda.queries.validation import support_staff
from overleg.agenda.states import CoSubmitterState
from overleg.audit.workflow import Actor
from overleg.lib.dates import local_date


def tell_on_behalf(proposal: Proposal, *, now: datetime) -> None:
    """Tell the person for whom a proposal was submitted that it was, and by whom it was written."""
    post_about(
        proposal.submitter,
        proposal,
        subject="In uw naam ingediend",
        intro=f"{proposal.created_by.name} schreef dit voorstel in uw naam, en het is nu "
        "ingediend. U kunt het lezen en, als u er niet mee akkoord gaat, intrekken.",
        now=now,
    )


def tell_directors(proposal: Proposal, directors: Sequence[Person], *, now: datetime) -> None:
    """Ask the general directors to sign off."""
    for person in directors:
        post_about(
            person,
            proposal,
            subject="Wacht op uw akkoord",
            intro=f"{proposal.created_by.name} wil dit voorstel indienen. "
            f"{proposal.organisation.name} vraagt dat u eerst akkoord gaat. Met uw akkoord "
            "vertrekt het; u kunt het ook terugsturen met een reden.",
            link_label="Bekijken en antwoorden",
            now=now,
        )


def tell_support_no_director(proposal: Proposal, *, now: datetime) -> None:
    """Tell support staff that a proposal waits for a director who has no account."""
    for person in support_staff(proposal.body_id, local_date(now)):
        post_about(
            person,
            proposal,
            subject="Wacht op een algemeen directeur",
            intro=f"{proposal.organisation.name} vraagt het akkoord van de algemeen directeur, "
            "maar er is nog geen algemeen directeur met een account. Nodig die uit, of laat het "
            "voorstel zonder dat akkoord doorgaan.",
            now=now,
        )


def tell_asked_along(asked: CoSubmitter, *, by: Actor, now: datetime) -> None:
    """Ask somebody to submit along."""
    proposal = asked.proposal
    draft = "" if proposal.submitted_at_utc else " Het is nog niet ingediend."
    post_about(
        asked.person,
        proposal,
        subject="Dient u mee in?",
        intro=f"{by.name} vraagt u om dit voorstel samen in te dienen.{draft} Bevestigt u, dan "
        "noemt de agenda u als indiener.",
        link_label="Bekijken en antwoorden",
        now=now,
    )


def tell_asked_again(asked: CoSubmitter, *, by: Actor, now: datetime) -> None:
    """Ask somebody to confirm once more, as the text is no longer the one that was confirmed."""
    post_about(
        asked.person,
        asked.proposal,
        subject="Dient u nog mee in?",
        intro=f"U bevestigde dat u dit voorstel mee indient. {by.name} wijzigde de tekst sindsdien "
        "sterk. Daarom vragen we het u opnieuw; tot u bevestigt, noemt de agenda u niet.",
        link_label="Bekijken en antwoorden",
        now=now,
    )


def tell_answered_along(asked: CoSubmitter, *, now: datetime) -> None:
    """Tell the submitter's side whether somebody submits along."""
    proposal = asked.proposal
    confirmed = asked.state is CoSubmitterState.CONFIRMED
    for person in {each.id: each for each in (proposal.submitter, proposal.created_by)}.values():
        post_about(
            person,
            proposal,
            subject="Dient mee in" if confirmed else "Dient niet mee in",
            intro=f"{asked.person.name} dient dit voorstel {'' if confirmed else 'niet '}mee in.",
            reason=asked.reason,
            now=now,
        )


def tell_asked_back(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Tell support staff that the submitter's side asks a proposal back."""
    for person in support_staff(proposal.body_id, local_date(now)):
        if person.id != by.id:
            post_about(
                person,
                proposal,
                subject="Teruggevraagd",
                intro=f"{by.name} vraagt dit voorstel terug om het te wijzigen. Geef het terug, of "
                "zeg waarom dat niet meer kan.",
                reason=proposal.asked_back_reason,
                link_label="Bekijken en antwoorden",
                now=now,
            )


def tell_not_given_back(proposal: Proposal, reason: str, *, now: datetime) -> None:
    """Tell the submitter's side that it does not come back, and why."""
    for person in {each.id: each for each in (proposal.submitter, proposal.created_by)}.values():
        post_about(
            person,
            proposal,
            subject="Komt niet terug",
            intro="U vroeg dit voorstel terug om het te wijzigen. Dat kan niet meer; het gaat "
            "verder zoals het ingediend is.",
            reason=reason,
            now=now,
        )
