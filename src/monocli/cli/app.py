"""The commands, each loaded only when it is asked for, with the options that all of them share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer
from typer._click.exceptions import NoSuchOption
from typer.core import TyperCommand, TyperGroup, TyperOption

from monocli.result import Result

if TYPE_CHECKING:
    from monocli.cli.session import Session

ABOUT = {
    "lookup": "which drug is this? any name, code, brand or number",
    "show": "its monograph, by section, with the literature",
    "search": "full text over everything",
    "refs": "the literature; also BibTeX, RIS, CSL-JSON",
    "brands": "proprietary names by country",
    "dose": "the printed dose for an indication and a patient",
    "adjust": "withhold, resume, reduce or raise a dose",
    "interactions": "what is recorded between drugs",
    "compat": "may it be mixed, diluted or kept so?",
    "units": "IU, Nutley and Cetus units, mass, base and salt",
    "calc": "clinical formulas: renal, area, QTc, pumps, dilution",
    "labels": "import real labels; list, show, compare them",
    "sources": "the source behind an id: edition, licence, use",
    "data": "check the library, say where it lies, its schemas",
    "help": "topics: exit codes, JSON, safety, your own data",
}
"""Command → what it answers, in the order in which help lists them; written here so that the list loads none of
them."""
COMMANDS = tuple(ABOUT)
"""Each is the module and the function of this name in this package."""
BELOW = {"data": ("check", "where", "schema"), "labels": ("import", "list", "show", "diff", "remove", "where")}
"""Commands that stand below another."""

FORMATS = ("table", "json", "csv", "md")
HELP = """Which drug is it, what is known of it, how much is given, what must not meet it:
exact, with the source, offline.

\b
Examples:
  mono lookup STI-571                  which drug is this?
  mono show imatinib kidneys           what is known of it
  mono dose imatinib --indication gist
  mono interactions imatinib warfarin
  mono compat aldesleukin lorazepam
  mono units 18e6 --to mg              IU to mass
  mono calc qtc qt=400 heart-rate=75   a clinical formula, with its source

\b
Every command: --json for programs, --help for examples.
Before acting on an answer, read "mono help safety".
"""


class Invocation(NamedTuple):
    """A command that has run: what it gave back, and how the user wants it shown."""

    command: str
    outcome: Result | Iterator[Result]
    format: str
    color: str
    options: dict[str, Any]


class WholeOptions:
    """Reads what follows one dash as one option: `-weight` is an option that there is not, never `-h` among others. A
    negative number ("-5h") is none where the command leaves unknown options to its own reader."""

    def make_parser(self, ctx: Any) -> Any:
        parser: Any = super().make_parser(ctx)  # type: ignore[misc]
        read = parser._match_short_opt

        def match(word: str, state: Any) -> None:
            name = word.partition("=")[0]
            known = parser._short_opt.get(word[:2])
            if parser.ignore_unknown_options and is_negative_number(word):
                state.largs.append(word)
            elif f"-{name}" in parser._long_opt or (len(word) > len("-x") and not (known and known.takes_value)):
                raise NoSuchOption(name, possibilities=list(parser._long_opt), ctx=ctx)
            else:
                read(word, state)

        parser._match_short_opt = match
        return parser


def is_negative_number(word: str) -> bool:
    """Whether a word that begins with a dash is no option but what a reader of numbers has to say something of."""
    return not (word.startswith("--") or word[1:2].isalpha()) or word[1:4].casefold() in ("inf", "nan")


class LazyGroup(WholeOptions, TyperGroup):
    """Finds a command by importing its module, so that one command never pays for another."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.commands[cmd_name] = load(cmd_name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        with formatter.section("Commands"):
            formatter.write_dl(list(ABOUT.items()))

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:  # type: ignore[override]
        """Commands or options that begin as typed, without loading any command."""
        from typer._click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super(TyperGroup, self).shell_complete(ctx, incomplete)
        return [CompletionItem(name, help=about) for name, about in ABOUT.items() if name.startswith(incomplete)]


def load(name: str) -> Any:
    """The command of this name as typer sees it."""
    module = import_module(f"monocli.cli.{name}" if name != "help" else "monocli.cli.help_topics")
    if hasattr(module, "GROUP"):
        return module.GROUP(wrap)
    return single(wrap(getattr(module, name if name != "help" else "help_topic"), module, name), name, module)


class OnceCommand(WholeOptions, TyperCommand):
    """A command that refuses an option given twice: which of two weights was meant is not for the program to pick."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        for option in order:
            takes_one = isinstance(option, TyperOption) and not option.multiple and not option.is_flag
            if takes_one and order.count(option) > 1:
                ctx.fail(f"Option {option.opts[0]} is given more than once.")
        return super().parse_args(ctx, args)


def single(function: Callable[..., Any], name: str, module: Any) -> Any:
    """A typer command made of one function."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    settings = {"help_option_names": ["-h", "--help"], **getattr(module, "CONTEXT_SETTINGS", {})}
    app.command(name, cls=OnceCommand, context_settings=settings)(function)
    return typer.main.get_command(app)


def wrap(function: Callable[..., Any], module: Any, name: str) -> Callable[..., Invocation]:
    """The function with `session` taken from the context and the shared options added."""
    formats = getattr(module, "FORMATS", FORMATS)
    # Commands import Session for type checkers only, so that the name stands for nothing when annotations are read
    # here.
    signature = inspect.signature(function, eval_str=True, locals={"Session": object})
    own = [p.replace(kind=p.KEYWORD_ONLY) for p in signature.parameters.values() if p.name != "session"]

    def run(*, ctx: typer.Context, **values: Any) -> Invocation:
        format, as_json, color = values.pop("format"), values.pop("as_json"), values.pop("color")
        session: Session = ctx.find_root().obj
        takes_format = "format" in signature.parameters
        chosen = "json" if as_json else format
        more = {"format": chosen} if takes_format else {}
        outcome = function(session, **values, **more)
        return Invocation(name, outcome, chosen, color, values)

    run.__doc__ = function.__doc__
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    shared = _shared_options(formats)
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [context, *(p for p in own if p.name != "format"), *shared]
    )
    run.__annotations__ = {p.name: p.annotation for p in (context, *own, *shared)}
    return run


def _shared_options(formats: tuple[str, ...]) -> list[inspect.Parameter]:
    choice: Any = Literal[formats]
    color: Any = Literal["auto", "always", "never"]
    options = (
        ("format", Annotated[choice, typer.Option("--format", "-f", help="How to print the answer.")], "table"),
        ("as_json", Annotated[bool, typer.Option("--json", help="Short for --format json.")], False),
        ("color", Annotated[color, typer.Option("--color", help="When to use colour.")], "auto"),
    )
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, annotation, default in options
    ]


def root() -> Any:
    """The whole program as a typer group."""
    app = typer.Typer(
        cls=LazyGroup,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(help=HELP, invoke_without_command=True)
    def mono(
        ctx: typer.Context,
        version: Annotated[
            bool, typer.Option("--version", help="Print the version and the edition of the library.")
        ] = False,
    ) -> None:
        if version:
            from monocli import __version__

            session: Session = ctx.find_root().obj
            typer.echo(f"mono {__version__}, library edition {session.library.edition}")
            raise typer.Exit(0)
        if ctx.invoked_subcommand is None:
            typer.echo(ctx.get_help())
            raise typer.Exit(0)

    return typer.main.get_command(app)
