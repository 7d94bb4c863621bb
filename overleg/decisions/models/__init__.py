"""Outcomes, their text for the municipalities, and where each municipality stands."""

from overleg.decisions.models.actions import ActionItem
from overleg.decisions.models.costs import CostSharing, MunicipalCost
from overleg.decisions.models.downloads import TextDownload
from overleg.decisions.models.dropped import DroppedOutcome
from overleg.decisions.models.follow_up import FollowUp
from overleg.decisions.models.house_styles import (
    HouseStyle,
    HouseStylePart,
    OwnTemplate,
    TemplatePreview,
)
from overleg.decisions.models.links import FollowUpLink
from overleg.decisions.models.moves import FollowUpMove
from overleg.decisions.models.organ_days import OrganCalendar, OrganDay, OrganRule
from overleg.decisions.models.outcomes import Outcome
from overleg.decisions.models.positions import PositionSending
from overleg.decisions.models.proposal_zips import ProposalZip
from overleg.decisions.models.reminders import ReminderPause, ReminderSent, ReminderSettings
from overleg.decisions.models.requests import OutcomeRequest, ParticipationStep, RemarkReply
from overleg.decisions.models.tags import MunicipalityTag, TaggedMunicipality
from overleg.decisions.models.texts import CanonicalText, TextSections, TextVersion
from overleg.decisions.models.votes import OutcomeVote, Reservation

__all__ = [
    "ActionItem",
    "CanonicalText",
    "CostSharing",
    "DroppedOutcome",
    "FollowUp",
    "FollowUpLink",
    "FollowUpMove",
    "HouseStyle",
    "HouseStylePart",
    "MunicipalCost",
    "MunicipalityTag",
    "OrganCalendar",
    "OrganDay",
    "OrganRule",
    "Outcome",
    "OutcomeRequest",
    "OutcomeVote",
    "OwnTemplate",
    "ParticipationStep",
    "PositionSending",
    "ProposalZip",
    "RemarkReply",
    "ReminderPause",
    "ReminderSent",
    "ReminderSettings",
    "Reservation",
    "TaggedMunicipality",
    "TemplatePreview",
    "TextDownload",
    "TextSections",
    "TextVersion",
]
