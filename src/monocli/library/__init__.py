"""Where data comes from: strict YAML, validation, compiling, opening, finding, searching."""
