"""Doses and their adjustment. Rules, numbers, names, populations and regions are data (`data/doses/`); nothing here knows a drug.

    requests      what is asked, as typed                 patient       population, region, smallest age
    indications   which use is meant, which doses apply   body          area and weight
    laboratory    values as multiples of their limits     impairment    grades and the starts that follow
    regimens      a printed regimen worked out            partners      what another drug does to the dose
    tablets       the nearest whole tablets               listing       all indications
    answering     `dose`                                  adjusting     `adjust`
"""

from monocli.engine.dosing.adjusting import adjust
from monocli.engine.dosing.answering import dose
from monocli.engine.dosing.requests import AdjustRequest, DoseRequest, Measurement, Partner

__all__ = ["AdjustRequest", "DoseRequest", "Measurement", "Partner", "adjust", "dose"]
