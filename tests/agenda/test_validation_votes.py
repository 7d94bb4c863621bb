"""The rule by which a committee decides, as a table."""

import pytest

from overleg.agenda.states import Answer
from overleg.agenda.workflow.votes import VotingRule, decide

SIX = [str(number) for number in range(1, 7)]
LETTERS = {"A": Answer.AGREE, "T": Answer.RETURN, "V": Answer.REFER, "W": Answer.REFUSE}


def result(
    answers: str,
    *,
    quorum: int = 4,
    majority: int = 50,
    chairs: tuple[str, ...] = (),
    over: bool = False,
) -> Answer | None:
    """What six members decide when the first ones answered these letters; a dash is silence."""
    votes = {
        person: LETTERS[letter]
        for person, letter in zip(SIX, answers, strict=False)
        if letter != "-"
    }
    return decide(votes, SIX, VotingRule(quorum, majority), chairs=chairs, time_is_over=over)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("", None),
        ("AAA", None),
        ("AAAA", Answer.AGREE),
        ("AAAT", None),
        ("AAATA", Answer.AGREE),
        ("TTTT", Answer.RETURN),
        ("TTTA", Answer.RETURN),
        ("TTAA", None),
        ("TTTAAA", Answer.RETURN),
        ("TTTATA", Answer.RETURN),
        ("WWWW", Answer.REFUSE),
        ("VVVVAA", Answer.REFER),
        ("WWTTAV", Answer.RETURN),
        ("AAWWWT", Answer.REFUSE),
    ],
)
def test_a_majority_of_six_with_a_quorum_of_four(answers: str, expected: Answer | None) -> None:
    assert result(answers) is expected


def test_the_chair_breaks_a_tie_for_the_side_of_the_chair() -> None:
    assert result("AAATTT", chairs=("1",)) is Answer.AGREE
    assert result("AAATTT", chairs=("6",)) is Answer.RETURN
    assert result("TTTA--", chairs=("6",)) is None
    assert result("TTTA--", chairs=("1",)) is Answer.RETURN


def test_two_thirds_and_everybody() -> None:
    assert result("AAAATT", majority=66) is Answer.AGREE
    assert result("AAATTT", majority=66) is Answer.RETURN
    assert result("AAAAA-", majority=100) is None
    assert result("AAAAAA", majority=100) is Answer.AGREE


def test_when_time_is_over_the_answers_that_came_decide() -> None:
    assert result("AAT", over=True) is None
    assert result("AAAT", over=True) is Answer.AGREE
    assert result("AATT", over=True) is Answer.RETURN


def test_who_answered_and_left_still_counts() -> None:
    votes = {"gone": Answer.AGREE, "1": Answer.AGREE, "2": Answer.AGREE}
    assert decide(votes, ["1", "2", "3"], VotingRule(3, 50)) is Answer.AGREE
