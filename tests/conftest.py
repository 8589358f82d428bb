from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).parent
RINGS = ("unit", "evaluation", "integration")
# Projects and recipes of others have tests of their own.
collect_ignore = ["fixtures", "expected"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-expected", action="store_true", help="rewrite golden files with what the tests got; review the diff"
    )


def pytest_configure(config: pytest.Config) -> None:
    for ring in RINGS:
        config.addinivalue_line("markers", f"{ring}: everything below tests/{ring}; see CONTRIBUTING.md")


def pytest_itemcollected(item: pytest.Item) -> None:
    ring = item.path.relative_to(TESTS).parts[0]
    if ring not in RINGS:
        message = f"{item.path} is in no ring: move it below one of {', '.join(f'tests/{name}' for name in RINGS)}"
        raise pytest.UsageError(message)
    item.add_marker(ring)
    if item.get_closest_marker("long"):
        item.add_marker(pytest.mark.timeout(0))


@pytest.fixture
def assert_expected(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a golden file, or with --update-expected write it there."""
    is_update = request.config.getoption("--update-expected")

    def compare(path: Path, text: str) -> None:
        if is_update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path} is missing: run pytest with --update-expected"
        assert text == path.read_text(encoding="utf-8")

    return compare
