"""Overleg: from the first proposal to the last municipality's decision."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from overleg import memory, resources, tables
from overleg.accounts import views as accounts_views
from overleg.accounts.login import init_login
from overleg.accounts.signing_in import ask_to_sign_in, on_kept_input
from overleg.agenda import views as agenda_views
from overleg.agenda.results import on_results
from overleg.calendars import views as calendars_views
from overleg.db import db, engine_options
from overleg.decisions import views as decisions_views
from overleg.decisions.noted import on_noted
from overleg.decisions.results import results_of_proposal
from overleg.demo import views as demo_views
from overleg.documents import views as documents_views
from overleg.documents.returning import keep_sent_files
from overleg.jobs import views as jobs_views
from overleg.jobs.queue import EVERY_MINUTE, queue_of, run_after_commit
from overleg.mail import views as mail_views
from overleg.mail.delivery import deliver_waiting
from overleg.mail.workflow import on_new_mail
from overleg.minutes import views as minutes_views
from overleg.minutes.workflow.sessions import approve_at_next
from overleg.organisations import views as organisations_views
from overleg.organisations.looking import find_person, load_viewer
from overleg.organisations.navigation import body_links
from overleg.reports import views as reports_views
from overleg.scheduling import views as scheduling_views
from overleg.search import views as search_views
from overleg.settings import Settings
from overleg.start import views as start_views
from overleg.start.navigation import ENTRIES
from overleg.web import clock
from overleg.web.access import init_access
from overleg.web.assets import init_assets
from overleg.web.commits import OneCommitFlask, undo_on_error
from overleg.web.drawing import init_drawing
from overleg.web.errors import init_errors
from overleg.web.filters import init_filters
from overleg.web.form_tokens import init_form_tokens
from overleg.web.headers import init_headers
from overleg.web.navigation import init_navigation
from overleg.web.requests import init_requests
from overleg.web.secret_pages import open_secret_forms
from overleg.web.sessions import HouseSessions
from overleg.web.statements import init_statement_count

FEATURES = (
    jobs_views,
    mail_views,
    accounts_views,
    documents_views,
    organisations_views,
    scheduling_views,
    agenda_views,
    decisions_views,
    minutes_views,
    reports_views,
    calendars_views,
    search_views,
    start_views,
)


def create_app(settings: Settings, *, read_clock: Callable[[], datetime] = clock.utc_now) -> Flask:
    """Build the application from its settings; ``read_clock`` gives the present moment in UTC."""
    app = OneCommitFlask(
        __name__,
        template_folder=str(resources.folder("templates")),
        instance_path=str(settings.instance_path),
    )
    app.config.from_mapping(_config(settings))
    app.extensions["settings"] = settings
    app.session_interface = HouseSessions()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.https:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]

    db.init_app(app)
    clock.init_clock(app, read_clock)
    init_statement_count(app, enabled=settings.count_statements)
    init_headers(app, https=settings.https)
    init_assets(app)
    init_requests(app)
    init_login(app, find_person)
    init_access(app, load_viewer=load_viewer, ask_to_sign_in=ask_to_sign_in)
    init_form_tokens(app)
    init_errors(app)
    init_filters(app)
    init_drawing(app)
    undo_on_error(app)
    init_navigation(app, ENTRIES, body_links)
    for feature in FEATURES:
        feature.register(app)
    open_secret_forms(app)
    on_kept_input(app, keep_sent_files)
    on_results(app, results_of_proposal)
    on_noted(app, approve_at_next)
    _send_mail_by_job(app)
    if settings.is_demo:
        demo_views.register(app)
    app.jinja_env.globals.update(is_demo=settings.is_demo)
    return app


def _config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_NAME": "overleg",
        "SESSION_REFRESH_EACH_REQUEST": False,  # once a day: overleg.accounts.login
        "MAX_CONTENT_LENGTH": settings.max_files_bytes + 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_I18N_ENABLED": False,  # WTForms speaks Dutch itself; Flask-WTF would ask Flask-Babel
        "TESTING": settings.mode == "test",
    }


def _send_mail_by_job(app: Flask) -> None:
    """Mail leaves at once after the commit; every minute, what was left or must be tried again."""
    queue_of(app).declare(
        "deliver_mail", deliver_waiting, every=EVERY_MINUTE, does="Verstuurt de mails die wachten"
    )
    on_new_mail(app, lambda: run_after_commit("deliver_mail"))


memory.keep_what_is_loaded()

__all__ = ["create_app", "tables"]
