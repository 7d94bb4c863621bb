"""The forms of attendance, of the verslag item by item, and of what follows on it."""

from overleg.minutes.forms.attendance import AttendanceForm, attendance_data
from overleg.minutes.forms.items import ItemForm, fresh_form

__all__ = ["AttendanceForm", "ItemForm", "attendance_data", "fresh_form"]
