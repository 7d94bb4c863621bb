"""Dossiers, proposals with their validation, agenda items, and agendas as they were sent."""

from overleg.agenda.models.annexes import Annex, AnnexVersion
from overleg.agenda.models.bundles import AgendaStep, Bundle
from overleg.agenda.models.dossiers import Dossier, DossierLink, DossierTheme, Theme
from overleg.agenda.models.items import AgendaItem
from overleg.agenda.models.proposals import CoSubmitter, Proposal, ProposalAnswer, ProposalRevision
from overleg.agenda.models.templates import (
    AgendaTemplate,
    AgendaTemplateItem,
    ProposalTemplate,
    TemplateQuestion,
)
from overleg.agenda.models.validation import ValidationRound, ValidationVote
from overleg.agenda.models.versions import AgendaVersion, SentAnnex, SentItem

__all__ = [
    "AgendaItem",
    "AgendaStep",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "AgendaVersion",
    "Annex",
    "AnnexVersion",
    "Bundle",
    "CoSubmitter",
    "Dossier",
    "DossierLink",
    "DossierTheme",
    "Proposal",
    "ProposalAnswer",
    "ProposalRevision",
    "ProposalTemplate",
    "SentAnnex",
    "SentItem",
    "TemplateQuestion",
    "Theme",
    "ValidationRound",
    "ValidationVote",
]
