"""All benchmarks in one run, and one table of what they found.

    python -m benchmarks [--quick] [--peers] [--rounds 15] [--no-huge]

Exits 1 where an aim is missed. How to read the table: benchmarks/README.md.
"""

from __future__ import annotations

import sys

from benchmarks import interactions, labels, peers, start, units
from benchmarks.running import main

if __name__ == "__main__":
    sys.exit(main([start.rows, interactions.rows, units.rows, labels.rows, peers.rows], __doc__))
