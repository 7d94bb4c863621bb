"""Proposing the dates of a year: what is chosen, why, and what is given up."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overleg.lib.dates import BRUSSELS, to_utc
from overleg.organisations.models import Body
from overleg.organisations.states import Article
from overleg.scheduling.models import DateRule
from overleg.scheduling.rules.checking import Around, Slot, broken_rules
from overleg.scheduling.states import RuleKind, YearKind
from overleg.scheduling.years.chaining import SAME_DAY_COST, TOO_SOON_COST, best_chain
from overleg.scheduling.years.choosing import Proposed, propose_years
from overleg.scheduling.years.weighing import Candidate, Choice, Plan
from overleg.scheduling.years.wishes import YearRhythm, legislature_end, wishes_of

FRIDAY = 4
ZONE, TRANSPORT, MAYORS, DIRECTORS = "zone", "transport", "mayors", "directors"
NAMES = {
    ZONE: "de Zoneraad Midwest",
    TRANSPORT: "de Vervoerregioraad",
    MAYORS: "het Midwestoverleg",
    DIRECTORS: "het AD-overleg",
}
JANUARY, DECEMBER = date(2027, 1, 1), date(2027, 12, 31)


def rule(
    kind: RuleKind, other: str | None = None, *, days: int = 0, is_hard: bool = True
) -> DateRule:
    """A rule as a body has it; after another body it is 15 minutes later, at the same place."""
    return DateRule(
        kind=kind,
        other_body=Body(name=NAMES[other], article=Article.NONE) if other else None,
        other_body_id=other,
        minutes=15 if kind is RuleKind.AFTER else 0,
        days=days,
        is_same_place=kind is RuleKind.AFTER,
        is_hard=is_hard,
    )


def monthly(first: date = JANUARY, last: date = DECEMBER, **changes: object) -> YearRhythm:
    asked = {"kind": YearKind.MONTHLY, "weekday": FRIDAY, "nth": 2, **changes}
    return YearRhythm(first_day=first, last_day=last, **asked)  # type: ignore[arg-type]


def plan(
    body_id: str = MAYORS, *rules: DateRule, rhythm: YearRhythm | None = None, **changes: object
) -> Plan:
    return Plan(
        body_id,
        NAMES[body_id],
        rhythm or monthly(),
        time(9),
        time(11),
        "Stadhuis Roeselare",
        rules=rules,
        **changes,  # type: ignore[arg-type]
    )


def meets(body_id: str, day: date, hour: time = time(8), place: str = "Stadhuis Izegem") -> Slot:
    starts_at = to_utc(day, hour)
    return Slot(starts_at, starts_at + timedelta(minutes=75), place, NAMES[body_id])


def chosen_days(proposals: Sequence[Proposed]) -> list[date]:
    return [each.chosen.slot.day for each in proposals if each.chosen]


@pytest.mark.parametrize(
    ("rhythm", "first", "count"),
    [
        (monthly(), date(2027, 1, 8), 12),
        (monthly(skips_summer=True), date(2027, 1, 8), 10),
        (monthly(nth=-1), date(2027, 1, 29), 12),
        (monthly(last=date(2030, 12, 31)), date(2027, 1, 8), 48),
        (monthly(kind=YearKind.WEEKLY, every_weeks=6), JANUARY, 9),
        (monthly(kind=YearKind.TIMES, times=5), date(2027, 2, 5), 5),
        (monthly(kind=YearKind.TIMES, times=5, last=date(2030, 12, 31)), date(2027, 2, 5), 20),
        (monthly(date(2027, 3, 2), date(2027, 3, 8)), None, 0),
    ],
)
def test_wishes_of_a_rhythm(rhythm: YearRhythm, first: date | None, count: int) -> None:
    wishes = wishes_of(rhythm)
    assert len(wishes) == count
    assert [wish.day for wish in wishes[:1]] == ([first] if first else [])
    assert all(wish.first <= wish.day <= wish.last for wish in wishes)
    assert all(one.last < two.first for one, two in pairwise(wishes)), "a day belongs to one wish"


@pytest.mark.parametrize(("day", "end"), [(2025, 2030), (2030, 2030), (2031, 2036), (2024, 2024)])
def test_the_legislature_ends_with_the_year_of_the_elections(day: int, end: int) -> None:
    assert legislature_end(date(day, 11, 22)) == date(end, 12, 31)


def test_a_body_follows_the_other_one_in_hours_and_place_and_says_so() -> None:
    zone = [meets(ZONE, date(2027, 3, 19)), meets(ZONE, date(2027, 4, 9))]
    rules = (rule(RuleKind.AFTER, ZONE), rule(RuleKind.NO_SCHOOL_HOLIDAY, is_hard=False))
    asked = plan(MAYORS, *rules, rhythm=monthly(date(2027, 3, 1), date(2027, 5, 31)))
    march, april, may = propose_years([asked], {ZONE: zone})[MAYORS]
    assert march.chosen
    assert march.chosen.slot.starts_at == datetime(2027, 3, 19, 8, 30, tzinfo=UTC)
    assert march.chosen.slot.place == "Stadhuis Izegem"
    assert march.chosen.reasons == (
        "aansluitend op de Zoneraad Midwest van 19 maart 2027, in Stadhuis Izegem",
    )
    assert march.chosen.given_up[0].startswith(
        "niet de tweede vrijdag van de maand, 12 maart 2027: de Zoneraad Midwest vergadert"
    )
    assert april.chosen
    assert april.chosen.given_up == ("valt in een schoolvakantie (Paasvakantie): liefst niet",)
    assert may.chosen is None
    assert "Van de Zoneraad Midwest is tussen 1 mei 2027 en 31 mei 2027 geen datum" in may.why_not


@pytest.mark.parametrize(
    ("rules", "known", "expected", "given_up"),
    [
        ((), {}, date(2027, 2, 12), ""),
        (
            (rule(RuleKind.NO_SCHOOL_HOLIDAY, is_hard=False),),
            {},
            date(2027, 2, 5),
            "Krokusvakantie",
        ),
        ((rule(RuleKind.NO_SCHOOL_HOLIDAY),), {}, date(2027, 2, 5), "Krokusvakantie"),
        (
            (rule(RuleKind.DAYS_BEFORE, TRANSPORT, days=7),),
            {TRANSPORT: [meets(TRANSPORT, date(2027, 2, 25))]},
            date(2027, 2, 18),
            "niet de tweede vrijdag",
        ),
        (
            (rule(RuleKind.AT_LEAST_BEFORE, TRANSPORT, days=7),),
            {TRANSPORT: [meets(TRANSPORT, date(2027, 2, 16))]},
            date(2027, 2, 5),
            "4 dagen voor de Vervoerregioraad",
        ),
        (
            (rule(RuleKind.NOT_TOGETHER, is_hard=False),),
            {ZONE: [meets(ZONE, date(2027, 2, 12), time(11, 15))]},
            date(2027, 2, 5),
            "30 minuten reistijd",
        ),
        (
            (rule(RuleKind.NOT_TOGETHER),),
            {ZONE: [meets(ZONE, date(2027, 2, 12), time(11, 15), "stadhuis, Roeselare")]},
            date(2027, 2, 12),
            "",
        ),
    ],
)
def test_which_day_of_february_is_taken(
    rules: tuple[DateRule, ...],
    known: dict[str, list[Slot]],
    expected: date,
    given_up: str,
) -> None:
    february = monthly(date(2027, 2, 1), date(2027, 2, 28))
    asked = plan(MAYORS, *rules, rhythm=february, kin=frozenset({ZONE}), travel_minutes=30)
    (proposed,) = propose_years([asked], known)[MAYORS]
    assert proposed.chosen
    assert proposed.chosen.slot.day == expected
    assert given_up in " ".join(proposed.chosen.given_up)
    days = [each.slot.day for each in proposed.options]
    assert len(set(days)) == len(days)
    if not any(each.kind.names_a_body for each in rules):
        assert len(proposed.alternatives) == 3


def test_bodies_that_are_bound_follow_what_is_proposed_for_the_other() -> None:
    directors = plan(DIRECTORS, rule(RuleKind.DAYS_BEFORE, MAYORS, days=7))
    mayors = plan(MAYORS, rule(RuleKind.AFTER, ZONE))
    zone = plan(ZONE, rhythm=monthly(nth=3))
    found = propose_years([directors, mayors, zone], {})
    assert chosen_days(found[ZONE]) == chosen_days(found[MAYORS])
    week_before = [day - timedelta(days=7) for day in chosen_days(found[MAYORS])]
    assert chosen_days(found[DIRECTORS]) == week_before
    circle = plan(ZONE, rule(RuleKind.DAYS_BEFORE, DIRECTORS, days=1))
    assert len(propose_years([directors, circle], {})) == 2


def test_what_a_person_said_stays_and_the_rest_makes_room() -> None:
    def own(day: date) -> Choice:
        return Choice(meets(MAYORS, day, time(14)), is_own=True)

    january, february, march = (date(2027, month, day) for month, day in ((1, 8), (2, 12), (3, 12)))
    asked = plan(
        MAYORS,
        rhythm=monthly(last=date(2027, 4, 30)),
        choices={
            february: Choice(None),
            january: own(date(2027, 1, 30)),
            march: own(date(2027, 3, 29)),
        },
    )
    kept, left_out, holiday, april = propose_years([asked], {})[MAYORS]
    assert kept.is_own
    assert kept.chosen
    assert kept.chosen.slot.day == date(2027, 1, 30)
    assert left_out.is_left_out
    assert left_out.chosen is None
    assert len(left_out.alternatives) == 3
    assert holiday.chosen
    assert holiday.chosen.given_up[0] == "valt op een feestdag: Paasmaandag"
    assert april.chosen
    assert april.chosen.slot.day == date(2027, 4, 16), "17 days after the one before, not 11"


def test_a_meeting_that_stands_there_is_not_proposed_again() -> None:
    first, *others = propose_years([plan()], {MAYORS: [meets(MAYORS, date(2027, 1, 20))]})[MAYORS]
    assert first.existing
    assert first.chosen is None
    assert all(each.chosen for each in others)


def test_what_a_typed_date_breaks_is_said() -> None:
    typed = Choice(meets(MAYORS, date(2027, 1, 1)), is_own=True)
    asked = plan(MAYORS, rule(RuleKind.NO_HOLIDAY), choices={date(2027, 1, 8): typed})
    first = propose_years([asked], {})[MAYORS][0]
    assert first.chosen
    assert [broken.why for broken in first.chosen.broken] == ["Nieuwjaar"]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 27), st.integers(0, 90)), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    )
)
@settings(deadline=None, max_examples=60)
def test_no_other_way_through_a_year_costs_less(rows: list[list[tuple[int, int]]]) -> None:
    months = [
        [
            Candidate(meets(MAYORS, date(2027, month, 1) + timedelta(days=day)), cost)
            for day, cost in row
        ]
        for month, row in enumerate(rows, 1)
    ]
    found = best_chain(months, [30] * (len(rows) - 1))
    assert together(found) == min(together(chain) for chain in product(*months))


def together(chain: Sequence[Candidate]) -> int:
    """What dates cost together when the rhythm asks 30 days and 18 are enough."""
    gaps = [(two.slot.day - one.slot.day).days for one, two in pairwise(chain)]
    between = [TOO_SOON_COST * max(0, 18 - gap) if gap > 0 else SAME_DAY_COST for gap in gaps]
    return sum(each.cost for each in chain) + sum(between)


days_of_2027 = st.dates(date(2027, 1, 1), date(2027, 12, 31))
kinds = st.sampled_from(list(RuleKind))


@settings(deadline=None, max_examples=60)
@given(
    zone_days=st.lists(days_of_2027, max_size=15, unique=True),
    asked=st.lists(st.tuples(kinds, st.booleans(), st.integers(1, 20)), max_size=4),
    kind=st.sampled_from(list(YearKind)),
    weekday=st.integers(0, 6),
)
def test_no_proposal_breaks_what_must_be_and_the_hour_stays(
    zone_days: list[date],
    asked: list[tuple[RuleKind, bool, int]],
    kind: YearKind,
    weekday: int,
) -> None:
    zone = sorted((meets(ZONE, day) for day in zone_days), key=lambda slot: slot.starts_at)
    rules = [
        rule(kind, ZONE if kind.names_a_body else None, days=days, is_hard=is_hard)
        for kind, is_hard, days in asked
    ]
    made = plan(
        MAYORS,
        *rules,
        rhythm=monthly(kind=kind, weekday=weekday),
        kin=frozenset({ZONE}),
        travel_minutes=30,
    )
    proposals = propose_years([made], {ZONE: zone})[MAYORS]
    around = Around({ZONE: zone}, zone, 30)
    for proposed in proposals:
        assert proposed.chosen or proposed.why_not
        for option in proposed.options:
            assert proposed.wish.first <= option.slot.day <= proposed.wish.last
            assert not [b for b in broken_rules(option.slot, rules, around) if b.rule.is_hard]
            follows = any(reason.startswith("aansluitend") for reason in option.reasons)
            clock = option.slot.starts_at.astimezone(BRUSSELS).time()
            assert clock == (time(9, 30) if follows else time(9))
    days = chosen_days(proposals)
    assert days == sorted(set(days))
