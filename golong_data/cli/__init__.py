"""The command line: one click group, one module a command, nothing heavy at start-up."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping

import click

from golong_data import __version__
from golong_data.errors import UserError, did_you_mean

COMMANDS: Mapping[str, str] = {
    "build": "golong_data.cli.build:build",
    "list": "golong_data.cli.listing:listing",
    "show": "golong_data.cli.show:show",
    "ingest": "golong_data.cli.ingest:ingest",
    "validate": "golong_data.cli.validate:validate",
    "audit": "golong_data.cli.audit:audit",
    "stats": "golong_data.cli.stats:stats",
    "score": "golong_data.cli.score:score",
    "export": "golong_data.cli.export:export",
    "train": "golong_data.cli.train:train",
    "new": "golong_data.cli.new:new",
}
"""Verb -> "module:command". A command is imported only when it is needed."""

EPILOG = """\b
Examples:
  golong-data build --task numeric --ctx 64k
  golong-data show out/numeric-64k --index 3
  golong-data validate out/numeric-64k
"""


class _Lazy(click.Group):
    """A group that imports its commands on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(
                f'There is no command "{args[0]}". {did_you_mean(args[0], COMMANDS)}'
            )
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="golong-data")
def cli() -> None:
    """Turns real documents into long-context training data with verifiable rewards."""


def main() -> None:
    """Runs the command line. What a person can mend ends in one message and exit code 2."""
    try:
        cli.main(prog_name="golong-data", standalone_mode=False)
    except UserError as error:
        click.secho("Error: ", err=True, fg="red", bold=True, nl=False)
        click.echo(str(error), err=True)
        sys.exit(2)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.Abort:
        click.echo("Interrupted. What was finished is kept; add --resume to go on.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        # The reader went away (a pager, `head`): no reason for a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
