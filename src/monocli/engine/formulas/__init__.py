"""Clinical formulas: inputs as people give them, an expression worked out exactly, and the work.

The formulas are data (`data/formulas/`); here is what they are made of. `calculating` is the way in.
"""
