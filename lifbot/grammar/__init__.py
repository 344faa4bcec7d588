"""A command's typed signature is its grammar: what is typed, what a form asks and what help says come from it.

`key:value` in any order, a value running to the next known key or the end; some arguments are also introduced by a
plain word ("because …", "instead …"); what stands before all of these is the reference and the command's own words.
"""

from lifbot.grammar.signature import Arg, ArgKind, Command, command, own_words
from lifbot.grammar.typed import (
    LONGEST_LINE,
    clip,
    line,
    one_at_a_time,
    parse,
    refuse_long,
    refuse_unusable,
    split_keys,
    unquote,
)

__all__ = [
    "LONGEST_LINE",
    "Arg",
    "ArgKind",
    "Command",
    "clip",
    "command",
    "line",
    "one_at_a_time",
    "own_words",
    "parse",
    "refuse_long",
    "refuse_unusable",
    "split_keys",
    "unquote",
]
