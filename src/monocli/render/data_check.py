"""Problems of library data as `file:line:column: path: message`, a line each, which editors and CI can follow."""

from __future__ import annotations

from monocli.render.page import Page, problem_line
from monocli.result import Result


def table(result: Result, page: Page) -> None:
    """One line a problem; nothing but the count where there is none."""
    data = result.data or {}
    for problem in data["problems"]:
        page.unfolded(problem_line(problem))
    for warning in data["warnings"]:
        page.unfolded(f"warning: {problem_line(warning)}")
    if not data["problems"]:
        own = f", {data['own_files']} of them your own" if "own_files" in data else ""
        page.line(f"{data['files']} files{own}, no problem found: {', '.join(data['paths'])}")


def rows(result: Result) -> tuple[list[str], list[list[str]]]:
    """One line a problem or warning."""
    columns, data = ["file", "line", "column", "path", "code", "message"], result.data or {}
    return columns, [[str(said[c]) for c in columns] for said in (*data["problems"], *data["warnings"])]
