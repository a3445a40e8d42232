"""mono units - --format jsonl: an envelope a line, fast. The first line of each kind is written in full; of those that
are read alike only the numbers are worked out, and the text of all that they share is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monocli.cli.wording import result_of
from monocli.engine.units.streaming import LinesOfAKind, plain_number, shared_of
from monocli.render.envelope import Envelopes

if TYPE_CHECKING:
    from monocli.cli.session import Session
    from monocli.engine.answers import Answer
    from monocli.engine.units import Converter


def json_lines(session: Session, converter: Converter, lines: Iterator[str]) -> Iterator[tuple[str, int]]:
    """(envelope with its line end, exit code) of every line."""
    edition, sources = session.about_library()
    envelopes = Envelopes(edition, sources, getattr(session.stdout, "encoding", None), indented=False)

    def write(answer: Answer[object]) -> str:
        return envelopes.text(result_of("units", answer))

    kinds: dict[tuple[str, bool], LinesOfAKind] = {}
    for line in map(str.strip, lines):
        number = plain_number(line)
        kind = kinds.get(number.kind) if number else None
        text = kind.text(number) if kind and number else None
        if text is not None:
            yield text, 0
            continue
        answer = converter.convert(line)
        result = result_of("units", answer)
        text = envelopes.text(result)
        yield text, result.exit_code
        if number is None:
            continue
        if kind is None:
            shared = shared_of(converter, line, number, answer)
            if shared is None:
                continue
            kind = kinds[number.kind] = LinesOfAKind(converter, shared, number.kind[0])
        kind.learn(number, text, write)
