"""A user's own folder with every kind of mistake: each is told with its place, nothing hangs, nothing runs away,
nothing is answered.
"""

from __future__ import annotations

import json
import os
import socket
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from small_checkout import ROOT_ONLY, WITHOUT_OVERRIDE, Checkout

import tiny
from harmless import harmless
from monocli.library import building
from monocli.library.errors import InvalidLibrary
from monocli.library.problems import Problem

HEAD = "id: x\ntitle: X\nsource: book\n"
LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A program beside a tiny library, never run before."""
    return Checkout(tmp_path)


def problems(base: Path) -> list[Problem]:
    """What is wrong with the folder "user" below `base`, laid over the tiny library; nothing where nothing is."""
    try:
        building.load(tiny.places_of(base, base / "user"))
    except InvalidLibrary as error:
        return error.problems
    return []


MISTAKES: dict[str, tuple[str | bytes, str]] = {
    "laughs": (LAUGHS, "not-plain"),
    "a merge key": (HEAD + "base: &b {a: c}\nnames: [{<<: *b}]\n", "not-plain"),
    "a Python object": (HEAD + "note: !!python/object/apply:os.system [echo]\n", "not-plain"),
    "a tag": (HEAD + "note: !!binary aGk=\n", "not-plain"),
    "a local tag": (HEAD + "note: !x y\n", "not-plain"),
    "two documents": (HEAD + "---\n" + HEAD, "not-plain"),
    "too deep": (HEAD + "note: " + "[" * 5000, "not-plain"),
    "deep blocks": ("".join(" " * i + "a:\n" for i in range(500)), "not-plain"),
    "huge": (HEAD + "#" * 9_000_000, "too-large"),
    "many values": (HEAD + "names: [" + "a," * 300_000 + "a]\n", "too-large"),
    "empty": ("", "empty"),
    "only a comment": ("# nothing\n", "empty"),
    "only a byte order mark": ("\ufeff", "empty"),
    "NUL": (HEAD + "note: a\0b\n", "not-yaml"),
    "NULs": (b"\0" * 4096, "not-yaml"),
    "UTF-16": ((HEAD).encode("utf-16"), "not-utf8"),
    "Latin-1": ((HEAD + "note: é\n").encode("latin-1"), "not-utf8"),
    "a lone surrogate": ((HEAD + "note: \ud800\n").encode("utf-8", "surrogatepass"), "not-utf8"),
    "a surrogate escape": (HEAD + 'note: "\\ud800"\n', "not-yaml"),
    "a terminal escape": (HEAD + 'note: "\\e[31mred"\n', "unprintable"),
    "a raw terminal escape": (HEAD + "note: \x1b[31mred\n", "not-yaml"),
    "a window title in a key": (HEAD + '"\\e]0;x\\a": y\n', "unprintable"),
    "C1": (HEAD + 'note: "\\x9b31m"\n', "unprintable"),
    "DEL": (HEAD + 'note: "a\\x7f"\n', "unprintable"),
    "bidi": (HEAD + "note: a\u202eb\n", "unprintable"),
    "isolates": (HEAD + "names: [{name: \u2066x\u2069, kind: BAN}]\n", "unprintable"),
    "zero width": (HEAD + "names: [{name: ab\u200bc, kind: BAN}]\n", "unprintable"),
    "a carriage return": (HEAD + 'note: "x\\ry"\n', "unprintable"),
    "a tab inside": (HEAD + "note: x\ty\n", "unprintable"),
    "a line separator": (HEAD + 'note: "x\\Ly"\n', "unprintable"),
    "a line break in a title": ('id: x\ntitle: "X\\nError: forged"\nsource: book\n', "line-break"),
    "a line break in a name": (HEAD + 'names: [{name: "A\\nError: forged", kind: BAN}]\n', "line-break"),
    "a name of two lines": (HEAD + "names:\n  - kind: BAN\n    name: |\n      A\n      B\n", "line-break"),
    "a line break in a key": (HEAD + '"no\\nte": y\n', "line-break"),
    "a weight that is no number": (HEAD + "chemistry: {molecular_weight: nan}\n", "pattern"),
    "a weight without end": (HEAD + "chemistry: {molecular_weight: -.inf}\n", "pattern"),
    "a weight that is infinite": (HEAD + "chemistry: {molecular_weight: about Infinity}\n", "pattern"),
    "a weight with an exponent": (HEAD + "chemistry: {others: [{of: x, molecular_weight: 1e400}]}\n", "pattern"),
    "a number that is not one": (
        HEAD + "sections: [{id: a, title: A, references: [{number: nan, authors: B, title: C}]}]\n",
        "whole_number",
    ),
    "a tab for indentation": (HEAD + "names:\n\t- {name: A, kind: BAN}\n", "not-yaml"),
    "a list": ("- a\n- b\n", "dict_type"),
    "text": ("hello\n", "dict_type"),
    "a key twice": (HEAD + "title: Y\n", "duplicate-key"),
    "a key that is a list": (HEAD + "? [a]\n: b\n", "bad-key"),
    "no value": (HEAD + "note:\n", "no-value"),
    "null": (HEAD + "note: ~\n", "no-value"),
    "a flag that is a list": (HEAD + "sections: [{id: a, title: A, see: [{text: a, supplied: []}]}]\n", "flag"),
    "a flag that is a mapping": (HEAD + "sections: [{id: a, title: A, see: [{text: a, supplied: {}}]}]\n", "flag"),
    "a number that is none": (
        HEAD + "sections: [{id: a, title: A, statements: [{text: a, references: [1_0]}]}]\n",
        "whole_number",
    ),
    "a number without end": (
        HEAD + f"sections: [{{id: a, title: A, statements: [{{text: a, references: [{'9' * 5000}]}}]}}]\n",
        "whole_number",
    ),
    "an unknown key": (HEAD + "colour: red\n", "extra_forbidden"),
    "another id": ("id: y\ntitle: X\nsource: book\n", "id-not-file-name"),
    "an unclosed bracket": (HEAD + "names: [", "not-yaml"),
    "an unclosed quotation": (HEAD + 'note: "x', "not-yaml"),
    "a directive": ("%YAML 9.9\n---\n" + HEAD, "not-yaml"),
    "ten thousand problems": (HEAD + "names: [" + "{}," * 10_000 + "{}]\n", "more-problems"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_file(tmp_path: Path, mistake: str) -> None:
    content, code = MISTAKES[mistake]
    path = tmp_path / "user" / "monographs" / "x.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    begun = time.monotonic()
    found = problems(tmp_path)
    assert time.monotonic() - begun < 20
    assert code in {problem.code for problem in found}
    for problem in found:
        assert problem.file.endswith("x.yaml")
        assert problem.line >= 1
        assert problem.column >= 1
        assert len(problem.message) < 300


@pytest.mark.parametrize(
    "content",
    [
        HEAD.replace("\n", "\r\n"),
        "\ufeff" + HEAD,
        HEAD.rstrip(),
        "---\n" + HEAD,
        HEAD + "...\n",
        HEAD + 'note: "2\u00a0g"\n',
        HEAD + "note: |\n  one\n  two\n",
        HEAD + "note: >\n  one\n  two\n",
        HEAD + "chemistry: {molecular_weight: about 15 000}\n",
        HEAD + "chemistry: {molecular_weight: 589.7}\n",
    ],
)
def test_what_editors_do_is_no_mistake(tmp_path: Path, content: str) -> None:
    path = tmp_path / "user" / "monographs" / "x.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(content.encode())
    assert problems(tmp_path) == []


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _socket(path: Path) -> None:
    os.mknod(path, 0o140644)


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def _outside(path: Path) -> None:
    (path.parent.parent.parent / "elsewhere.yaml").write_text(HEAD)
    path.symlink_to("../../elsewhere.yaml")


def _password(path: Path) -> None:
    path.symlink_to("/etc/passwd")


THINGS: list[tuple[Callable[[Path], None], str]] = [
    (_fifo, "unreadable"),
    (_device, "outside"),
    (_socket, "unreadable"),
    (_folder, "unreadable"),
    (_loop, "unreadable"),
    (_dangling, "unreadable"),
    (_outside, "outside"),
    (_password, "outside"),
]


@pytest.mark.parametrize(("thing", "code"), THINGS)
def test_a_thing_that_is_no_file(tmp_path: Path, thing: Callable[[Path], None], code: str) -> None:
    path = tmp_path / "user" / "monographs" / "x.yaml"
    path.parent.mkdir(parents=True)
    try:
        thing(path)
    except PermissionError:
        pytest.skip("not allowed to make one")
    assert [problem.code for problem in problems(tmp_path)] == [code]


def test_a_folder_that_leads_out(tmp_path: Path) -> None:
    tiny.write(tmp_path / "elsewhere", {"x.yaml": HEAD})
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "monographs").symlink_to("../elsewhere")
    assert [problem.code for problem in problems(tmp_path)] == ["outside"]


def test_folders_that_lead_round_in_a_circle(tmp_path: Path) -> None:
    tiny.write(tmp_path / "user", {"monographs/x.yaml": HEAD})
    (tmp_path / "user" / "round").symlink_to(".")
    (tmp_path / "user" / "up").symlink_to("..")
    assert {problem.code for problem in problems(tmp_path)} == {"unknown-file", "outside"}


@pytest.mark.parametrize(
    "name",
    [
        "x.yml",
        "X.YAML",
        "monographs/x.yml",
        "monographs/X.Yaml",
        "monographs/deeper/x.yaml",
        "drugs/x.yaml",
        "x.yaml",
        "monograph/x.yaml",
    ],
)
def test_a_file_in_the_wrong_place_is_not_overlooked(tmp_path: Path, name: str) -> None:
    tiny.write(tmp_path / "user", {name: HEAD})
    assert [problem.code for problem in problems(tmp_path)] == ["unknown-file"]


def test_what_hides_is_left_alone(tmp_path: Path) -> None:
    tiny.write(
        tmp_path / "user",
        {
            ".git/x.yaml": "[",
            "monographs/.x.yaml": "[",
            ".hooks.yaml": "[",
            "notes.txt": "x",
            "monographs/x.cases.yaml": "[",
        },
    )
    (tmp_path / "user" / "monographs" / ".#x.yaml").symlink_to("someone@host.1:2")
    assert problems(tmp_path) == []


def test_a_name_in_no_encoding(tmp_path: Path) -> None:
    folder = tmp_path / "user" / "monographs"
    folder.mkdir(parents=True)
    Path(os.fsdecode(bytes(folder) + b"/\xff\x1b[31m.yaml")).write_text(HEAD)
    assert problems(tmp_path)


@pytest.mark.parametrize(
    "folder",
    [
        "nowhere",
        "file",
        "dangling",
        "loop",
        "x" * 300,
        "y" * 5000,
        "\x1b[31mred",
        "\udcff",
        "~nobody-here/x",
        "%s{}$(id)",
    ],
)
def test_a_folder_that_is_none(checkout: Checkout, folder: str) -> None:
    (checkout.base / "file").write_text("x")
    (checkout.base / "dangling").symlink_to("nowhere")
    (checkout.base / "loop").symlink_to("loop")
    for named in (folder, str(checkout.base / folder)) if not folder.startswith("~") else (folder,):
        code, out, err = checkout.run("show", "betakin", "--json", env={"MONO_LIBRARY": named}, cwd=checkout.base)
        assert (code, err) == (4, b"")
        (problem,) = json.loads(out)["errors"][0]["problems"]
        assert problem["code"] == "no-such-folder"
        code, shown, err = checkout.run("show", "betakin", env={"MONO_LIBRARY": named}, cwd=checkout.base)
        assert (code, shown) == (4, b"")
        assert harmless(err.decode())


def test_a_relative_folder_and_one_that_goes_away(checkout: Checkout) -> None:
    tiny.write(checkout.user, {"monographs/x.yaml": HEAD})
    ask = {"env": {"MONO_LIBRARY": "user"}, "cwd": checkout.base}
    assert checkout.run("show", "x", "--json", **ask)[0] == 0
    assert checkout.run("show", "x", "--json", env={"MONO_LIBRARY": "user"}, cwd=checkout.home)[0] == 4
    (checkout.user / "monographs" / "x.yaml").unlink()
    assert checkout.run("show", "x", "--json", **ask)[0] == 1
    (checkout.user / "monographs").rmdir()
    checkout.user.rmdir()
    assert checkout.run("show", "betakin", "--json", **ask)[0] == 4


def test_a_current_folder_that_is_gone(checkout: Checkout) -> None:
    gone = checkout.base / "gone"
    gone.mkdir()
    ask = {"cwd": gone, "preexec_fn": gone.rmdir}
    assert checkout.answers(**ask)
    gone.mkdir()
    assert checkout.run("show", "betakin", "--json", env={"MONO_LIBRARY": "user"}, **ask)[0] == 4


@ROOT_ONLY
@pytest.mark.parametrize("what", ["", "monographs", "monographs/x.yaml"])
def test_what_may_not_be_read_is_told(checkout: Checkout, what: str) -> None:
    tiny.write(checkout.user, {"monographs/x.yaml": HEAD})
    (checkout.user / what).chmod(0o000)
    code, out, err = checkout.run(
        "show", "betakin", "--json", env={"MONO_LIBRARY": str(checkout.user)}, before=WITHOUT_OVERRIDE
    )
    assert (code, err) == (4, b"")
    assert [problem["code"] for problem in json.loads(out)["errors"][0]["problems"]] == ["unreadable"]


def test_every_problem_is_shown_without_harm(checkout: Checkout) -> None:
    for number, (content, _) in enumerate(MISTAKES.values()):
        if len(content) < 10_000:
            path = checkout.user / "monographs" / f"\x1b[31mm{number}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for command in (
        ["show", "betakin"],
        ["data", "check"],
        ["data", "check", "--format", "md"],
        ["data", "check", "--format", "csv"],
        ["data", "where"],
    ):
        for form in ([], ["--json"]):
            code, out, err = checkout.run(
                *command, *(form if "--format" not in command else []), env={"MONO_LIBRARY": str(checkout.user)}
            )
            assert code == (0 if "where" in command else 4)
            assert harmless(out.decode().replace("\r\n", "\n"))
            assert harmless(err.decode())
            assert b"Traceback" not in err
            if form and "--format" not in command:
                json.loads(out)


def test_markup_and_other_scripts_in_names_are_names(checkout: Checkout) -> None:
    names = [
        "[oral]",
        "[bold]x[/bold]",
        "[link=file:///etc/passwd]y[/link]",
        ":smile:",
        "${HOME}",
        "%s",
        "{0}",
        "\\n",
        "<b>",
        "`id`",
        "名前",
        "اسم",
        "שם",
        "a\u0301",
        "💊x",
    ]
    entries = "".join(f"  - {{name: {json.dumps(name, ensure_ascii=False)}, kind: BAN}}\n" for name in names)
    tiny.write(checkout.user, {"monographs/x.yaml": f"{HEAD}names:\n{entries}"})
    env = {"MONO_LIBRARY": str(checkout.user), "COLUMNS": "200"}
    code, out, err = checkout.run("lookup", "x", env=env)
    assert (code, err) == (0, b"")
    shown = out.decode()
    for name in names:
        assert name in shown
        found = json.loads(checkout.run("lookup", "--json", "--", name, env=env)[1])["data"]["results"][0]
        assert found["status"] == "exact", name
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in shown)


def test_a_megabyte_in_one_name(checkout: Checkout) -> None:
    given = checkout.base / "names"
    given.write_bytes(b"betakin\n" * 2000 + b"x" * 1_000_000 + b"\n" + b"\xff" * 100 + b"\nbetakin")
    with given.open("rb") as stdin:
        code, out, err = checkout.run("lookup", "-", "--format", "jsonl", stdin=stdin)
    assert (code, err) == (1, b"")
    lines = out.decode().splitlines()
    assert len(lines) == 2003
    assert max(map(len, lines)) < 5000
    with given.open("rb") as stdin:
        code, out, err = checkout.run("units", "-", "--format", "jsonl", stdin=stdin)
    assert len(out.splitlines()) == 2003


def test_ten_megabytes_in_one_file_of_names(tmp_path: Path) -> None:
    many = "".join(f"  - {{name: name {number}, kind: BAN}}\n" for number in range(30_000))
    tiny.write(tmp_path / "user", {"monographs/x.yaml": f"{HEAD}names:\n{many}"})
    assert problems(tmp_path) == []


def test_no_socket_is_opened() -> None:
    with pytest.raises(AssertionError):
        socket.create_connection(("localhost", 1))
