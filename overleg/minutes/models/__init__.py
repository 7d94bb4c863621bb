"""The verslag of a meeting: attendance, notes per item in immutable revisions, approval."""

from overleg.minutes.models.attendance import Attendance
from overleg.minutes.models.minutes import Minutes
from overleg.minutes.models.notes import NoteRevision

__all__ = [
    "Attendance",
    "Minutes",
    "NoteRevision",
]
