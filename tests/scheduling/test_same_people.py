"""Two bodies with the same people do not meet together: only dates nearby are compared."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from overleg.scheduling.models import DateRule
from overleg.scheduling.rules.checking import Around, Slot, broken_rules, too_close
from overleg.scheduling.states import RuleKind

QUARTER = timedelta(minutes=15)
MONDAY = datetime(2027, 2, 1, tzinfo=UTC)
RULE = DateRule(kind=RuleKind.NOT_TOGETHER, is_hard=True)

slots = st.builds(
    lambda start, length, place: Slot(
        MONDAY + start * QUARTER, MONDAY + (start + length) * QUARTER, place, "Zoneraad"
    ),
    st.integers(0, 6 * 96),
    st.integers(1, 3 * 96),
    st.sampled_from(["Stadhuis Izegem", "Stadhuis Tielt"]),
)


@given(slots, st.lists(slots, max_size=5), st.integers(0, 180))
def test_none_is_overlooked_whatever_hours_days_and_travel(
    slot: Slot, others: list[Slot], travel_minutes: int
) -> None:
    around = Around(same_people=others, travel_minutes=travel_minutes)
    expected = any(too_close(slot, other, travel_minutes) for other in others)
    assert bool(broken_rules(slot, [RULE], around)) is expected
