"""Any setting of TMNConfig as a flag, from the command line and from a recipe alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from transformers import HfArgumentParser

from golong_data.errors import UserError, did_you_mean
from golong_data.train.config import TMNConfig
from golong_data.train.recipe import as_flags

OURS = frozenset({"output_dir", "do_train", "do_eval", "do_predict", "resume_from_checkpoint"})
"""Settings that the command decides itself."""


class _Parser(HfArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError(
            f"{message}.", where="training settings", remedy="See: golong-data train --help"
        )


def parse_settings(
    recipe: Mapping[str, Any], flags: Sequence[str], *, where: str, output_dir: str
) -> TMNConfig:
    """TMNConfig from a recipe's `trl` key and flags as typed, which have the last word.

    Raises UserError for a name that there is not, a value that does not fit, and for settings
    that contradict each other.
    """
    known = [f.name for f in dataclasses.fields(TMNConfig) if f.init and f.name not in OURS]
    for name in recipe:
        _check(name, known, where)
    for flag in flags:
        if flag.startswith("--"):
            _check(flag[2:].partition("=")[0].replace("-", "_"), known, "command line")
    parser = _Parser(TMNConfig, allow_abbrev=False, add_help=False)
    typed = [*as_flags(recipe), *flags, "--output_dir", output_dir]
    try:
        args, rest = parser.parse_args_into_dataclasses(typed, return_remaining_strings=True)
    except (ValueError, ImportError) as error:
        raise UserError(
            f"{str(error).rstrip('.')}.", where="training settings", remedy="Change one of them."
        ) from error
    if rest:
        raise UserError(
            f'"{rest[0]}" belongs to no flag.',
            where="command line",
            remedy="Write settings as --learning-rate 1e-5.",
        )
    found: TMNConfig = args
    return found


def _check(name: str, known: Sequence[str], where: str) -> None:
    if name in known or name.removeprefix("no_") in known:
        return
    if name in OURS:
        raise UserError(
            f"{name} is decided by the command.",
            where=where,
            remedy="Use --out, --resume and --eval-only.",
        )
    # There are some two hundred: naming them all would help nobody.
    hint = did_you_mean(name, known).partition(" Known:")[0]
    remedy = hint if hint.startswith("Did") else "Settings are those of TRL's GRPOConfig."
    raise UserError(f'there is no setting "{name}".', where=where, remedy=remedy)
