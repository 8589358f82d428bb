from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest


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
