"""The main pages, in the order of the top bar."""

from overleg.agenda.permissions import may_propose
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.web.navigation import Entry


def _works_with_bodies(viewer: Viewer) -> bool:
    return bool(viewer.reach)


def _keeps_people(viewer: Viewer) -> bool:
    return viewer.is_administrator or bool(viewer.bodies_as(Role.SUPPORT))


def _administers(viewer: Viewer) -> bool:
    return viewer.is_administrator


def _proposes(viewer: Viewer) -> bool:
    return may_propose(viewer) or bool(viewer.bodies_as(Role.CHAIR, Role.COMMITTEE))


ENTRIES = [
    Entry(
        "Vergaderingen",
        "scheduling.list_meetings",
        "calendar-event",
        _works_with_bodies,
        also="/agendapunten|/actiepunten|/datumprikkers",
    ),
    Entry(
        "Jaarplanner",
        "calendars.year_planner",
        "calendar3",
        _works_with_bodies,
        also="/(gemeenten|regios)/[^/]+/jaar",
    ),
    Entry("Voorstellen", "agenda.list_proposals", "send", _proposes),
    Entry("Dossiers", "start.list_dossiers", "archive", _works_with_bodies, also="/beheer/themas"),
    Entry(
        "Opvolging",
        "decisions.matrix",
        "list-check",
        _works_with_bodies,
        also="/uitkomsten|/standpunten|/gemeenten|/regiorapporten|/regios/[^/]+/regiorapporten",
    ),
    Entry("Kalender", "calendars.my_feeds", "calendar-plus", _works_with_bodies),
    Entry("Overleggen", "organisations.list_bodies", "people", _keeps_people),
    Entry(
        "Organisaties",
        "organisations.list_organisations",
        "building",
        _keeps_people,
        also="/regios|/beheer/inwoners",
    ),
    Entry("Personen", "organisations.list_people", "person", _keeps_people, also="/beheer/rollen"),
    Entry("Mails", "mail.list_messages", "envelope", _administers),
    Entry("Taken", "jobs.list_jobs", "gear", _administers),
]
