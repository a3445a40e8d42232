"""mono units - --format jsonl: an envelope a line, fast. The first line of each kind is written in full; of those that
are read alike only the numbers are worked out, and the text of all that they share is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from monocli.cli.wording import result_of
from monocli.engine.cited import cited
from monocli.engine.units.streaming import Shared, plain_number, shared_of
from monocli.records.record import Record
from monocli.render.envelope import AboutLibrary, Envelopes, harmless_json, is_utf8

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.engine.units import Converter


class _Kind(Record):
    """What lines of one kind share, and the text of the envelope before and after their numbers."""

    shared: Shared
    before: str
    after: str


def json_lines(session: Session, converter: Converter, lines: Iterator[str]) -> Iterator[tuple[str, int]]:
    """(envelope with its line end, exit code) of every line."""
    encoding = getattr(session.stdout, "encoding", None)
    edition, sources = session.about_library()
    envelopes = Envelopes(edition, sources, encoding, indented=False)
    about = AboutLibrary(edition, sources, compact=True)
    dumps = json.JSONEncoder(ensure_ascii=not is_utf8(encoding), separators=(",", ":")).encode
    kinds: dict[str | None, _Kind] = {}
    for line in map(str.strip, lines):
        number = plain_number(line)
        # The warning of a zero at the end quotes the number: such a line is always written in full.
        if number is not None and number.ends_in_zero:
            number = None
        kind = kinds.get(number.unit) if number else None
        if number is not None and kind is not None:
            numbers = dumps(kind.shared.plan.numbers(number.value * kind.shared.times, line))
            yield f"{kind.before}{harmless_json(numbers)[:-1]},{kind.after}", 0
            continue
        answer = converter.convert(line)
        result = result_of("units", answer)
        yield envelopes.text(result), result.exit_code
        shared = shared_of(converter, line, number, answer)
        if number is not None and shared is not None:
            library = about.citing(cited(result.data, result.warnings))
            head = '{"schema":"mono/units/1","command":"units","status":"ok","exit_code":0,"library":'
            sentences, warnings = dumps(shared.plan.sentences())[1:], dumps(result.warnings)
            after = harmless_json(f'{sentences},"warnings":{warnings},"errors":[]}}\n')
            kinds[number.unit] = _Kind(shared, f'{head}{library},"data":', after)
