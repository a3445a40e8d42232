"""From a Result to what is printed: table, JSON, CSV, Markdown. Nothing is computed here."""
