"""Whatever two people do with an agenda, in whatever order: points, proposals and versions agree.

Hypothesis plays putting on, moving, dragging on an old page, taking off, undoing, sending, and the
submitter who withdraws. What is refused must change nothing. The same plays every time.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.lines import Line
from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.queries.versions import lines_of_version, versions_of
from overleg.agenda.states import ItemKind, ItemState, ProposalState
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import add_own_item, change_item, remove_item, schedule_proposal
from overleg.agenda.workflow.order import Direction, move_item, order_automatically, reorder
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.several import schedule_several, set_minutes
from overleg.agenda.workflow.submitting import withdraw_proposal
from overleg.agenda.workflow.undo import undo_last, undoable
from overleg.audit.models import JournalEntry
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible, Refused
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import own_point, ready_proposal
from tests.agenda.proposing import make_meeting
from tests.at_once import ON_BOTH
from tests.plugins.cast import Cast

WHO = st.integers(0, 1)
PLACE = st.integers(0, 7)
PLAY = settings(
    derandomize=True,
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Preparing(RuleBasedStateMachine):
    """One meeting, three proposals that wait for it, and two who prepare its agenda."""

    meeting: Meeting
    proposals: list[Proposal]

    def __init__(self, session: Session, cast: Cast, now: datetime) -> None:
        super().__init__()
        self.session, self.cast, self.now = session, cast, now
        self.both = (cast.support, cast.chair)
        self.old_page: dict[str, int] = {}
        self.numbers: dict[str, int] = {}
        self.sent: dict[str, list[Line]] = {}

    def teardown(self) -> None:
        self.session.rollback()

    @initialize()
    def begin(self) -> None:
        body, mayor = self.cast.midwest, self.cast.mayor
        make_meeting(self.session, body, days=-20, number=1)
        self.meeting = make_meeting(self.session, body, days=30, number=2)
        self.proposals = [
            ready_proposal(mayor, body, self.cast.roeselare, f"Voorstel {n}", circle=circle)
            for n, circle in enumerate(Circle)
        ]
        ensure_fixed_items(self.meeting, now=self.now)

    @rule(who=WHO, which=st.integers(0, 2))
    def put_on(self, who: int, which: int) -> None:
        chosen = self.proposals[which]
        self._change(who, lambda by: schedule_proposal(self.meeting, chosen, by=by, now=self.now))

    @rule(who=WHO)
    def put_all_on(self, who: int) -> None:
        everything = self.proposals
        self._change(
            who, lambda by: schedule_several(self.meeting, everything, by=by, now=self.now)
        )

    @rule(who=WHO, is_closed=st.booleans())
    def add(self, who: int, is_closed: bool) -> None:
        text = own_point(circle=Circle.MAYORS) if is_closed else own_point()
        self._change(who, lambda by: add_own_item(self.meeting, text, by=by, now=self.now))

    @rule(who=WHO, place=PLACE, way=st.sampled_from(Direction))
    def press_omhoog_or_omlaag(self, who: int, place: int, way: Direction) -> None:
        self._change(who, lambda by: move_item(self._at(place), way, by=by, now=self.now))

    @rule()
    def open_a_page(self) -> None:
        self.old_page = {item.id: item.minutes_needed for item in self._items}

    @rule(who=WHO)
    def drag_on_the_old_page(self, who: int) -> None:
        ids = list(self.old_page)[::-1]
        self._change(who, lambda by: reorder(self.meeting, ids, by=by, now=self.now))

    @rule(who=WHO)
    def put_in_order(self, who: int) -> None:
        self._change(who, lambda by: order_automatically(self.meeting, by=by, now=self.now))

    @rule(who=WHO, minutes=st.integers(0, 90))
    def type_minutes_on_the_old_page(self, who: int, minutes: int) -> None:
        shown, now = self.old_page, self.now
        typed = dict.fromkeys(shown, minutes)
        self._change(who, lambda by: set_minutes(self.meeting, typed, shown=shown, by=by, now=now))

    @rule(who=WHO, place=PLACE)
    def write(self, who: int, place: int) -> None:
        text = own_point("Anders geschreven", circle=Circle.PUBLIC)
        item = self._at(place)
        revision, now = item.revision, self.now
        self._change(who, lambda by: change_item(item, text, revision=revision, by=by, now=now))

    @rule(who=WHO, place=PLACE)
    def take_off(self, who: int, place: int) -> None:
        self._change(who, lambda by: remove_item(self._at(place), by=by, now=self.now))

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        self._try(lambda: undo_last(self.meeting, by=self.both[who], now=self.now))

    @rule(which=st.integers(0, 2))
    def withdraw(self, which: int) -> None:
        chosen, by = self.proposals[which], self.cast.mayor
        self._try(lambda: withdraw_proposal(chosen, reason="Later", by=by, now=self.now))

    @rule(who=WHO)
    def send(self, who: int) -> None:
        self._try(lambda: send_agenda(self.meeting, message="", by=self.both[who], now=self.now))
        for version in versions_of(self.meeting.id):
            self.sent.setdefault(version.letter, self._lines(version.id))

    @invariant()
    def points_stand_in_a_row_between_the_fixed_ones(self) -> None:
        items = self._items
        assert sorted(item.position for item in items) == list(range(1, len(items) + 1))
        kinds = [item.kind for item in items if not item.is_closed]
        assert kinds[0] is ItemKind.MINUTES_APPROVAL
        assert kinds[-1] is ItemKind.ANY_OTHER_BUSINESS
        assert len({item.kind for item in items if item.is_fixed}) == 2

    @invariant()
    def a_proposal_is_scheduled_when_it_stands_on_the_agenda(self) -> None:
        on_agenda = [item.proposal_id for item in self._items if item.proposal_id]
        scheduled = {p.id for p in self.proposals if p.state is ProposalState.SCHEDULED}
        assert sorted(on_agenda) == sorted(scheduled)
        assert all(item.state is ItemState.SCHEDULED for item in self._items)

    @invariant()
    def a_number_is_given_once_and_kept(self) -> None:
        given = {
            item.id: item.number
            for item in self.session.scalars(
                select(AgendaItem).where(AgendaItem.meeting_id == self.meeting.id)
            )
            if item.number is not None
        }
        assert len(set(given.values())) == len(given)
        assert {key: given.get(key) for key in self.numbers} == self.numbers
        self.numbers = given

    @invariant()
    def what_was_sent_stays_as_it_was(self) -> None:
        versions = versions_of(self.meeting.id)
        assert {version.letter: self._lines(version.id) for version in versions} == self.sent

    @property
    def _items(self) -> list[AgendaItem]:
        return list(items_of_meeting(self.meeting))

    def _at(self, place: int) -> AgendaItem:
        items = self._items
        return items[place % len(items)]

    @staticmethod
    def _lines(version_id: str) -> list[Line]:
        return list(lines_of_version(version_id, Circle.MAYORS.readable))

    def _change(self, who: int, verb: Callable[[Person], object]) -> None:
        by = self.both[who]

        def change() -> None:
            with undoable(self.meeting, "gewijzigd", by=by, now=self.now):
                verb(by)

        self._try(change)

    def _try(self, verb: Callable[[], object]) -> None:
        """Do it as a request does; when it is refused, nothing has changed."""
        before = self._seen()
        with suppress(NotPossible, Refused):
            with self.session.begin_nested():
                verb()
            self.session.expire_all()
            return
        self.session.expire_all()
        assert self._seen() == before

    def _seen(self) -> tuple[object, ...]:
        self.session.flush()
        rows = self.session.scalar(select(func.count()).select_from(JournalEntry))
        points = [(item.id, item.title, item.minutes_needed) for item in self._items]
        return rows, points, [proposal.state for proposal in self.proposals]


@ON_BOTH
def test_points_proposals_and_versions_agree_whatever_is_done(
    session: Session, cast: Cast, now: datetime, database_kind: str
) -> None:
    class Here(Preparing):
        def __init__(self) -> None:
            super().__init__(session, cast, now)

    run_state_machine_as_test(Here, settings=PLAY)
