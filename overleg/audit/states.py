"""What the journal can tell.

Each verb is named ``subject:verb``; its sentence follows the actor's name.
"""

from enum import StrEnum
from typing import Self


class Verb(StrEnum):
    """Everything that leaves a row."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    PERSON_ADDED = "person:added", "voegde {subject} toe"
    PERSON_INVITED = "person:invited", "nodigde {subject} uit"
    PERSON_SIGNED_IN = "person:signed_in", "meldde zich aan"
    PERSON_CHANGED_PASSWORD = "person:changed_password", "wijzigde het wachtwoord"
    PERSON_SIGNED_OUT_EVERYWHERE = "person:signed_out_everywhere", "meldde zich overal af"
    PERSON_CORRECTED = "person:corrected", "verbeterde naam of e-mailadres van {subject}"
    PERSON_DISABLED = "person:disabled", "sloot de account van {subject}"
    PERSON_ENABLED = "person:enabled", "opende de account van {subject} opnieuw"
    ROLE_GRANTED = "role:granted", "gaf de rol {subject}"
    ROLE_ENDED = "role:ended", "beëindigde de rol {subject}"
    SEAT_ADDED = "seat:added", "voegde de zetel van {subject} toe"
    SEAT_CHANGED = "seat:changed", "wijzigde de zetel van {subject}"
    SEAT_ENDED = "seat:ended", "beëindigde de zetel van {subject}"
    BODY_STARTED = "body:started", "startte {subject}"
    BODY_CHANGED = "body:changed", "wijzigde de instellingen van {subject}"
    ORGANISATION_ADDED = "organisation:added", "voegde {subject} toe"
    ORGANISATION_CHANGED = "organisation:changed", "wijzigde de gegevens van {subject}"
    MEMBER_ADDED = "organisation:member_added", "voegde een lid toe aan {subject}"
    MEMBER_ENDED = "organisation:member_ended", "beëindigde een lidmaatschap van {subject}"
    MEMBER_CORRECTED = (
        "organisation:member_corrected",
        "verbeterde een lidmaatschap van {subject}",
    )
    MEMBER_WITHDRAWN = (
        "organisation:member_withdrawn",
        "nam een lidmaatschap van {subject} terug, dat er nooit was",
    )
    MEETING_PLANNED = "meeting:planned", "plande {subject}"
    MEETING_CHANGED = "meeting:changed", "wijzigde {subject}"
    MEETING_CANCELLED = "meeting:cancelled", "annuleerde {subject}"
    MEETING_OPENED = "meeting:opened", "opende {subject}"
    MEETING_CLOSED = "meeting:closed", "sloot {subject}"
    MEETING_ANSWERED = "meeting_answer:given", "liet weten voor {subject}"
    INVITATIONS_CHOSEN = "invitations:chosen", "koos uitnodigingen per mail voor {subject}"
    INVITATIONS_LEFT = "invitations:left", "wil geen uitnodigingen per mail meer voor {subject}"
    PROPOSAL_DRAFTED = "proposal:drafted", "begon het voorstel {subject}"
    PROPOSAL_CHANGED = "proposal:changed", "wijzigde het voorstel {subject}"
    PROPOSAL_SUBMITTED = "proposal:submitted", "diende het voorstel {subject} in"
    PROPOSAL_LAID_BEFORE_DIRECTOR = (
        "proposal:laid_before_director",
        "legde het voorstel {subject} voor aan de algemeen directeur",
    )
    PROPOSAL_SIGNED_OFF = "proposal:signed_off", "gaf {subject} vrij om in te dienen"
    PROPOSAL_CO_ASKED = "proposal:co_asked", "vroeg iemand om {subject} mee in te dienen"
    PROPOSAL_CO_CONFIRMED = "proposal:co_confirmed", "dient {subject} mee in"
    PROPOSAL_CO_DECLINED = "proposal:co_declined", "dient {subject} niet mee in"
    PROPOSAL_CO_DROPPED = (
        "proposal:co_dropped",
        "vraagt iemand niet langer om {subject} mee in te dienen",
    )
    PROPOSAL_ASKED_BACK = "proposal:asked_back", "vroeg {subject} terug om het te wijzigen"
    PROPOSAL_NOT_GIVEN_BACK = "proposal:not_given_back", "gaf {subject} niet terug"
    QUESTIONS_CHANGED = "questions:changed", "wijzigde de vragen van {subject}"
    PROPOSAL_SENT_TO_VALIDATION = (
        "proposal:sent_to_validation",
        "legde {subject} ter validatie voor",
    )
    PROPOSAL_VOTED = "proposal:voted", "gaf een antwoord bij de validatie van {subject}"
    PROPOSAL_PASSED_TO_CHAIR = (
        "proposal:passed_to_chair",
        "gaf de validatie van {subject} door aan de voorzitter",
    )
    PROPOSAL_STEP_DECIDED = "proposal:step_decided", "besliste een validatiestap van {subject}"
    PROPOSAL_STEP_CLOSED = "proposal:step_closed", "sloot na de termijn de validatie van {subject}"
    PROPOSAL_VALIDATED = "proposal:validated", "valideerde het voorstel {subject}"
    PROPOSAL_RETURNED = "proposal:returned", "stuurde het voorstel {subject} terug"
    PROPOSAL_REFUSED = "proposal:refused", "weigerde het voorstel {subject}"
    PROPOSAL_REFERRED = "proposal:referred", "verwees het voorstel {subject} door"
    PROPOSAL_OFFERED = "proposal:offered", "bood het voorstel {subject} aan"
    PROPOSAL_ACCEPTED = "proposal:accepted", "aanvaardde het voorstel {subject}"
    PROPOSAL_SENT_BACK = "proposal:sent_back", "stuurde het verwezen voorstel {subject} terug"
    PROPOSAL_REGROUPED = "proposal:regrouped", "bracht {subject} in een ander dossier onder"
    PROPOSAL_WITHDRAWN = "proposal:withdrawn", "trok het voorstel {subject} in"
    PROPOSAL_SCHEDULED = "proposal:scheduled", "zette {subject} op de agenda"
    PROPOSAL_UNSCHEDULED = "proposal:unscheduled", "haalde {subject} van de agenda"
    PROPOSAL_TREATED = "proposal:treated", "noteerde de behandeling van {subject}"
    PROPOSAL_WITHDRAWN_AT_TABLE = (
        "proposal:withdrawn_at_table",
        "noteerde dat {subject} ingetrokken is",
    )
    PROPOSAL_REINSTATED = (
        "proposal:reinstated",
        "noteerde dat {subject} toch niet ingetrokken is",
    )
    ANNEX_ADDED = "annex:added", "voegde de bijlage {subject} toe"
    ANNEX_REMOVED = "annex:removed", "verwijderde de bijlage {subject}"
    ANNEX_REPLACED = "annex:replaced", "verving de bijlage {subject} door een nieuwere versie"
    ANNEX_DOWNLOADED = "annex:downloaded", "downloadde {subject}"
    DOSSIER_CHANGED = "dossier:changed", "wijzigde het dossier {subject}"
    AGENDA_SENT = "agenda:sent", "verstuurde {subject}"
    AGENDA_REORDERED = "agenda:reordered", "wijzigde de volgorde van {subject}"
    ITEM_ADDED = "item:added", "zette {subject} op de agenda"
    ITEM_CHANGED = "item:changed", "wijzigde het agendapunt {subject}"
    ITEM_REMOVED = "item:removed", "haalde {subject} van de agenda"
    ITEM_POSTPONED = "item:postponed", "stelde {subject} uit"
    ATTENDANCE_NOTED = "attendance:noted", "noteerde de aanwezigheden van {subject}"
    NOTES_SAVED = "notes:saved", "schreef aan het verslag van {subject}"
    NOTES_DRAFTED = "notes:drafted", "liet de tekst van {subject} opstellen"
    ITEM_ABSENCE_NOTED = "item:absence_noted", "noteerde wie niet deelnam aan {subject}"
    MINUTES_TO_CHAIR = "minutes:to_chair", "gaf het verslag van {subject} aan de voorzitter"
    MINUTES_CIRCULATED = "minutes:circulated", "stuurde het verslag van {subject} rond"
    MINUTES_TAKEN_BACK = "minutes:taken_back", "nam het verslag van {subject} terug in opmaak"
    MINUTES_CORRECTED = "minutes:corrected", "zette het goedgekeurde verslag van {subject} recht"
    REMARK_MADE = "remark:made", "maakte een opmerking bij het verslag van {subject}"
    REMARK_SETTLED = "remark:settled", "behandelde een opmerking bij het verslag van {subject}"
    MINUTES_APPROVED = "minutes:approved", "keurde het verslag van {subject} goed"
    OUTCOME_NOTED = "outcome:noted", "noteerde de uitkomst {subject}"
    OUTCOME_CHANGED = "outcome:changed", "wijzigde de uitkomst {subject}"
    OUTCOME_MADE_READY = "outcome:made_ready", "zette de uitkomst {subject} klaar om vrij te geven"
    OUTCOME_TAKEN_BACK = "outcome:taken_back", "nam de uitkomst {subject} terug om te wijzigen"
    OUTCOME_RELEASED = "outcome:released", "gaf de uitkomst {subject} vrij"
    OUTCOME_DUE_CHANGED = "outcome:due_changed", "wijzigde de termijn van {subject}"
    OUTCOME_STEPPED_IN = "outcome:stepped_in", "liet een gemeente instappen in {subject}"
    OUTCOME_STEPPED_OUT = "outcome:stepped_out", "liet een gemeente uitstappen uit {subject}"
    OUTCOME_DROPPED = "outcome:dropped", "schrapte de uitkomst {subject}"
    OUTCOME_RESTORED = "outcome:restored", "zette de geschrapte uitkomst {subject} terug"
    COSTS_SHARED = "outcome:costs_shared", "verdeelde de kosten van {subject}"
    REMARK_REPLIED = "outcome:remark_replied", "antwoordde aan alle gemeenten over {subject}"
    VOTE_NOTED = "outcome:vote_noted", "noteerde hoe het overleg tot {subject} kwam"
    VOTE_FORGOTTEN = "outcome:vote_forgotten", "haalde weg hoe het overleg tot {subject} kwam"
    ACTION_NOTED = "action:noted", "noteerde het actiepunt {subject}"
    ACTION_CHANGED = "action:changed", "wijzigde het actiepunt {subject}"
    ACTION_DONE = "action:done", "meldde het actiepunt {subject} als gedaan"
    ACTION_REOPENED = "action:reopened", "zette het actiepunt {subject} opnieuw open"
    ACTION_DROPPED = "action:dropped", "schrapte het actiepunt {subject}"
    CANONICAL_TEXT_CHANGED = "canonical_text:changed", "wijzigde de tekst van {subject}"
    CANONICAL_TEXT_ISSUED = (
        "canonical_text:issued",
        "gaf een verbeterde tekst uit van {subject}",
    )
    TAG_CHANGED = "tag:changed", "wijzigde het label {subject}"
    TAG_REMOVED = "tag:removed", "verwijderde het label {subject}"
    INHABITANTS_LOADED = "inhabitants:loaded", "vulde inwonersaantallen in voor {subject}"
    FOLLOW_UP_REPORTED = "follow_up:reported", "meldde de stand van {subject}"
    FOLLOW_UP_MOVED = "follow_up:moved", "bracht {subject} over naar de nieuwe gemeente"
    FOLLOW_UP_LINK_USED = "follow_up:link_used", "opende {subject} met een link uit een mail"
    FOLLOW_UP_LINK_REPLACED = "follow_up:link_replaced", "verving een link naar {subject}"
    FOLLOW_UP_LINK_REVOKED = "follow_up:link_revoked", "trok een link naar {subject} in"
    REMINDERS_PAUSED = "reminders:paused", "legde de herinneringen voor {subject} stil"
    REMINDERS_RESUMED = "reminders:resumed", "liet opnieuw herinneren aan {subject}"
    REMINDERS_CHANGED = "reminders:changed", "wijzigde wanneer {subject} herinnert"
    ORGAN_DAYS_CHANGED = "organ_days:changed", "wijzigde de zittingsdagen van {subject}"
    POSITION_SENT = "position:sent", "noteerde de verzending van {subject}"
    POSITION_ANSWERED = "position:answered", "noteerde het antwoord op {subject}"
    REPORT_WRITTEN = "region_report:written", "schreef {subject}"
    REPORT_PLACED = "region_report:placed", "meldde {subject} als geplaatst"
    REPORT_TAKEN_BACK = "region_report:taken_back", "nam de melding over {subject} terug"
    REPORT_POINT_RAISED = "region_report:point_raised", "bracht een punt aan bij {subject}"
    REPORT_SETTINGS_CHANGED = (
        "region_report:settings_changed",
        "wijzigde hoe het regiorapport van {subject} gemaakt wordt",
    )
    DATE_ADDED = "date:added", "voegde {subject} toe"
    DATE_CORRECTED = "date:corrected", "verbeterde {subject}"
    DATE_GIVEN_BACK = "date:given_back", "liet {subject} weer haar bron volgen"
    DATE_REMOVED = "date:removed", "verwijderde {subject}"
    SOURCE_ADDED = "date_source:added", "voegde {subject} toe"
    SOURCE_STOPPED = "date_source:stopped", "volgt {subject} niet meer"
    SOURCE_REMOVED = "date_source:removed", "verwijderde {subject}"
    DATES_READ = "date_source:read", "las nieuwe data uit {subject}"
    HOUSE_STYLE_CHANGED = "house_style:changed", "wijzigde de huisstijl van {subject}"
    OWN_TEMPLATE_ADDED = "own_template:added", "voegde {subject} toe"
    OWN_TEMPLATE_USED = "own_template:used", "nam {subject} in gebruik"
    OWN_TEMPLATE_DROPPED = (
        "own_template:dropped",
        "ging van {subject} terug naar het standaardsjabloon",
    )
    RULE_ADDED = "date_rule:added", "voegde de regel {subject} toe"
    RULE_REMOVED = "date_rule:removed", "verwijderde de regel {subject}"
    POLL_STARTED = "date_poll:started", "maakte de datumprikker {subject}"
    POLL_OPENED = "date_poll:opened", "verstuurde de datumprikker {subject}"
    POLL_ASKED_TOO = (
        "date_poll:asked_too",
        "stuurde de datumprikker {subject} ook aan wie erbij kwam",
    )
    POLL_CHANGED = "date_poll:changed", "wijzigde de datumprikker {subject}"
    POLL_ANSWERED = "date_poll:answered", "antwoordde op de datumprikker {subject}"
    POLL_REMINDED = "date_poll:reminded", "herinnerde aan de datumprikker {subject}"
    POLL_PICKED = "date_poll:picked", "koos een datum in de datumprikker {subject}"
    POLL_CLOSED = "date_poll:closed", "sloot de datumprikker {subject}"
    POLL_DISCARDED = "date_poll:discarded", "verwijderde de datumprikker {subject}"
    POLL_LINK_REPLACED = "date_poll:link_replaced", "verving een link naar {subject}"
    POLL_LINK_REVOKED = "date_poll:link_revoked", "trok een link naar {subject} in"
    FEED_CREATED = "feed:created", "maakte een kalenderadres voor {subject}"
    FEED_REVOKED = "feed:revoked", "trok een kalenderadres voor {subject} in"
