"""Proposals with their annexes, and dossiers."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from overleg.agenda.lines import narrowest
from overleg.agenda.models import AgendaItem, Annex, Dossier, Proposal, SentItem
from overleg.db import session
from overleg.lib.richtext import html_to_plain
from overleg.search.gathering.gathered import Gathered, texts_of
from overleg.search.states import Audience, Source


def gather_proposals(proposal_ids: Collection[str]) -> list[Gathered]:
    """Of these proposals: the proposal itself and its annexes."""
    proposals = (
        session()
        .scalars(
            select(Proposal)
            .where(Proposal.id.in_(sorted(proposal_ids)))
            .options(
                selectinload(Proposal.annexes).joinedload(Annex.file),
                selectinload(Proposal.answers),
            )
            .execution_options(populate_existing=True)
        )
        .all()
    )
    sent = _sent_proposals(proposal_ids)
    texts = texts_of(annex.file for proposal in proposals for annex in proposal.annexes)
    found = []
    for proposal in proposals:
        audience = _audience_of(proposal, was_sent=proposal.id in sent)
        found.append(_proposal(proposal, audience))
        found += [_annex(annex, proposal, audience, texts) for annex in proposal.annexes]
    return found


def _sent_proposals(proposal_ids: Collection[str]) -> set[str | None]:
    return set(
        session().scalars(
            select(AgendaItem.proposal_id)
            .join(SentItem, SentItem.item_id == AgendaItem.id)
            .where(AgendaItem.proposal_id.in_(sorted(proposal_ids)))
            .distinct()
        )
    )


def _audience_of(proposal: Proposal, *, was_sent: bool) -> Audience:
    if proposal.submitted_at_utc is None:
        return Audience.OWNERS
    return Audience.READERS if was_sent else Audience.STEERING


def _proposal(proposal: Proposal, audience: Audience) -> Gathered:
    parts = [html_to_plain(proposal.explanation_html)]
    for answer in proposal.answers:
        parts += [answer.question, html_to_plain(answer.answer_html)]
    return Gathered(
        source=Source.PROPOSAL,
        subject_id=proposal.id,
        proposal_id=proposal.id,
        body_id=proposal.body_id,
        circle=proposal.circle,
        audience=audience,
        submitter_id=proposal.submitter_id,
        created_by_id=proposal.created_by_id,
        organisation_id=proposal.organisation_id,
        happened_at_utc=proposal.submitted_at_utc or proposal.created_at_utc,
        title=proposal.title,
        text="\n".join(parts),
    )


def _annex(annex: Annex, proposal: Proposal, audience: Audience, texts: dict[str, str]) -> Gathered:
    return Gathered(
        source=Source.ANNEX,
        subject_id=annex.id,
        proposal_id=proposal.id,
        body_id=proposal.body_id,
        circle=narrowest(annex.circle, proposal.circle),
        audience=audience,
        submitter_id=proposal.submitter_id,
        created_by_id=proposal.created_by_id,
        organisation_id=proposal.organisation_id,
        happened_at_utc=proposal.submitted_at_utc or proposal.created_at_utc,
        title=annex.title,
        text=texts.get(annex.file.sha256, ""),
        sha256=annex.file.sha256,
    )


def gather_dossiers(dossier_ids: Collection[str]) -> list[Gathered]:
    """Of these dossiers: those that say more than their only proposal does."""
    rows = session().execute(
        select(Dossier, func.count(Proposal.id), func.max(Proposal.title))
        .join(Proposal, Proposal.dossier_id == Dossier.id)
        .where(Dossier.id.in_(sorted(dossier_ids)))
        .group_by(Dossier.id)
        .execution_options(populate_existing=True)
    )
    return [
        Gathered(
            source=Source.DOSSIER,
            subject_id=dossier.id,
            dossier_id=dossier.id,
            circle=dossier.circle,
            audience=Audience.OWNERS,
            happened_at_utc=dossier.created_at_utc,
            title=dossier.title,
            text=html_to_plain(dossier.summary_html),
        )
        for dossier, count, title in rows
        if count > 1 or dossier.summary_html or dossier.title != title
    ]
