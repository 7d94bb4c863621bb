"""What people do with bodies, seats, roles and organisations."""

from overleg.organisations.workflow.bodies import BodySettings, Step, change_body, start_body
from overleg.organisations.workflow.endings import Ended, Held
from overleg.organisations.workflow.memberships import (
    add_member,
    correct_membership,
    end_membership,
    withdraw_membership,
)
from overleg.organisations.workflow.organisations import (
    Details,
    add_organisation,
    change_organisation,
    ending_with,
    set_sign_off,
)
from overleg.organisations.workflow.other_bodies import add_other_body
from overleg.organisations.workflow.roles import close_account, end_role, grant_role
from overleg.organisations.workflow.seats import add_seat, change_seat, end_seat, hand_over_seat

__all__ = [
    "BodySettings",
    "Details",
    "Ended",
    "Held",
    "Step",
    "add_member",
    "add_organisation",
    "add_other_body",
    "add_seat",
    "change_body",
    "change_organisation",
    "change_seat",
    "close_account",
    "correct_membership",
    "end_membership",
    "end_role",
    "end_seat",
    "ending_with",
    "grant_role",
    "hand_over_seat",
    "set_sign_off",
    "start_body",
    "withdraw_membership",
]
