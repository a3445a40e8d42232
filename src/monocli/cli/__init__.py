"""The command line: parse, call, return a Result. One file a command, and nothing else in it."""
