"""Exit codes, as the contract fixes them. Imports nothing, because every command does import it."""

ANSWERED = 0
NO_ANSWER = 1
"""The question was understood and the library holds no answer to it, or only part of one."""
BAD_INPUT = 2
"""The input is wrong, or more input is needed before there can be an answer."""
BUG = 3
INVALID_LIBRARY = 4
THRESHOLD_MET = 5
"""What was set with `--fail-on` was met."""
INTERRUPTED = 130
