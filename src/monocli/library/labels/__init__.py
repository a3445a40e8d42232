"""Imported labels: read from openFDA JSON and SPL XML into a pack of their own, and read from there."""
