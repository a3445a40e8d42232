"""A page as one sheet of HTML to print, file and sign: the answer with its work and sources, when and by which command
line it was made, and two lines to sign.

It holds all that it needs and loads nothing. Structure says what is what (headings in order, captions, headers of rows
and columns), so that it can be read without eyes and prints in black and white. All text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from monocli.records.record import Record
from monocli.render import page as blocks
from monocli.render.page import Page, Text
from monocli.render.palette import LOOKS, rgb

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Nothing may be loaded, run or sent, even if something that a browser would obey came through."""
_DEEPEST = 6
_SHORT = 4
"""Letters of labels that are no more than the numbers of steps."""
_LONG = re.compile(r"\S{30,}")
"""A word that may be broken where its column is too narrow."""
_LAYOUT = """
@page { size: A4; margin: 16mm 15mm }
body { font: 11pt/1.4 system-ui, sans-serif; color: #000; background: #fff; max-width: 180mm; margin: 8mm auto;
  padding: 0 4mm; overflow-wrap: anywhere }
h1 { font-size: 17pt; line-height: 1.25 } h2 { font-size: 13pt } h3, h4, h5, h6 { font-size: 11pt }
h1, h2, h3, h4, h5, h6 { margin: 1.2em 0 .3em; break-after: avoid }
p, ul, ol, dl, pre { margin: .4em 0 } li, dd, tr, .notice { break-inside: avoid } small { font-weight: normal }
table { border-collapse: collapse; width: 100%; margin: .6em 0 1em } caption { text-align: left; font-weight: bold }
th, td { border-bottom: 1px solid #767676; padding: .25em .6em .25em 0; text-align: left; vertical-align: top }
td, th { overflow-wrap: break-word } .long { overflow-wrap: anywhere } caption { break-after: avoid }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
tbody th { font-weight: normal } thead { display: table-header-group }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: pre }
.notice { border-left: 4px solid #000; padding-left: .6em } .marked { list-style-type: none; padding-left: 0 }
dl > div { display: grid; grid-template-columns: minmax(7em, 25%) 1fr; gap: 0 1em } dd { margin: 0; grid-column: 2 }
dl.steps > div { grid-template-columns: 2em 1fr; gap: 0 .5em; margin: .3em 0 }
.sign td { border-bottom: 1px solid #000; height: 12mm } .sign { break-inside: avoid } .sign td, .sign th { width: 25% }
footer { border-top: 1px solid #767676; margin-top: 1.5em; font-size: 9pt; break-inside: avoid }
code { font: 9pt monospace }
@media print { body { margin: 0; max-width: none; padding: 0 } * { color: #000 !important } }
"""


class SourceNamed(Record):
    """A source that the answer cites."""

    id: str
    title: str
    edition: str


class About(Record):
    """How a sheet came about; `title` heads one whose page begins with something else than a heading."""

    title: str
    command_line: str
    made: str
    edition: str
    version: str
    sources: Sequence[SourceNamed]


def painted(page: Page, about: About) -> str:
    """The sheet."""
    headed = Page()
    if not page.blocks or not isinstance(page.blocks[0], blocks.Heading):
        headed.heading(about.title)
    headed.blocks += page.blocks
    title = escape(next(block.text.plain for block in headed.blocks if isinstance(block, blocks.Heading)))
    parts = [*_HtmlPainter().painted(headed.blocks), *_sources(about.sources), *_signatures(), *_footer(about)]
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_LAYOUT}{_colours()}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _colours() -> str:
    looks = ((style, look.colour) for style, look in LOOKS.items() if look.colour is not None)
    return "".join(f".{style} {{ color: rgb{rgb(colour)} }}\n" for style, colour in looks)


class _HtmlPainter:
    """Writes block by block, and knows under which heading it is."""

    def __init__(self) -> None:
        self._level, self._under = 0, ""

    def painted(self, parts: Iterable[blocks.Block]) -> Iterator[str]:
        for block in parts:
            if isinstance(block, blocks.Heading):
                yield self._heading(block)
            elif isinstance(block, blocks.Table):
                yield from self._table(block)
            else:
                yield from _simple(block)

    def _heading(self, block: blocks.Heading) -> str:
        """The first is the title of the sheet; none is more than one level below the one before it."""
        wanted = block.depth + 1 if block.depth else 2
        self._level = min(wanted, self._level + 1, _DEEPEST)
        self._under = block.text.plain
        note = f" <small>{_inline(block.note)}</small>" if block.note.plain else ""
        return f"<h{self._level}>{_lines(escape(block.text.plain))}{note}</h{self._level}>"

    def _table(self, block: blocks.Table) -> Iterator[str]:
        # What the heading says already is left to those who read without eyes.
        known = "" if block.title else ' class="hidden"'
        yield f"<table>\n<caption{known}>{escape(block.title or self._under)}</caption>\n<thead><tr>"
        for place, name in enumerate(block.columns):
            kind = _number(place in block.numbers)
            yield f'<th scope="col"{kind}>{escape(name)}</th>' if name else "<td></td>"
        yield "</tr></thead>\n<tbody>"
        widths = {place: _decimals(row[place].plain for row in block.rows) for place in block.numbers}
        for row in block.rows:
            cells = [
                _cell(cell, first=not place, decimals=widths.get(place), named=bool(block.columns[0]))
                for place, cell in enumerate(row)
            ]
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody>\n</table>"


def _cell(cell: Text, *, first: bool, decimals: int | None, named: bool) -> str:
    after = "" if decimals is None else "\u2007" * (decimals - _decimals([cell.plain]))
    kind = _number(decimals is not None)
    tag = 'th scope="row"' if first and named and cell.plain else "td"
    return f"<{tag}{kind}>{_inline(cell)}{after}</{tag.split()[0]}>"


def _number(is_number: bool) -> str:
    return ' class="n"' if is_number else ""


def _decimals(numbers: Iterable[str]) -> int:
    """How many places the decimal point and what is behind it take at most."""
    return max((len(number.partition(".")[2]) + ("." in number) for number in numbers), default=0)


def _simple(block: blocks.Block) -> Iterator[str]:
    if isinstance(block, blocks.Paragraph):
        indent = f' style="margin-left: {block.indent}ch"' if block.indent else ""
        if block.text.plain:
            yield f"<p{indent}>{_inline(block.text)}</p>"
    elif isinstance(block, blocks.Verbatim):
        yield f"<pre>{escape(block.text)}</pre>"
    elif isinstance(block, blocks.Bullets):
        mind = ' class="marked"' if block.mark.plain not in blocks.DASHES else ""
        items = "\n".join(f"<li>{_inline(blocks.marked(block, item))}</li>" for item in block.items)
        if items:
            yield f"<ul{mind}>\n{items}\n</ul>"
    elif isinstance(block, blocks.LabelledValues):
        yield from _pairs(block)
    elif isinstance(block, blocks.References):
        items = "\n".join(f"<li{_value(number)}>{_inline(text)}</li>" for number, text in block.items)
        yield f"<ol>\n{items}\n</ol>"
    elif isinstance(block, blocks.Notice):
        yield f'<p class="notice" role="note">{_inline(block.text)}</p>'


def _pairs(block: blocks.LabelledValues) -> Iterator[str]:
    """Labels with what belongs to each; a value without a label belongs to the one before it."""
    grouped: list[tuple[Text, list[Text]]] = []
    for label, value in block.rows:
        if label.plain or not grouped:
            grouped.append((label, [value]))
        else:
            grouped[-1][1].append(value)
    short = all(len(label.plain) <= _SHORT for label, _ in grouped)
    yield '<dl class="steps">' if short else "<dl>"
    for label, values in grouped:
        said = "".join(f"<dd>{_inline(value)}</dd>" for value in values)
        yield f"<div><dt>{_inline(label)}</dt>{said}</div>"
    yield "</dl>"


def _value(number: Text) -> str:
    digits = number.plain.strip(".[] ")
    return f' value="{digits}"' if digits.isdecimal() else ""


def _inline(text: Text) -> str:
    return "".join(map(_run, text.runs))


def _run(run: blocks.Run) -> str:
    said = _lines(_LONG.sub(r'<span class="long">\g<0></span>', escape(run.text)))
    if not run.style:
        return said
    look = LOOKS[run.style]
    coloured = f' class="{run.style}"' if look.colour is not None else ""
    tag = "strong" if look.bold else "em" if look.italic else "span"
    return f"<{tag}{coloured}>{said}</{tag}>"


def _lines(escaped: str) -> str:
    return escaped.replace("\n", "<br>\n")


def _sources(sources: Sequence[SourceNamed]) -> Iterator[str]:
    if not sources:
        return
    page = Page()
    rows = [[source.id, source.title, source.edition] for source in sources]
    page.table(["id", "title", "edition"], rows, title="Sources that this answer cites")
    yield "<h2>Sources</h2>"
    yield from _HtmlPainter().painted(page.blocks)


def _signatures() -> Iterator[str]:
    columns = "".join(f'<th scope="col">{name}</th>' for name in ("name", "signature", "date and time"))
    yield '<h2>To sign</h2>\n<table class="sign">\n<caption>Who worked this out, and who checked it</caption>\n'
    yield f"<thead><tr><td></td>{columns}</tr></thead>\n<tbody>"
    for who in ("Calculated by", "Checked by"):
        yield f'<tr><th scope="row">{who}</th><td></td><td></td><td></td></tr>'
    yield "</tbody>\n</table>"


def _footer(about: About) -> Iterator[str]:
    said = (
        ("command line", f"<code>{escape(about.command_line)}</code>"),
        ("made", f'<time datetime="{escape(about.made)}">{escape(about.made.replace("T", " "))}</time>'),
        ("library", f"edition {escape(about.edition)}"),
        ("program", f"mono {escape(about.version)}"),
    )
    yield "<footer>\n<dl>"
    yield from (f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in said)
    yield "</dl>\n<p>What no source here says is not said; nothing recorded is not proof of safety.</p>\n</footer>"
