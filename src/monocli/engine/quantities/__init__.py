"""Numbers with their units: exact values, units as a factor and exponents, and what people type for a measure.

A unit is nothing but how many base units it is and of what: "per kg" is a multiplication, not a special case. The
units, the measures (serum creatinine, height) and their ranges are data (`data/units/`, `data/measures/`).
"""
