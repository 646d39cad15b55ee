"""A prompt of many chat messages is the same text as one of a single message."""

from __future__ import annotations

from golong_data.making.sample import messages
from golong_data.prompts import Frame
from golong_data.rows.schema import prompt_of
from golong_data.types import Context, Message, Span

TEXT = "Hello.\n\nHi, what is it?\n\nNothing\n\nreally.\n\nFine.\n\n"
TURNS = ((0, "user"), (8, "assistant"), (25, "user"), (43, "assistant"))
TAIL = "Question: what was said?"


def context(turns: tuple[tuple[int, str], ...]) -> Context:
    return Context(TEXT, 20, ("a",), (Span("a", 25, 32),), turns)


def test_without_turns_all_is_one_user_message() -> None:
    """Head, context and tail as they stand."""
    parts = Frame("Read this.\n\n", TAIL)
    assert messages(parts, context(())) == (Message("user", f"Read this.\n\n{TEXT}{TAIL}"),)


def test_turns_become_messages() -> None:
    """The head is the system's, blank lines within a turn stay, the question ends the chat."""
    found = messages(Frame("Read this.\n\n", TAIL), context(TURNS))
    assert found == (
        Message("system", "Read this."),
        Message("user", "Hello."),
        Message("assistant", "Hi, what is it?"),
        Message("user", "Nothing\n\nreally."),
        Message("assistant", "Fine."),
        Message("user", TAIL),
    )


def test_the_joined_messages_are_the_one_message() -> None:
    """So evidence offsets count alike in both layouts."""
    for head in ("", "Read this.\n\n"):
        rows = [
            {"prompt": [{"content": m.content} for m in messages(Frame(head, TAIL), context(t))]}
            for t in ((), TURNS)
        ]
        assert prompt_of(rows[0]) == prompt_of(rows[1])
