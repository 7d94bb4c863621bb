"""The verslag of a meeting: attendance, notes in revisions, remarks, approval and corrections."""

from overleg.minutes.models.attendance import AbsenceList, Attendance, ItemAbsence
from overleg.minutes.models.minutes import Minutes
from overleg.minutes.models.notes import NoteRevision, Writing
from overleg.minutes.models.remarks import Remark
from overleg.minutes.models.versions import MinutesVersion, MinutesVersionItem

__all__ = [
    "AbsenceList",
    "Attendance",
    "ItemAbsence",
    "Minutes",
    "MinutesVersion",
    "MinutesVersionItem",
    "NoteRevision",
    "Remark",
    "Writing",
]
