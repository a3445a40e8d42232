"""Command lines for the test that formats agree: fixed ones, and some drawn from the data."""

from __future__ import annotations

import random
from collections.abc import Iterator

from monocli.library.kinds import AGENTS, CARDS, COMPATIBILITY, DOSES
from monocli.library.store import Library
from monocli.records.doses import PrintedIndication

FIXED = """
lookup STI-571
lookup Гливек Glivec "T-cell Growth Factor"
lookup ketoconazole macrolides 152459-95-5
lookup imatanib
lookup imatanib --fuzzy
lookup xyzzy imexon
lookup teceleukin
show imatinib "adverse effects" --by system
show imatinib "adverse effects" --by frequency
show aldesleukin "adverse effects" --by fatality
show imatinib bones
show imexon interactions
show interleukin-2 units
show ketoconazole
search splenic rupture
search edema --in imatinib --limit 3
search Glivec --kind brand
search 152459-95-5
search xyzzy
refs
refs imatinib heart
refs --journal "N Engl J Med"
refs imatinib --number 99
brands
brands imatinib --country India
brands imatinib --country Austria
sources ansm gleevec-label mosteller-1987
sources xyzzy
dose imatinib
dose imatinib --population child
dose imatinib --region us
dose imatinib -i cml-chronic --hepatic severe --region us
dose imatinib -i gist --hepatic mild --region uk
dose imatinib -i cml-blast --bilirubin 45umol/L --bilirubin-uln 21umol/L --region uk
dose imatinib -i cml-chronic --bilirubin 2.5 --ast 2 --region us
dose imatinib -i cml-chronic --age 8 --region uk --bsa 1.1
dose imatinib -i cml-new --age 8 --region us --height 130 --weight 28
dose imatinib -i cml-new --age 8 --region us --height 130 --weight 28 --bsa-formula schlich --sex female
dose imatinib -i cml-chronic --age 15 --region uk --bsa 2.36 --with rifampicin
dose imatinib -i mds --with ketoconazole --with phenytoin
dose imatinib -i cml
dose imatinib -i cml-chronic --age 1 --region uk
dose imatinib -i gist --age 8 --region uk --bsa 1
dose imatinib -i gist --bsa 25
dose imatinib -i gist --with xyzzy
dose imexon
adjust imatinib --current "600 mg" --bilirubin 3.4 --transaminases 2
adjust imatinib --current "600 mg" --bilirubin 1 --transaminases 2
adjust imatinib --current "600 mg" --withheld --bilirubin 1.2 --transaminases 2
adjust imatinib --current "400 mg twice daily" --reduce
adjust imatinib --current "340 mg/m2" --population child --bsa 1.1 --reduce
adjust imatinib --current "340 mg/m2" --population child --reduce
adjust imatinib --current "478 mg mesilate" --start rifampicin
adjust imatinib --current "400 mg" --start ketoconazole
adjust imatinib --current "500 mg" --reduce
adjust imatinib --current "600 mg/m2" --population child --bsa 2 --start rifampicin --region us
adjust imatinib
interactions imatinib ketoconazole warfarin "St John's wort" simvastatin
interactions imatinib
interactions aldesleukin
interactions ketoconazole
interactions macrolides
interactions imatinib macrolides
interactions aldesleukin corticosteroids
interactions Glivec imatinib
interactions clarithromycin simvastatin
interactions imatinib rifampin --fail-on adjust
interactions imatinib xyzzy
interactions xyzzy
interactions imatinib paracetamol levothyroxine azithromycin
interactions imexon aldesleukin
interactions interleukin-2
interactions teceleukin imatinib
compat aldesleukin
compat aldesleukin lorazepam
compat aldesleukin "ganciclovir sodium" ondansetron
compat aldesleukin --diluent "glucose 5%" --amount 1.1mg --volume 25mL --region us
compat aldesleukin --diluent "glucose 5%" --concentration "50 microgram/mL" --albumin 0.1%
compat aldesleukin --diluent "glucose 5%" --container "plastic syringe" --hours 24
compat aldesleukin --diluent lemonade
compat aldesleukin --amount 1.1mg --volume 10.5mL
compat aldesleukin lorazepam xyzzy
compat lorazepam aldesleukin
compat imexon
units
units 18e6 --to mg
units 18e6
units "18 million IU" --to Nutley --to Cetus
units 1.1 mg --of aldesleukin
units "600,000 IU/kg" --weight "154 lb" --to MIU
units 400 mg --of imatinib --to mesilate
units "478 mg mesilate" --to base
units "1.0 mcg" --of aldesleukin --to IU
units "5 units" --to mg
units "18 U" --to mg
units 1,5
units 18 parsecs
calc
calc qtc
calc cockcroft-gault
calc cockcroft-gault age=70 sex=f weight=60 creatinine="100 umol/L" height=160
calc renal age=70 sex=f weight=60 creatinine="100 umol/L" height=160
calc child-pugh bilirubin="2.5 mg/dL" albumin="30 g/L" inr=1.8 ascites=mild encephalopathy=none
calc qtc qt=400 heart-rate=80
dose aldesleukin -i renal-cell-carcinoma --region us --weight 70
compat aldesleukin --diluent "sodium chloride 0.9%"
interactions digoxin bisoprolol
interactions amiodarone warfarin digoxin simvastatin verapamil bisoprolol furosemide spironolactone ramipril aspirin
data check
data where
data schema
data schema monographs
help
help json
help lookup
help xyzzy
xyzzy
lookup imexon --nope
""".strip().splitlines()


def drawn(library: Library, seed: int, count: int) -> Iterator[list[str]]:
    """Lines over the documents, sections, partners, indications and mixtures that the data holds."""
    chance = random.Random(seed)
    cards = library.documents(CARDS)
    partners = library.ids(AGENTS)
    doses = [(id, record["id"]) for id in library.ids(DOSES) for record in _indications(library, id)]
    mixed = library.ids(COMPATIBILITY)
    for _ in range(count):
        card = chance.choice(cards)
        yield ["lookup", chance.choice(partners), card["id"]]
        yield ["show", card["id"], chance.choice(card["sections"])["id"]]
        yield ["interactions", card["id"], *chance.sample(partners, 3)]
        monograph, indication = chance.choice(doses)
        yield ["dose", monograph, "--indication", indication, "--region", chance.choice(["uk", "us"])]
        yield ["compat", chance.choice(mixed), *chance.sample(partners, 2)]


def _indications(library: Library, id: str) -> list[PrintedIndication]:
    document = library.document(DOSES, id)
    return list(document["indications"]) if document else []
