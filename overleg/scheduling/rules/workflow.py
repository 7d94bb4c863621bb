"""What people do with rules: add, remove, and move the meetings that break them."""

from collections.abc import Sequence
from datetime import datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, session
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Body
from overleg.scheduling.models import DateRule
from overleg.scheduling.rules.contradictions import contradict, leads_back
from overleg.scheduling.rules.queries import Loose, rules_about_bodies, rules_of
from overleg.scheduling.states import RuleKind
from overleg.scheduling.workflow import change_meeting

MOST_RULES = 12


def add_rule(
    body: Body,
    kind: RuleKind,
    *,
    other: Body | None = None,
    minutes: int = 0,
    days: int = 0,
    is_same_place: bool = False,
    is_hard: bool = True,
    by: Person,
    now: datetime,
) -> DateRule:
    """Add a rule.

    Raises ``Refused`` for one that stands there already, or contradicts another of this body or of
    one that follows it: the sentence names both.
    """
    rule = DateRule(
        id=new_id(),
        body=body,
        kind=kind,
        other_body=other if kind.names_a_body else None,
        minutes=minutes if kind is RuleKind.AFTER else 0,
        days=days if kind in {RuleKind.DAYS_BEFORE, RuleKind.AT_LEAST_BEFORE} else 0,
        is_same_place=is_same_place and kind is RuleKind.AFTER,
        is_hard=is_hard,
        added_at_utc=now,
    )
    with session().no_autoflush:
        _refuse_beside(rule, rules_of(body))
        _refuse_circle(rule, rules_about_bodies() if kind.names_a_body else [])
    session().add(rule)
    session().flush()
    record(Verb.RULE_ADDED, rule, by=by, now=now)
    return rule


def remove_rule(rule: DateRule, *, by: Person, now: datetime) -> None:
    """Take a rule away."""
    record(Verb.RULE_REMOVED, rule, by=by, now=now)
    session().delete(rule)


def repair(loose: Sequence[Loose], *, by: Person, now: datetime) -> list[Person]:
    """Move meetings to where they keep their rules; returns who is told, each once.

    Raises ``NotPossible`` when nothing can be moved by itself, and as ``change_meeting``: then none
    is moved, as the request is undone.
    """
    movable = [(each.meeting, each.better) for each in loose if each.better is not None]
    if not movable:
        raise NotPossible("Geen van deze vergaderingen kan vanzelf verschuiven. Wijzig ze zelf.")
    told: dict[str, Person] = {}
    for meeting, better in movable:
        people = change_meeting(
            meeting,
            starts_at=better.starts_at,
            ends_at=better.ends_at,
            place=better.place,
            online_url=meeting.online_url,
            revision=meeting.revision,
            by=by,
            now=now,
        )
        told |= {person.id: person for person in people}
    return list(told.values())


def _refuse_beside(rule: DateRule, others: Sequence[DateRule]) -> None:
    if len(others) >= MOST_RULES:
        raise Refused(f"Een overleg heeft hoogstens {MOST_RULES} regels.")
    for other in others:
        if other.sentence == rule.sentence:
            raise Refused(f"Deze regel staat er al: {rule.sentence}.")
        if contradict(rule, other):
            raise Refused(
                f"“{rule.sentence}” kan niet samen met “{other.sentence}”. "
                "Verwijder een van beide, of maak ze niet allebei verplicht."
            )


def _refuse_circle(rule: DateRule, others: Sequence[DateRule]) -> None:
    other = leads_back(rule, others)
    if other is not None:
        raise Refused(
            f"“{rule.sentence}” kan niet samen met “{other.sentence}” van {other.body.the_name}: "
            "dan wachten ze op elkaar. Verwijder een van beide, of maak ze niet allebei verplicht."
        )
