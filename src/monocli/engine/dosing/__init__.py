"""Doses and their adjustment. Rules, numbers, names, populations and regions are data; nothing here knows a drug.

- requests: what is asked, as typed
- patient: population, region, smallest age; body: area and weight
- indications: which use is meant, which doses apply; listing: all of them
- laboratory: values as multiples of their limits; impairment: grades, and the starts that follow
- regimens: a printed regimen worked out; partners: what another drug does to it; tablets: the nearest whole tablets
- answering: `dose`; current, changing, reporting and adjusting: `adjust`
"""

from monocli.engine.dosing.adjusting import adjust
from monocli.engine.dosing.answering import dose
from monocli.engine.dosing.requests import AdjustRequest, DoseRequest, Measurement, Partner

__all__ = ["AdjustRequest", "DoseRequest", "Measurement", "Partner", "adjust", "dose"]
