"""What can go wrong, in a sentence a person can read.

Each error carries the HTTP status of RFC 9110 that a page answers with.
"""


class OverlegError(Exception):
    """Base of all expected errors; the message is a Dutch sentence for the user."""

    status = 400


class NotFound(OverlegError):
    """The thing does not exist, or not for who asks: the two are told alike."""

    status = 404

    def __init__(
        self, message: str = "Deze pagina bestaat niet, of is niet voor u bestemd."
    ) -> None:
        super().__init__(message)


class Forbidden(OverlegError):
    """The thing may be seen, but this may not be done with it."""

    status = 403

    def __init__(self, message: str = "U kunt dit bekijken, maar niet wijzigen.") -> None:
        super().__init__(message)


class NotPossible(OverlegError):
    """A move that the present state does not allow."""

    status = 409


class EditConflict(OverlegError):
    """Somebody else saved first; the page shows both texts."""

    status = 409


class Refused(OverlegError):
    """What was given cannot be accepted."""

    status = 422
