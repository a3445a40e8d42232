"""The questions that can be asked of a library, one module each: it opens what it needs, asks the engine, and gives
back a typed `Answer` or a `Refusal`. Any face can call it: nothing here knows of options, exit codes or a terminal."""
