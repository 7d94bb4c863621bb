"""When a table has enough of its voting members together."""


def quorum_of(voting_seats: int) -> int:
    """More than half of the seats that vote, vacant ones counted too; 0 where nobody votes.

    No law fixes a quorum for an overleg, which decides nothing; this is what councils use
    (decreet lokaal bestuur, art. 26: the majority of the members in office).
    """
    return voting_seats // 2 + 1 if voting_seats else 0
