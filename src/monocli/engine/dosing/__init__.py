"""Doses and their adjustment. Rules, numbers, names, populations and regions are data; nothing here knows a drug.

- book: the rules of one drug, by what they are asked by
- requests: what is asked, as typed; reading: the same in numbers and ids, for `dose` and `adjust` alike
- patient: population, region, smallest age; body: area and weight; when: whether what is printed applies
- indications: which use is meant, which doses apply; listing: all of them
- laboratory: values as multiples of their limits; impairment: grades, and the starts that follow
- regimens: a printed regimen worked out; limits: warnings of doses above what is printed
- partners: what another drug does to a dose; tablets: the nearest whole tablets
- answering: `dose`
- current: the dose as typed; holding: the one really given; changing: what it becomes; reporting, adjusting: `adjust`

Import `dose` and `adjust` from the modules that hold them: a command then pays only for what it runs.
"""
