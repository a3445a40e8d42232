"""What may be shown: nothing that a terminal acts on."""

from __future__ import annotations

import unicodedata


def harmless(text: str) -> bool:
    """No control or format character but line ends, and no lone surrogate."""
    return not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n" for c in text)
