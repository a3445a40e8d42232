"""mono: exact, sourced answers about drugs, offline."""

__version__ = "0.1.0"
