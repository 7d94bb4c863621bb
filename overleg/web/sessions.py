"""The signed cookie that tells who signed in."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer


class HouseSessions(SecureCookieSessionInterface):
    """Sessions as Flask keeps them; one that was only read costs next to nothing to keep."""

    def __init__(self) -> None:
        self._serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads the cookie; the same for every request, as the keys are."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session and not session.modified and not self.should_set_cookie(app, session):
            response.headers.add("Vary", "Cookie")
        else:
            super().save_session(app, session, response)
