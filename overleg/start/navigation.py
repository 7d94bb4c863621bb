"""The main pages, in the order of the top bar."""

from overleg.web.navigation import Entry

ENTRIES: list[Entry] = []
