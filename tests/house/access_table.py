"""Every page and button of the application, and who may enter: the table of the house.

A new endpoint is written here too, or the test fails. The name of a rule is that of its function.
"""

PUBLIC = "anyone"
SIGNED_IN = "known"
PROPOSES = "may_propose"
KEEPS_MAIL = "keeps_mail"
MANAGES_PEOPLE = "can_manage_people"
STARTS_BODIES = "can_start_body"
ADDS_ORGANISATIONS = "can_add_organisation"

ACCESS = {
    "accounts.accept_invitation": PUBLIC,
    "accounts.link_requested": PUBLIC,
    "accounts.my_account": SIGNED_IN,
    "accounts.request_link": PUBLIC,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_out": PUBLIC,
    "accounts.sign_out_everywhere": SIGNED_IN,
    "accounts.use_link": PUBLIC,
    "agenda.accept_offer": SIGNED_IN,
    "agenda.add_item": SIGNED_IN,
    "agenda.agenda_docx": SIGNED_IN,
    "agenda.cast_answer": SIGNED_IN,
    "agenda.change_annex": SIGNED_IN,
    "agenda.choose_what_goes_along": SIGNED_IN,
    "agenda.close_validation": SIGNED_IN,
    "agenda.continue_item": SIGNED_IN,
    "agenda.download_annex": SIGNED_IN,
    "agenda.download_sent_annex": SIGNED_IN,
    "agenda.edit_item": SIGNED_IN,
    "agenda.edit_proposal": SIGNED_IN,
    "agenda.list_proposals": SIGNED_IN,
    "agenda.meeting_documents": SIGNED_IN,
    "agenda.move": SIGNED_IN,
    "agenda.new_proposal": PROPOSES,
    "agenda.prepare": SIGNED_IN,
    "agenda.refer_proposal": SIGNED_IN,
    "agenda.remove_annex": SIGNED_IN,
    "agenda.remove_item": SIGNED_IN,
    "agenda.reorder_items": SIGNED_IN,
    "agenda.restart_validation": SIGNED_IN,
    "agenda.schedule_proposal": SIGNED_IN,
    "agenda.send_agenda": SIGNED_IN,
    "agenda.send_back_offer": SIGNED_IN,
    "agenda.show_meeting": SIGNED_IN,
    "agenda.show_proposal": SIGNED_IN,
    "agenda.submit_proposal": SIGNED_IN,
    "agenda.validate_proposal": SIGNED_IN,
    "agenda.withdraw_proposal": SIGNED_IN,
    "calendars.feed": PUBLIC,
    "calendars.meeting_ics": SIGNED_IN,
    "calendars.my_feeds": SIGNED_IN,
    "calendars.new_feed": SIGNED_IN,
    "calendars.renew_feed": SIGNED_IN,
    "calendars.revoke_feed": SIGNED_IN,
    "calendars.robots": PUBLIC,
    "decisions.college_proposal": SIGNED_IN,
    "decisions.council_proposal": SIGNED_IN,
    "decisions.edit_outcome": SIGNED_IN,
    "decisions.edit_text": SIGNED_IN,
    "decisions.matrix": SIGNED_IN,
    "decisions.meeting_outcomes": SIGNED_IN,
    "decisions.note": SIGNED_IN,
    "decisions.release": SIGNED_IN,
    "decisions.report": SIGNED_IN,
    "decisions.show_municipality": SIGNED_IN,
    "decisions.show_outcome": SIGNED_IN,
    "jobs.health": PUBLIC,
    "jobs.ready": PUBLIC,
    "mail.list_messages": KEEPS_MAIL,
    "mail.retry_message": KEEPS_MAIL,
    "mail.show_message": KEEPS_MAIL,
    "minutes.approve": SIGNED_IN,
    "minutes.attendance": SIGNED_IN,
    "minutes.close": SIGNED_IN,
    "minutes.confirm_approval": SIGNED_IN,
    "minutes.history": SIGNED_IN,
    "minutes.minutes_docx": SIGNED_IN,
    "minutes.note": SIGNED_IN,
    "minutes.revisions": SIGNED_IN,
    "minutes.save": SIGNED_IN,
    "minutes.start": SIGNED_IN,
    "minutes.write": SIGNED_IN,
    "organisations.body_roles": MANAGES_PEOPLE,
    "organisations.edit_body": MANAGES_PEOPLE,
    "organisations.change_members": MANAGES_PEOPLE,
    "organisations.edit_membership": MANAGES_PEOPLE,
    "organisations.edit_organisation": ADDS_ORGANISATIONS,
    "organisations.edit_seat": MANAGES_PEOPLE,
    "organisations.end_membership": MANAGES_PEOPLE,
    "organisations.end_role": MANAGES_PEOPLE,
    "organisations.end_seat": MANAGES_PEOPLE,
    "organisations.hand_over": MANAGES_PEOPLE,
    "organisations.invite_again": MANAGES_PEOPLE,
    "organisations.invite_person": MANAGES_PEOPLE,
    "organisations.list_bodies": SIGNED_IN,
    "organisations.list_organisations": SIGNED_IN,
    "organisations.list_people": MANAGES_PEOPLE,
    "organisations.list_regions": SIGNED_IN,
    "organisations.list_seats": SIGNED_IN,
    "organisations.new_organisation": ADDS_ORGANISATIONS,
    "organisations.new_seat": MANAGES_PEOPLE,
    "organisations.show_organisation": SIGNED_IN,
    "organisations.show_person": MANAGES_PEOPLE,
    "organisations.show_region": SIGNED_IN,
    "organisations.start_body": STARTS_BODIES,
    "organisations.switch_account": MANAGES_PEOPLE,
    "scheduling.cancel_meeting": SIGNED_IN,
    "scheduling.edit_meeting": SIGNED_IN,
    "scheduling.list_meetings": SIGNED_IN,
    "scheduling.plan_meeting": SIGNED_IN,
    "scheduling.plan_series": SIGNED_IN,
    "start.home": PUBLIC,
    "start.show_body": SIGNED_IN,
}

SUPPORT_STAFF = frozenset({"support", "committee_support"})
MANAGERS = SUPPORT_STAFF | {"administrator"}
NOT_PROPOSING = frozenset(
    {
        *("secretariat", "other_secretariat", "councillor", "former_mayor", "administrator"),
        *(f"committee_{number}" for number in range(1, 7)),
    }
)
"""Who has no seat, proposes for no organisation and supports no body."""

FACTS = frozenset({"organisations.show_organisation", "organisations.show_region"})
"""Facts about municipalities and regions are the same for everybody who signed in."""
