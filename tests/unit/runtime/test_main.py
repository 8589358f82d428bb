from __future__ import annotations

from pathlib import Path

from wasmwright.runtime.__main__ import own_name


def test_a_file_of_the_store_is_named_as_in_the_checkout():
    assert own_name(Path("/nix/store/lwam28sz21z54101r57cxipj0jh7ac9l-test_import.py")) == "test_import.py"
    assert own_name(Path("/build/test_import.py")) == "test_import.py"
