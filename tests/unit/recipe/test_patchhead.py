from __future__ import annotations

import pytest

from wasmwright.recipe.patchhead import patch_head

DIFF = "--- a/setup.py\n+++ b/setup.py\n@@ -1 +1 @@\n-see https://example.test/old\n+new\n"
MAIL = """\
From 0123456789abcdef Mon Sep 17 00:00:00 2001
From: A Person <a@example.test>
Date: Thu, 1 Jan 2026 00:00:00 +0000
Subject: [PATCH 1/2] Do not fork where no process can be

See: https://example.test/pull/7.

Signed-off-by: A Person <a@example.test>
---
 setup.py | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

"""


def test_the_reason_stands_before_the_first_difference():
    head = patch_head(
        f"Reason: forks, and the\nruntime cannot.\nUpstream: https://example.test/pull/7 (open)\n\n{DIFF}"
    )
    assert head.reason == "forks, and the runtime cannot."
    assert head.links == ("https://example.test/pull/7",)


def test_what_git_writes_of_itself_is_no_reason():
    head = patch_head(f"{MAIL}diff --git a/setup.py b/setup.py\nindex 012..345 100644\n{DIFF}")
    assert head.reason == "Do not fork where no process can be"
    assert head.links == ("https://example.test/pull/7",)


@pytest.mark.parametrize("head", ["", "diff --git a/x b/x\n", "fix\n", "https://example.test/pull/7\n"])
def test_a_word_or_a_link_alone_is_no_reason(head: str):
    assert patch_head(head + DIFF).reason == ""
