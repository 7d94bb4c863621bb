"""When a table has enough of its voting members together."""


def quorum_of(voting_members: int) -> int:
    """More than half of the voting members in office; 0 where nobody votes.

    No law fixes a quorum for an overleg, which decides nothing; this is what a gemeenteraad needs
    (decreet lokaal bestuur, art. 26), where an empty seat does not count.
    """
    return voting_members // 2 + 1 if voting_members else 0
