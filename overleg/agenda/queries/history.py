"""The history of a proposal, as far as who looks may read it.

Who validates writes to the submitter, not to everybody who later finds the proposal on an agenda:
answers, reasons and earlier wordings are told to the submitter's side and to who steers the body.
"""

from collections.abc import Sequence

from overleg.agenda.models import Proposal
from overleg.agenda.permissions import reads_along
from overleg.audit.models import JournalEntry
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.mail.history import Sending, sendings_about, with_mails
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer

TOLD_TO_READERS = frozenset(
    {
        Verb.PROPOSAL_SUBMITTED,
        Verb.PROPOSAL_VALIDATED,
        Verb.PROPOSAL_SCHEDULED,
        Verb.PROPOSAL_UNSCHEDULED,
        Verb.PROPOSAL_TREATED,
        Verb.PROPOSAL_WITHDRAWN,
        Verb.PROPOSAL_WITHDRAWN_AT_TABLE,
        Verb.PROPOSAL_REINSTATED,
    }
)


def history_of_proposal(viewer: Viewer, proposal: Proposal) -> Sequence[JournalEntry | Sending]:
    """The journal of a proposal that the viewer sees, newest first; one statement.

    Support staff also see which mails went out about it, with one statement more.
    """
    entries = history_of([proposal.id])
    mails = sendings_about([proposal.id], viewer.bodies_as(Role.SUPPORT))
    if reads_along(viewer, proposal):
        return with_mails(entries, mails)
    return [entry for entry in entries if is_told_to_readers(entry)]


def is_told_to_readers(entry: JournalEntry) -> bool:
    """Whether a row about a proposal is for everybody who reads it; a referral tells its reason."""
    referred = entry.verb is Verb.PROPOSAL_SUBMITTED and entry.reason != ""
    return entry.verb in TOLD_TO_READERS and not referred
