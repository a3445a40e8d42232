"""Files of medication lists: from text to entries, and from entries to drugs. Nothing here opens a file."""
