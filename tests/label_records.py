"""Labels that nobody sells: made-up drugs, firms and sentences, in the shapes in which openFDA and DailyMed publish
real ones."""

from __future__ import annotations

import json
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

NOTICE = "Made-up labels for tests: nothing in them is true."
SET_ID = "aaaaaaaa-0000-4000-8000-000000000001"


def set_id(number: int) -> str:
    return f"aaaaaaaa-0000-4000-8000-{number:012d}"


def openfda(**more: Any) -> dict[str, Any]:
    """The block of a label whose maker is its own."""
    return {
        "application_number": ["NDA900001"],
        "brand_name": ["Zorvex"],
        "generic_name": ["ZORVATINIB"],
        "manufacturer_name": ["Example Works"],
        "product_ndc": ["0099-0001"],
        "package_ndc": ["0099-0001-30"],
        "product_type": ["HUMAN PRESCRIPTION DRUG"],
        "route": ["ORAL"],
        "substance_name": ["ZORVATINIB"],
        "unii": ["ZZ00000001"],
        "rxcui": ["99000001"],
        "spl_set_id": [SET_ID],
        "is_original_packager": [True],
        **more,
    }


PREGNANCY = "8.1 Pregnancy Zorvatinib has not been given to anyone who is pregnant, because nobody makes it."
INTERACTION = (
    "7.1 Effect of Other Drugs Do not give Zorvex with ketoconazole. Warfarin did not affect the levels of zorvatinib."
)
TABLE = (
    '<table><caption>Table 1: Doses nobody takes</caption><tfoot><tr><td colspan="2"><sup>a</sup> Whole '
    "tablets only.</td>"
    "</tr></tfoot>"
    '<tbody><tr><td><content styleCode="bold">Weight</content></td><td><content styleCode="bold">Dose '
    "<sup>a</sup></content></td></tr>"
    '<tr><td colspan="2">Children</td></tr><tr><td>10 to 20 kg</td><td>50 mg</td></tr>'
    '<tr><td rowspan="2">Over 20 kg</td><td>100 mg</td></tr><tr><td>or 8<sup>2</sup> mg</td></tr></tbody></table>'
)
FLAT = (
    "Table 1: Doses nobody takes a Whole tablets only. Weight Dose a Children 10 to 20 kg 50 mg "
    "Over 20 kg 100 mg or 8 2 mg"
)


def record(**more: Any) -> dict[str, Any]:
    """A prescription label with numbered sections; what is given takes the place of a field, None takes it away."""
    whole = {
        "set_id": SET_ID,
        "id": "dddddddd-0000-4000-8000-000000000001",
        "version": "7",
        "effective_time": "20260102",
        "@epoch": 1.5,
        "spl_product_data_elements": ["Zorvex Zorvatinib ZORVATINIB STARCH"],
        "boxed_warning": ["WARNING: EXAMPLE HARM WARNING: EXAMPLE HARM Zorvex may harm examples."],
        "indications_and_usage": ["1 INDICATIONS AND USAGE Zorvex is for examples ( 1 )."],
        "dosage_and_administration": [
            "2 DOSAGE AND ADMINISTRATION Take it whole ( 2.1 ). 2.1 Adults The dose of Zorvex is 300 mg once daily. "
            f"2.2 Children By weight. {FLAT} Round down."
        ],
        "dosage_and_administration_table": [TABLE],
        "contraindications": ["4 CONTRAINDICATIONS Zorvex must not meet simvastatin."],
        "warnings_and_cautions": [
            "5 WARNINGS AND PRECAUTIONS 5.1 Liver Look at the liver every month. "
            "5.2 Lysis of Examples Examples may dissolve in those who take allopurinol."
        ],
        "drug_interactions": [
            "5.2 Lysis of Examples Examples may dissolve in those who take allopurinol.",
            f"7 DRUG INTERACTIONS {INTERACTION}",
        ],
        "use_in_specific_populations": [
            f"8 USE IN SPECIFIC POPULATIONS {PREGNANCY} 8.2 Lactation Nobody has nursed on it. "
            "8.4 Pediatric Use See the doses of children by weight, which are made up. 8.6 Renal Impairment Halve the "
            "dose."
        ],
        "pregnancy": [PREGNANCY],
        "pediatric_use": ["8.4 Pediatric Use See the doses of children by weight, which are made up."],
        "recent_major_changes": [""],
        "colour_of_the_box": ["Blue, with an example of a stripe."],
        "openfda": openfda(),
        **more,
    }
    return {key: value for key, value in whole.items() if value is not None}


def document(*records: dict[str, Any], published: str | None = "2026-01-15", notice: str | None = NOTICE) -> str:
    """Records as an export of openFDA holds them."""
    meta: dict[str, Any] = {"results": {"skip": 0, "limit": len(records), "total": len(records)}}
    if notice:
        meta["disclaimer"] = notice
    if published:
        meta["last_updated"] = published
    return json.dumps({"meta": meta, "results": list(records)}, ensure_ascii=False, indent=2)


def bulk(path: Path, records: Iterable[dict[str, Any]], published: str = "2026-01-15") -> Path:
    """A zip as the bulk download has them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(path.name.removesuffix(".zip"), document(*records, published=published))
    return path


def spl(
    *,
    id: str = set_id(50),
    version: str = "3",
    sections: str = "",
    products: str = "",
    before: str = "",
    code: str = "34391-3",
) -> str:
    """A document as DailyMed has them."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="example.xsl" type="text/xsl"?>{before}\n'
        '<document xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<id root="{uuid.UUID(int=7)}"/><code code="{code}" codeSystem="2.16.840.1.113883.6.1" displayName="Some '
        'Label"/>'
        f'<title>Quillara</title><effectiveTime value="20250607"/><setId root="{id}"/><versionNumber '
        f'value="{version}"/>'
        "<author><time/><assignedEntity><representedOrganization><name>Example Works</name>"
        "<assignedEntity><assignedOrganization><name>A plant</name></assignedOrganization></assignedEntity>"
        "</representedOrganization></assignedEntity></author><component><structuredBody>"
        '<component><section><code code="48780-1" '
        f'codeSystem="2.16.840.1.113883.6.1"/>{products or PRODUCT}</section></component>'
        f"{sections or SECTIONS}</structuredBody></component></document>"
    )


def ingredient(name: str, unii: str, kind: str = "ACTIB", amount: str = "40", per: str = "0.8") -> str:
    return (
        f'<ingredient classCode="{kind}"><quantity><numerator value="{amount}" unit="mg"/><denominator '
        f'value="{per}" unit="mL"/>'
        f'</quantity><ingredientSubstance><code code="{unii}" codeSystem="2.16.840.1.113883.4.9"/><name>{name} </name>'
        '<activeMoiety><activeMoiety><code code="ZZ00000098" codeSystem="2.16.840.1.113883.4.9"/>'
        "<name>QUILLARATE</name>"
        "</activeMoiety></activeMoiety></ingredientSubstance></ingredient>"
    )


PRODUCT = (
    '<subject><manufacturedProduct><manufacturedProduct><code code="0099-0050" codeSystem="2.16.840.1.113883.6.69"/>'
    "<name>Quillara<suffix>Kit</suffix></name><asEntityWithGeneric><genericMedicine><name>quillarate</name></genericMedicine>"
    "</asEntityWithGeneric><part><partProduct><name>Quillara <suffix>Kit</suffix></name>"
    f"{ingredient('QUILLARATE SODIUM', 'ZZ00000097', 'ACTIM')}</partProduct></part>"
    "<part><partProduct><name>Swab</name>"
    f"{ingredient('SWABBING SPIRIT', 'ZZ00000096')}</partProduct></part></manufacturedProduct>"
    '<subjectOf><approval><id extension="BLA900050" root="2.16.840.1.113883.3.150"/></approval></subjectOf>'
    "</manufacturedProduct></subject>"
)


def section(code: str, title: str, text: str, inner: str = "", highlights: str = "") -> str:
    excerpt = f"<excerpt><highlight><text>{highlights}</text></highlight></excerpt>" if highlights else ""
    children = "".join(f"<component>{part}</component>" for part in inner.split("\x1e") if part)
    return (
        f'<section><code code="{code}" codeSystem="2.16.840.1.113883.6.1" displayName="Odd Extra Section"/>'
        f"<title>{title}</title><text>{text}</text>{excerpt}{children}</section>"
    )


SECTIONS = "".join(
    f"<component>{part}</component>"
    for part in (
        section(
            "34068-7",
            "2 DOSAGE AND ADMINISTRATION",
            "<paragraph>Inject it.</paragraph>",
            section(
                "42229-5",
                "2.1 Adults",
                "<paragraph>Give:</paragraph><list><item>40 mg <footnote>Not with rain.</footnote> at noon</item>"
                "<item>80 "
                "mg</item></list>"
                f"{TABLE}",
            ),
            "<paragraph>40 mg (2.1)</paragraph>",
        ),
        section(
            "34073-7",
            "7 DRUG INTERACTIONS",
            "<paragraph>Monitor those who take <content>digoxin</content>.</paragraph>",
        ),
        section("99999-9", "", "<paragraph>Kept under its own name.</paragraph>"),
    )
)
