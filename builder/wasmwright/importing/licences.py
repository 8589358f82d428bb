"""Licences of repositories, by the words that their texts have."""

from __future__ import annotations

import re

_BSD = "Redistribution and use in source and binary forms"
# The first that fits counts.
_WORDS = (
    ("MPL-2.0", "Mozilla Public License,? [Vv]ersion 2.0"),
    ("Apache-2.0", "Apache License Version 2.0"),
    ("MIT", "MIT License|Permission is hereby granted, free of charge, to any person"),
    ("BSD-3-Clause", f"{_BSD}.*(?:Neither|nor) the names? of"),
    ("BSD-2-Clause", _BSD),
)
_LONG = 4000


def named_licence(text: str) -> str | None:
    """What SPDX calls it; None where it is none of those that recipes mostly have."""
    words = " ".join(text[:_LONG].split())
    return next((name for name, pattern in _WORDS if re.search(pattern, words)), None)
