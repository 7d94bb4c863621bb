"""A world of Midwest with one of everything that an address can name.

One meeting was held and has a verslag, an outcome and follow-up; a second one is being prepared.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.notices import tell_password_changed
from overleg.agenda.bundling import ask_bundle, bundle_path
from overleg.agenda.models import (
    AgendaItem,
    AgendaTemplate,
    Annex,
    Bundle,
    Proposal,
    SentAnnex,
)
from overleg.agenda.queries.versions import versions_of
from overleg.agenda.states import Asked, BundleFormat, BundleState
from overleg.agenda.workflow.co_submitting import ask_along
from overleg.agenda.workflow.dossiers import add_theme, tie_dossiers
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.templates import Point, save_template
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.calendars.foreign.importing import read_source
from overleg.calendars.foreign.workflow import follow_address
from overleg.calendars.workflow import create_feed
from overleg.db import NO_ROW
from overleg.db import session as current_session
from overleg.decisions.models import FollowUp, MunicipalityTag, Outcome, PositionSending
from overleg.decisions.proposal_zips import ask_zip, zip_path
from overleg.decisions.states import Organ, OutcomeKind
from overleg.decisions.template_previews import preview_path
from overleg.decisions.workflow.actions import ToDo, note_action
from overleg.decisions.workflow.house_styles import Styling, change_house_style, change_logo
from overleg.decisions.workflow.links import links_for
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.decisions.workflow.own_templates import add_own_template
from overleg.decisions.workflow.tags import Labelled, keep_tag
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.dates import local_date
from overleg.mail.models import OutboxMessage
from overleg.minutes.models import Remark
from overleg.minutes.states import Presence
from overleg.minutes.workflow.attendance import Guest, Seen, note_attendance
from overleg.minutes.workflow.circulating import circulate, make_remark
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import close_meeting, open_meeting
from overleg.organisations.models import Membership, RoleAssignment, Seat
from overleg.organisations.viewer import viewer_for
from overleg.reports.models import RegionReport
from overleg.reports.notices import remind
from overleg.reports.queries.reports import Wishes
from overleg.reports.workflow.raising import CollegePoint, raise_point
from overleg.reports.workflow.settings import change_settings
from overleg.reports.workflow.writing import begin_and_write
from overleg.scheduling.models import BodyDate, Meeting
from overleg.scheduling.polls.workflow import GivenSlot, Question, draft_poll, open_poll
from overleg.scheduling.rules.workflow import add_rule
from overleg.scheduling.states import RuleKind, YearKind
from overleg.scheduling.years.wishes import YearRhythm
from overleg.scheduling.years.workflow import AskedYear, ask_year
from overleg.word.contexts import PaperKind
from overleg.word.templates import house_bytes
from tests.agenda.preparing import Table, lay_table
from tests.agenda.proposing import make_meeting, make_submitted
from tests.calendars.servers import zone_council
from tests.plugins.cast import Cast

OF_A_GROUP = {
    "organisations.change_members",
    "organisations.edit_membership",
    "organisations.end_membership",
}

OF_A_REGION = {
    "calendars.region_year",
    "calendars.region_year_docx",
    "organisations.show_region",
    "reports.region_reports",
}


@dataclass
class World:
    """What was made, and the value of each parameter that addresses have."""

    cast: Cast
    meeting: Meeting
    coming: Meeting
    proposal: Proposal
    item: AgendaItem
    annex: Annex
    sent_annex: SentAnnex
    outcome: Outcome
    follow_up: FollowUp
    membership: Membership
    feed_token: str
    values: dict[str, str] = field(default_factory=dict)
    mails: dict[str, str] = field(default_factory=dict)

    def values_for(self, endpoint: str) -> dict[str, str]:
        """The values to make the address of an endpoint with."""
        if endpoint == "agenda.download_sent_annex":
            return {**self.values, "annex_id": self.sent_annex.id}
        if endpoint in OF_A_GROUP:
            return {**self.values, "organisation_id": self.membership.group_id}
        if endpoint in self.mails:
            return {**self.values, "message_id": self.mails[endpoint]}
        if endpoint in OF_A_REGION:
            return {**self.values, "slug": "midwest"}
        return self.values


def build_world(session: Session, cast: Cast, now: datetime) -> World:
    """Make it, through the verbs, and commit."""
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    outcome = _hold(session, table, cast, now)
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    asked = ask_along(proposal, cast.tielt_mayor, cast.tielt, by=cast.mayor, now=now)
    assert table.shared.proposal is not None
    tie_dossiers(proposal.dossier, table.shared.proposal.dossier, by=cast.support, now=now)
    theme = add_theme("mobiliteit")
    coming = make_meeting(session, cast.midwest, days=60, number=3)
    item = _item_of(session, table)
    feed, token = create_feed(viewer_for(cast.support, local_date(now)), body=cast.midwest, now=now)
    record(Verb.MEETING_PLANNED, coming, by=cast.support, now=now)
    session.commit()
    annex = session.scalars(select(Annex).where(Annex.proposal_id == item.proposal_id)).one()
    seat = session.scalars(select(Seat).where(Seat.body_id == cast.midwest.id)).first()
    role = session.scalars(
        select(RoleAssignment).where(RoleAssignment.body_id == cast.midwest.id)
    ).first()
    message = session.scalars(
        select(OutboxMessage).where(OutboxMessage.body_id == cast.midwest.id)
    ).first()
    assert seat is not None
    assert role is not None
    assert message is not None
    world = World(
        cast=cast,
        meeting=table.meeting,
        coming=coming,
        proposal=proposal,
        item=item,
        annex=annex,
        sent_annex=session.scalars(select(SentAnnex)).first() or _missing(),
        outcome=outcome,
        follow_up=next(row for row in outcome.follow_ups if row.organisation is cast.tielt),
        membership=session.scalars(
            select(Membership).where(Membership.member_id == cast.tielt.id)
        ).one(),
        feed_token=token,
    )
    world.values = {
        "meeting_id": world.meeting.id,
        "proposal_id": proposal.id,
        "item_id": item.id,
        "dossier_id": proposal.dossier_id,
        "other_id": table.shared.proposal.dossier_id,
        "theme_id": theme.id,
        "kind": "voorstel",
        "thing_id": proposal.id,
        "annex_id": annex.id,
        "version_id": annex.versions[0].id,
        "direction": "omhoog",
        "asked_id": asked.id,
        "outcome_id": outcome.id,
        "follow_up_id": world.follow_up.id,
        "nis_code": world.follow_up.organisation.nis_code or "",
        "feed_id": feed.id,
        "token": token,
        "slug": cast.midwest.slug,
        "seat_id": seat.id,
        "role_id": role.id,
        "person_id": cast.mayor.id,
        "organisation_id": cast.dvv.id,
        "message_id": message.id,
        "name": "deliver_mail",
        "membership_id": world.membership.id,
        "group_id": world.membership.group_id,
        "remark_id": _remark(table, cast, now).id,
        "action_id": note_action(
            item,
            ToDo("Een brief schrijven", "Roeselare", None, cast.roeselare),
            by=cast.support,
            now=now,
        ).id,
        "number": "1",
        "year": f"{now.year}",
        "template_id": _template(cast, now).id,
        "bundle_id": _bundle(table.meeting, now).id,
        "report_id": _report(cast, now).id,
        "tag_id": _tag(cast, now).id,
        **_house_style(outcome, cast, now),
        **_dates(cast, now),
        **_poll(cast, now),
        **_answered(session, world, now),
    }
    world.mails = _mails(session, world.values["report_id"], cast, now)
    session.commit()
    return world


def _mails(session: Session, report_id: str, cast: Cast, now: datetime) -> dict[str, str]:
    """A mail about the report, and one about the account of the mayor."""
    remind(cast.secretariat, [session.get_one(RegionReport, report_id)], now=now)
    tell_password_changed(cast.mayor, now=now)
    page_of = {
        "region_reports": "reports.show_mail",
        "password_changed": "organisations.show_account_mail",
    }
    found = session.scalars(select(OutboxMessage).where(OutboxMessage.template.in_(page_of)))
    return {page_of[mail.template]: mail.id for mail in found}


def _answered(session: Session, world: World, now: datetime) -> dict[str, str]:
    """A file and a remark with a report, a link to answer with, an addressee of the outcome."""
    world.follow_up.file = world.annex.file
    world.follow_up.remark = "Graag de kosten erbij."
    person = world.cast.secretariat
    links = links_for([(world.follow_up, person)], now=now)
    sending = PositionSending(
        outcome=world.outcome,
        addressee="De minister",
        sent_on=local_date(now),
        noted_by_name=person.name,
        noted_at_utc=now,
    )
    session.add(sending)
    session.flush()
    link = links[world.follow_up.id, person.id]
    return {"organ": "college", "link_id": link.id, "sending_id": sending.id}


def _tag(cast: Cast, now: datetime) -> MunicipalityTag:
    """A label on two of the municipalities."""
    labelled = Labelled("Westrand", False, [cast.tielt, cast.izegem])
    return keep_tag(cast.midwest, None, labelled, revision=NO_ROW, by=cast.support, now=now)


def _report(cast: Cast, now: datetime) -> RegionReport:
    """One that was written, with a point of the college."""
    report, *_ = begin_and_write([cast.tielt], now=now)
    point = CollegePoint(cast.midwest, "Fietspad langs de spoorweg", "", cast.tielt_mayor)
    raise_point(report, point, by=cast.secretariat, now=now)
    wishes = Wishes(introduction_html="<p>Artikel 8 van het regiodecreet.</p>")
    change_settings(cast.tielt, wishes, by=cast.secretariat, now=now)
    return report


def _dates(cast: Cast, now: datetime) -> dict[str, str]:
    """A date that was read of another calendar, its source, a rule, and a year in the making."""
    source = follow_address(cast.midwest, "https://example.test/a.ics", by=cast.support, now=now)
    coming = f"{now + timedelta(days=30):%Y%m%dT090000}"
    read_source(source, zone_council(coming), now=now)
    date = current_session().scalars(select(BodyDate)).one()
    rule = add_rule(cast.midwest, RuleKind.NO_SCHOOL_HOLIDAY, by=cast.support, now=now)
    _ask_year(cast, now)
    return {"date_id": date.id, "source_id": source.id, "rule_id": rule.id}


def _ask_year(cast: Cast, now: datetime) -> None:
    """Every month of the next year."""
    first, last = date(now.year + 1, 1, 1), date(now.year + 1, 12, 31)
    rhythm = YearRhythm(YearKind.MONTHLY, 4, first, last, nth=2)
    asked = AskedYear(rhythm, time(9), time(11), "Stadhuis Roeselare")
    ask_year(cast.midwest, asked, by=cast.support, now=now)


def _poll(cast: Cast, now: datetime) -> dict[str, str]:
    """A poll for a date that was sent, with one moment."""
    starts_at = now + timedelta(days=40)
    slot = GivenSlot(starts_at, starts_at + timedelta(hours=2), "Stadhuis Roeselare")
    question = Question("Extra overleg", "", None, shows_answers=True)
    poll = draft_poll(cast.midwest, question, [slot], by=cast.support, now=now)
    open_poll(poll, by=cast.support, now=now)
    return {"poll_id": poll.id, "slot_id": poll.slots[0].id}


def _template(cast: Cast, now: datetime) -> AgendaTemplate:
    point = Point("Rondje regio", 10, Asked.DISCUSS, Circle.ADMINISTRATIONS)
    body, by, name = cast.midwest, cast.support, "Gewone vergadering"
    return save_template(
        body, None, name=name, is_default=True, points=[point], revision=NO_ROW, by=by, now=now
    )


def _remark(table: Table, cast: Cast, now: datetime) -> Remark:
    """One on a verslag that was sent round."""
    until = local_date(now) + timedelta(days=7)
    circulate(table.meeting, until, by=cast.support, now=now)
    return make_remark(table.shared, "Graag het bedrag erbij.", by=cast.mayor, now=now)


def _bundle(meeting: Meeting, now: datetime) -> Bundle:
    """One that was made, without waiting for the worker."""
    version = versions_of(meeting.id)[0]
    bundle = ask_bundle(version, Circle.MAYORS, BundleFormat.ZIP, now=now)
    path = bundle_path(bundle)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK")
    bundle.state, bundle.made_at_utc = BundleState.READY, now
    return bundle


def _house_style(outcome: Outcome, cast: Cast, now: datetime) -> dict[str, str]:
    """The form of a municipality with a logo and a template of its own, and a zip of proposals."""
    files = [
        add_stored_file(receive(file_store(), name, BytesIO(content)), by=cast.support, now=now)
        for name, content in (
            ("logo.png", (Path(__file__).parents[1] / "word" / "logo.png").read_bytes()),
            ("eigen.docx", house_bytes(PaperKind.COLLEGE_PROPOSAL)),
        )
    ]
    style = change_house_style(
        cast.tielt, None, Styling(), revision=0, by=cast.secretariat, now=now
    )
    change_logo(style, files[0], by=cast.secretariat, now=now)
    kind = PaperKind.COLLEGE_PROPOSAL
    template = add_own_template(cast.tielt, kind, files[1], by=cast.secretariat, now=now)
    asked = ask_zip(outcome, None, now=now)
    for path in (preview_path(template, "docx"), zip_path(asked)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"PK")
    for made in (asked, template.asked_preview):
        made.state, made.made_at_utc = BundleState.READY, now
    return {
        "paper_kind": kind.value,
        "own_template_id": template.id,
        "form": "docx",
        "zip_id": asked.id,
    }


def _missing() -> SentAnnex:
    raise AssertionError("nothing was sent with an annex")


def _item_of(session: Session, table: Table) -> AgendaItem:
    return session.get_one(AgendaItem, table.shared.id)


def _hold(session: Session, table: Table, cast: Cast, now: datetime) -> Outcome:
    meeting = table.meeting
    send_agenda(meeting, message="Tot dan.", by=cast.support, now=now)
    meeting.starts_at_utc = now - timedelta(hours=2)
    meeting.ends_at_utc = now - timedelta(hours=1)
    session.flush()
    minutes = open_meeting(meeting, by=cast.support, now=now)
    seat = session.scalars(
        select(Seat).where(Seat.body_id == cast.midwest.id, Seat.person_id == cast.mayor.id)
    ).one()
    note_attendance(
        meeting,
        {seat.id: Seen(Presence.PRESENT)},
        [Guest("Expert mobiliteit", "De Lijn")],
        revision=minutes.revision,
        by=cast.support,
        now=now,
    )
    said = "<p>De vergadering bespreekt het plan.</p>"
    save_notes(table.shared, said, started_from=0, by=cast.support, now=now)
    outcome = note_outcome(
        table.shared,
        Agreed(OutcomeKind.AGREEMENT, "Sportplan", "<ol><li>Keurt het plan goed.</li></ol>"),
        by=cast.support,
        now=now,
    )
    request = Request(
        [cast.roeselare, cast.izegem, cast.tielt],
        [Organ.COLLEGE, Organ.COUNCIL],
        due_on=now.date() + timedelta(days=30),
    )
    make_ready(outcome, by=cast.support, now=now)
    release_outcome(outcome, request, by=cast.support, now=now)
    session.flush()
    close_meeting(meeting, by=cast.support, now=now)
    session.flush()
    return outcome
