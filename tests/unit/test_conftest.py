from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKOUT = Path(__file__).parents[2]


def test_starting_a_process_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="must not start a process"):
        subprocess.run([sys.executable, "-c", ""], check=False)
    with pytest.raises(pytest.fail.Exception, match="must not start a process"):
        os.system("true")


def test_using_the_network_fails() -> None:
    with socket.socket() as plug, pytest.raises(pytest.fail.Exception, match="use the network"):
        plug.connect(("127.0.0.1", 9))
    with pytest.raises(pytest.fail.Exception, match="use the network"):
        socket.create_connection(("localhost", 9))


@pytest.mark.parametrize("change", [Path.touch, Path.mkdir, Path.unlink, lambda path: path.symlink_to("a")])
def test_writing_into_the_checkout_fails(change: Callable[[Path], object]) -> None:
    with pytest.raises(pytest.fail.Exception, match="must not touch"):
        change(CHECKOUT / "written-by-a-test")
    assert not (CHECKOUT / "written-by-a-test").exists()


def test_state_of_the_checkout_is_out_of_sight() -> None:
    with pytest.raises(pytest.fail.Exception, match="must not touch"):
        (CHECKOUT / ".wasmwright" / "build.lock").read_text()
    assert (CHECKOUT / "pyproject.toml").read_text()


def test_home_is_an_empty_folder_and_so_is_the_present_one(tmp_path: Path) -> None:
    assert list(Path.home().iterdir()) == list(Path.cwd().iterdir()) == []
    (tmp_path / "x").touch()
    (Path.home() / "x").touch()


def test_waiting_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="must not wait"):
        time.sleep(0)


def test_rings_are_not_marked_by_hand(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("unit")
    by_hand = re.compile(r"mark\.(unit|evaluation|integration)\b")
    assert [file.name for file in (CHECKOUT / "tests").rglob("test_*.py") if by_hand.search(file.read_text())] == []
