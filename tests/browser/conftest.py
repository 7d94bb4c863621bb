"""What the stories share: everybody can sign in, and walks through the pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests.browser.walking import Walks, give_passwords
from tests.plugins.browser import OpenPage


@pytest.fixture
def walks(session: Session, new_page: OpenPage, axe: Callable[[Page], None]) -> Walks:
    """People of the cast, each in a browser; every page they see is checked."""
    give_passwords(session)
    return Walks(new_page, axe)
