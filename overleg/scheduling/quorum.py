"""When a table has enough of its voting members together."""

from overleg.organisations.models import Body
from overleg.organisations.states import Quorum


def quorum_of(body: Body, voting_members: int) -> int:
    """How many of the voting members in office have to be there; 0 where nobody votes or counts.

    No law fixes a quorum for an overleg, which decides nothing: it is a setting of the body. More
    than half is what a gemeenteraad needs (decreet lokaal bestuur, art. 26), where an empty seat
    does not count. A fixed number stays what it is, also where fewer members are in office.
    """
    if not voting_members:
        return 0
    match body.quorum:
        case Quorum.MAJORITY:
            return voting_members // 2 + 1
        case Quorum.TWO_THIRDS:
            return -(-voting_members * 2 // 3)
        case Quorum.NUMBER:
            return body.quorum_number
        case Quorum.NONE:
            return 0
