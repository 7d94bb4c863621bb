"""What a date is worth to a body: which rules it keeps, and what is given up. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property

from overleg.lib.dates import WEEKDAYS, format_date, format_weekday_date, to_utc
from overleg.lib.text import count_of
from overleg.scheduling.models import DateRule
from overleg.scheduling.rules.checking import Around, Broken, Slot, broken_rules, nearest
from overleg.scheduling.rules.free_days import holiday_on
from overleg.scheduling.states import RuleKind, YearKind
from overleg.scheduling.years.wishes import Wish, YearRhythm

SOFT_RULE_COST = 60
"""More than any distance within a month: a wish of the body goes before the rhythm's own day."""
HOLIDAY_COST = 40
"""For a body that has no rule about holidays; people do not come then all the same."""
OTHER_WEEKDAY_COST = 8
FREE_DAYS = frozenset({RuleKind.NO_HOLIDAY, RuleKind.NO_SCHOOL_HOLIDAY})


@dataclass(frozen=True)
class Choice:
    """What a person said about one wish: this date, or no meeting."""

    slot: Slot | None
    is_own: bool = False
    """Whether it was typed, and not picked from what was proposed."""


@dataclass(frozen=True)
class Plan:
    """All that decides the years of one body; hours are those of Brussels."""

    body_id: str
    name: str
    rhythm: YearRhythm
    starts: time
    ends: time
    place: str = ""
    rules: Sequence[DateRule] = ()
    kin: frozenset[str] = frozenset()
    """Bodies in which somebody sits who sits in this one too."""
    travel_minutes: int = 0
    not_before: datetime | None = None
    cancelled: Collection[date] = frozenset()
    """The days on which a meeting of the body was cancelled."""
    choices: Mapping[date, Choice] = field(default_factory=dict)
    """By the day that was wished."""

    def on(self, day: date) -> Slot:
        """The usual hours and place, on a day."""
        return Slot(to_utc(day, self.starts), to_utc(day, self.ends), self.place, self.name)

    @property
    def follows(self) -> Sequence[DateRule]:
        """The rules that ask the same day as another body."""
        return [rule for rule in self.rules if rule.kind is RuleKind.AFTER]


@dataclass(frozen=True)
class Candidate:
    """A date with what speaks for it and against it; the lowest cost is the best."""

    slot: Slot
    cost: int = 0
    reasons: tuple[str, ...] = ()
    given_up: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
    """The hard rules that it breaks: only what a person typed may."""

    @cached_property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.slot.starts_at:%Y%m%dT%H%M}"

    def also_gives_up(self, what: str) -> "Candidate":
        """The same, with one more thing that is given up."""
        return replace(self, given_up=(*self.given_up, what))


def distance_cost(day: date, wish: Wish) -> int:
    """What a day costs by lying away from the wished one: no date on it costs less."""
    other_weekday = OTHER_WEEKDAY_COST * (day.weekday() != wish.day.weekday())
    return abs(day - wish.day).days + other_weekday


def weigh(slot: Slot, wish: Wish, plan: Plan, around: Around) -> Candidate:
    """Hold a date against the rules and the rhythm."""
    broken = broken_rules(slot, plan.rules, around)
    soft = [each for each in broken if not each.rule.is_hard]
    cost = SOFT_RULE_COST * len(soft) + distance_cost(slot.day, wish)
    kept = [rule for rule in plan.rules if all(rule is not each.rule for each in broken)]
    given_up = [given_up_by(each) for each in soft]
    unasked = not any(rule.kind in FREE_DAYS for rule in plan.rules) and holiday_on(slot.day)
    if unasked:
        cost += HOLIDAY_COST
        given_up.append(f"valt op een feestdag: {unasked}")
    if slot.day in plan.cancelled:
        given_up.append("op deze dag werd een vergadering geannuleerd")
    reasons = [why for rule in kept if (why := why_kept(slot, rule, around))]
    if slot.day == wish.day and plan.rhythm.wished:
        reasons.append(plan.rhythm.wished)
    return Candidate(
        slot,
        cost,
        tuple(reasons),
        tuple(given_up),
        tuple(each for each in broken if each.rule.is_hard),
    )


def explain_distance(candidate: Candidate, wish: Wish, plan: Plan, around: Around) -> Candidate:
    """Say why the day of the rhythm itself was not taken; nothing when it was."""
    day = candidate.slot.day
    if day == wish.day:
        return candidate
    if not plan.rhythm.wished:
        if day.weekday() == wish.day.weekday():
            return candidate
        return candidate.also_gives_up(
            f"op {WEEKDAYS[day.weekday()]}, niet op {WEEKDAYS[wish.day.weekday()]}"
        )
    usual = broken_rules(plan.on(wish.day), plan.rules, around)
    why = f": {usual[0].why}" if usual else ""
    if plan.rhythm.kind is YearKind.MONTHLY:
        return candidate.also_gives_up(f"niet {plan.rhythm.wished}, {format_date(wish.day)}{why}")
    asked = format_weekday_date(wish.day)
    return candidate.also_gives_up(f"niet op {asked}, de dag van het ritme{why}")


def why_kept(slot: Slot, rule: DateRule, around: Around) -> str:
    """What a date owes to a rule that it keeps; empty for one that only forbids."""
    match rule.kind:
        case RuleKind.AFTER:
            other = nearest(slot.day, rule, around)
            if other is None:
                return ""
            where = f", in {other.place}" if rule.is_same_place and other.place else ""
            return f"aansluitend op {other.name} van {format_date(other.day)}{where}"
        case RuleKind.DAYS_BEFORE | RuleKind.AT_LEAST_BEFORE:
            coming = around.of_body.get(rule.other_body_id or "", ())
            following = next((each for each in coming if each.starts_at > slot.starts_at), None)
            if following is None:
                return ""
            days = count_of((following.day - slot.day).days, "dag", "dagen")
            return f"{days} voor {following.name} van {format_date(following.day)}"
    return ""


def given_up_by(broken: Broken) -> str:
    """What a date gives up that breaks a soft rule: ``valt in de Krokusvakantie: liefst niet``."""
    match broken.rule.kind:
        case RuleKind.NO_HOLIDAY:
            return f"valt op een feestdag ({broken.why}): liefst niet"
        case RuleKind.NO_SCHOOL_HOLIDAY:
            return f"valt in een schoolvakantie ({broken.why}): liefst niet"
        case RuleKind.NOT_TOGETHER:
            return f"{broken.why}: liefst niet samen"
    return f"liefst {broken.rule.sentence}: {broken.why}"
