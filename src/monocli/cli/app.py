"""The commands, each loaded only when it is asked for, with the options that all of them share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer._click.exceptions import NoSuchOption
from typer.core import TyperCommand, TyperGroup, TyperOption

from monocli.cli.exits import BAD_INPUT
from monocli.records.record import Record
from monocli.result import Result

if TYPE_CHECKING:
    from types import ModuleType

    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter
    from typer._click.parser import _ParsingState
    from typer._click.shell_completion import CompletionItem

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
DETAILED = ("lookup", "brands", "dose", "adjust", "interactions", "compat", "units", "calc")
"""Commands that show more of an answer with `--details`."""
SHEETS = ("dose", "adjust", "interactions", "compat", "units", "calc")
"""Commands whose answer can be printed as a sheet to sign (`--format html`)."""
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


class Invocation(Record):
    """A command that has run: what it gave back, and how the user wants it shown."""

    command: str
    outcome: Result | Iterator[Result]
    format: str
    color: str
    arguments: tuple[str, ...] = ()


class WholeOptions:
    """Reads what follows one dash as one option: `-weight` is an option that there is not, never `-h` among others. A
    negative number ("-5h") is none where the command leaves unknown options to its own reader."""

    def make_parser(self, ctx: Context) -> Any:  # what it patches is private to the parser
        parser: Any = super().make_parser(ctx)  # type: ignore[misc]
        read = parser._match_short_opt

        def match(word: str, state: _ParsingState) -> None:
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

    def list_commands(self, ctx: Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.commands[cmd_name] = load(cmd_name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(ABOUT.items()))

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Commands or options that begin as typed, without loading any command."""
        from typer._click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super(TyperGroup, self).shell_complete(ctx, incomplete)
        return [CompletionItem(name, help=about) for name, about in ABOUT.items() if name.startswith(incomplete)]


def load(name: str) -> Command:
    """The command of this name as typer sees it."""
    module = import_module(f"monocli.cli.{name}" if name != "help" else "monocli.cli.help_topics")
    if hasattr(module, "GROUP"):
        return grouped(module.GROUP, name, module)
    return single(wrap(getattr(module, name if name != "help" else "help_topic"), module, name), name, module)


class OnceCommand(WholeOptions, TyperCommand):
    """A command that refuses an option given twice: which of two weights was meant is not for the program to pick."""

    def make_parser(self, ctx: Context) -> Any:
        parser = super().make_parser(ctx)
        read = parser.parse_args

        def parsed(args: list[str]) -> Any:
            found = read(args=args)
            order = found[-1]
            for option in order:
                takes_one = isinstance(option, TyperOption) and not option.multiple and not option.is_flag
                if takes_one and order.count(option) > 1:
                    ctx.fail(f"Option {option.opts[0]} is given more than once.")
            return found

        parser.parse_args = parsed
        return parser


def single(function: Callable[..., Invocation], name: str, module: ModuleType) -> Command:
    """A typer command made of one function."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    settings = {"help_option_names": ["-h", "--help"], **getattr(module, "CONTEXT_SETTINGS", {})}
    app.command(name, cls=OnceCommand, context_settings=settings)(function)
    return typer.main.get_command(app)


def grouped(functions: tuple[Callable[..., Result]], name: str, module: ModuleType) -> Command:
    """A command of commands, each made of one function: "mono data check". A name that Python keeps for itself has an
    underscore behind it."""
    settings = {"help_option_names": ["-h", "--help"]}
    app = typer.Typer(
        cls=TyperGroup,
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=True,
        help=module.__doc__,
        context_settings=settings,
    )
    for function in functions:
        below = function.__name__.rstrip("_")
        app.command(below, cls=OnceCommand, context_settings=settings)(wrap(function, module, f"{name}-{below}"))
    return typer.main.get_command(app)


def wrap(
    function: Callable[..., Result | Iterator[Result]], module: ModuleType, name: str
) -> Callable[..., Invocation]:
    """The function with `session` taken from the context and the shared options added."""
    formats = getattr(module, "FORMATS", FORMATS) + (("html",) if name in SHEETS else ())
    # Commands import Session for type checkers only, so that the name stands for nothing when annotations are read
    # here. Their other annotations are no texts (no `from __future__ import annotations`): typer would compile those
    # at every start.
    signature = inspect.signature(function, eval_str=True, locals={"Session": object})
    own = [p.replace(kind=p.KEYWORD_ONLY) for p in signature.parameters.values() if p.name != "session"]

    def run(*, ctx: typer.Context, details: bool = False, **values: Any) -> Invocation:
        format, as_json, color = values.pop("format"), values.pop("as_json"), values.pop("color")
        session: Session = ctx.find_root().obj
        takes_format = "format" in signature.parameters
        chosen = "json" if as_json else format
        more = {"format": chosen} if takes_format else {}
        outcome = function(session, **values, **more)
        if chosen == "html" and not isinstance(outcome, Result):
            outcome = one_answer_only(name)
        options = {**values, "details": details}
        shown = outcome.replaced(shown=options) if isinstance(outcome, Result) else _shown(outcome, options)
        return Invocation(name, shown, chosen, color)

    run.__doc__ = function.__doc__
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    shared = [*([_DETAILS] if name in DETAILED else []), *_shared_options(formats)]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [context, *(p for p in own if p.name != "format"), *shared]
    )
    # The signature says it all. Of annotations beside it typer would work out each once more, twice a start.
    run.__annotations__ = {}
    return run


def one_answer_only(command: str) -> Result:
    """The refusal of a sheet for a stream of answers."""
    error = {"code": "usage", "message": "a sheet (--format html) holds one answer, and this is a stream of them"}
    return Result(command, "error", BAD_INPUT, errors=[error])


def _shown(outcome: Iterator[Result], options: dict[str, Any]) -> Iterator[Result]:
    return (result.replaced(shown=options) for result in outcome)


_DETAILS = inspect.Parameter(
    "details",
    inspect.Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[bool, typer.Option("--details", help="Show all of the answer, not only what leads.")],
)


def _shared_options(formats: tuple[str, ...]) -> list[inspect.Parameter]:
    choice: object = Literal[formats]
    color: object = Literal["auto", "always", "never"]
    options = (
        ("format", Annotated[choice, typer.Option("--format", "-f", help="How to print the answer.")], "table"),
        ("as_json", Annotated[bool, typer.Option("--json", help="Short for --format json.")], False),
        ("color", Annotated[color, typer.Option("--color", help="When to use colour.")], "auto"),
    )
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, annotation, default in options
    ]


def root() -> Command:
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
