"""What a side module needs of the C library; tests/integration/test_lacking.py has the links themselves."""

from __future__ import annotations

from wasm_writer import Writer

from wasmwright.wrapper.sidemodule import lacked

LACKING = ("epoll_wait", "pthread_kill", "timezone")


def test_calls_and_addresses_of_functions():
    module = Writer().function("epoll_wait").function("poll").got("func", "pthread_kill").got("mem", "timezone").build()
    assert lacked(module, LACKING) == ["epoll_wait", "pthread_kill"]


def test_weak_functions_need_not_be_there():
    module = Writer(weak=[("env", "epoll_wait"), ("GOT.func", "pthread_kill")])
    assert lacked(module.function("epoll_wait").got("func", "pthread_kill").build(), LACKING) == []


def test_functions_of_its_own_are_none():
    assert lacked(Writer().define("epoll_wait").build(), LACKING) == []


def test_what_is_no_module_is_left_alone():
    assert lacked(b"// epoll_wait", LACKING) == []
