"""The knowledge of the field: names, quantities, doses, interactions, compatibility, units.

Pure: no I/O, no clock, no drug by name.
"""
