"""Where a proposal and an agenda item stand, and which moves exist."""

from enum import StrEnum


class ProposalState(StrEnum):
    DRAFT = "draft"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    OFFERED = "offered"
    SUBMITTED = "submitted"
    IN_VALIDATION = "in_validation"
    VALIDATED = "validated"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    TREATED = "treated"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    REFERRED = "referred"

    @property
    def label(self) -> str:
        return {
            "draft": "concept",
            "awaiting_sign_off": "wacht op de algemeen directeur",
            "offered": "aangeboden",
            "submitted": "ingediend",
            "in_validation": "in validatie",
            "validated": "gevalideerd",
            "returned": "teruggestuurd",
            "scheduled": "geagendeerd",
            "treated": "behandeld",
            "withdrawn": "ingetrokken",
            "refused": "geweigerd",
            "referred": "verwezen",
        }[self.value]


PROPOSAL_MOVES: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.DRAFT: frozenset(
        {ProposalState.AWAITING_SIGN_OFF, ProposalState.SUBMITTED, ProposalState.WITHDRAWN}
    ),
    ProposalState.AWAITING_SIGN_OFF: frozenset(
        {ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.WITHDRAWN}
    ),
    ProposalState.OFFERED: frozenset(
        {ProposalState.SUBMITTED, ProposalState.REFUSED, ProposalState.WITHDRAWN}
    ),
    ProposalState.SUBMITTED: frozenset(
        {
            ProposalState.IN_VALIDATION,
            ProposalState.VALIDATED,
            ProposalState.RETURNED,
            ProposalState.REFUSED,
            ProposalState.REFERRED,
            ProposalState.WITHDRAWN,
        }
    ),
    ProposalState.IN_VALIDATION: frozenset(
        {
            ProposalState.VALIDATED,
            ProposalState.RETURNED,
            ProposalState.REFUSED,
            ProposalState.REFERRED,
            ProposalState.WITHDRAWN,
        }
    ),
    ProposalState.RETURNED: frozenset(
        {ProposalState.AWAITING_SIGN_OFF, ProposalState.SUBMITTED, ProposalState.WITHDRAWN}
    ),
    ProposalState.VALIDATED: frozenset(
        {
            ProposalState.SCHEDULED,
            ProposalState.RETURNED,
            ProposalState.REFERRED,
            ProposalState.WITHDRAWN,
        }
    ),
    ProposalState.SCHEDULED: frozenset(
        {ProposalState.TREATED, ProposalState.VALIDATED, ProposalState.WITHDRAWN}
    ),
    ProposalState.TREATED: frozenset({ProposalState.VALIDATED}),
    ProposalState.WITHDRAWN: frozenset({ProposalState.VALIDATED}),
    ProposalState.REFUSED: frozenset(),
    ProposalState.REFERRED: frozenset({ProposalState.SUBMITTED}),
}


class ProposalFunction(StrEnum):
    """What the table does with it (functie)."""

    EXCHANGE = "exchange"
    TUNING = "tuning"
    POLICY = "policy"

    @property
    def label(self) -> str:
        return {"exchange": "uitwisseling", "tuning": "afstemming", "policy": "beleid"}[self.value]


class ProposalKind(StrEnum):
    """The four kinds of agenda items (rubriek), after Steunpunt Bestuurlijke Vernieuwing."""

    INFORMATION = "information"
    STEERING = "steering"
    PROJECT = "project"
    STRATEGY = "strategy"

    @property
    def label(self) -> str:
        return {
            "information": "informatie- en kennisdoorstroming",
            "steering": "aansturen van intergemeentelijke samenwerking",
            "project": "regionale projectontwikkeling en -opvolging",
            "strategy": "strategie, standpunten en belangenbehartiging",
        }[self.value]


class Asked(StrEnum):
    """What is asked of the table (gevraagd)."""

    NOTE = "note"
    DISCUSS = "discuss"
    DECIDE = "decide"

    @property
    def label(self) -> str:
        return {
            "note": "ter kennisname",
            "discuss": "ter bespreking",
            "decide": "ter beslissing",
        }[self.value]


class RoundState(StrEnum):
    """One validation step of one proposal."""

    OPEN = "open"
    PASSED = "passed"
    RETURNED = "returned"
    REFUSED = "refused"
    REFERRED = "referred"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return {
            "open": "loopt",
            "passed": "akkoord",
            "returned": "teruggestuurd",
            "refused": "geweigerd",
            "referred": "verwezen",
            "stopped": "gestopt",
        }[self.value]


class Answer(StrEnum):
    """What a validator answers."""

    AGREE = "agree"
    RETURN = "return"
    REFUSE = "refuse"
    REFER = "refer"

    @property
    def label(self) -> str:
        return {
            "agree": "akkoord",
            "return": "terug met reden",
            "refuse": "weigeren",
            "refer": "verwijzen",
        }[self.value]


class Advice(StrEnum):
    """What a member of a committee advises; the decision stays apart."""

    ON_AGENDA = "on_agenda"
    FOR_INFORMATION = "for_information"
    RETURN = "return"
    REFER = "refer"
    NOT_RIPE = "not_ripe"

    @property
    def label(self) -> str:
        return {
            "on_agenda": "op de agenda",
            "for_information": "ter info",
            "return": "terug naar de indiener",
            "refer": "naar ander overleg",
            "not_ripe": "nog niet rijp",
        }[self.value]


class CoSubmitterState(StrEnum):
    """Whether somebody who is asked to submit along did so."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {
            "asked": "gevraagd",
            "confirmed": "bevestigd",
            "declined": "niet akkoord",
        }[self.value]


class ItemKind(StrEnum):
    """Where an agenda item comes from; the first and the last are fixed points."""

    MINUTES_APPROVAL = "minutes_approval"
    PROPOSAL = "proposal"
    OWN = "own"
    ANY_OTHER_BUSINESS = "any_other_business"

    @property
    def label(self) -> str:
        return {
            "minutes_approval": "goedkeuring verslag",
            "proposal": "voorstel",
            "own": "eigen punt",
            "any_other_business": "varia",
        }[self.value]


class ItemState(StrEnum):
    SCHEDULED = "scheduled"
    TREATED = "treated"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "scheduled": "geagendeerd",
            "treated": "behandeld",
            "postponed": "uitgesteld",
            "withdrawn": "ingetrokken",
        }[self.value]


class OffAgenda(StrEnum):
    """How a point reads that left its agenda while its proposal was not withdrawn."""

    TAKEN_OFF = "taken_off"

    @property
    def label(self) -> str:
        return "van de agenda gehaald"


class BundleFormat(StrEnum):
    """How an agenda comes with its annexes in one file."""

    ZIP = "zip"
    PDF = "pdf"

    @property
    def label(self) -> str:
        return {"zip": "alle bestanden (zip)", "pdf": "één pdf met bladwijzers"}[self.value]


class BundleState(StrEnum):
    """Whether a bundle can be had."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {"waiting": "wordt gemaakt", "ready": "klaar", "failed": "mislukt"}[self.value]
