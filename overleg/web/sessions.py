"""The signed cookie that tells who signed in."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class HouseSessions(SecureCookieSessionInterface):
    """Sessions as Flask keeps them; one that was only read costs next to nothing to keep."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session and not session.modified and not self.should_set_cookie(app, session):
            response.headers.add("Vary", "Cookie")
        else:
            super().save_session(app, session, response)
