r"""The helper process that compares expressions, and the means to ask it.

Comparing two expressions means running a computer algebra system on text that a model
wrote: an integral over a tower of powers never ends, and a signal-based time limit works on the
main thread only. So math-verify runs in a process of its own, started at the first question and
killed when an answer is late. That bound holds on every thread, in daemonic pool workers and in
actors of a cluster alike, because the helper is a plain child with two pipes: `subprocess`
asks for nothing that those forbid.

The protocol is one JSON object a line. The helper first says {"ready": true}, then answers
each {"gold", "answer", "tolerance", "rel_tolerance", "seconds"} with {"status"}, one of
"equal", "different", "gold" (the gold cannot be parsed), "unreadable" (the answer cannot),
"memory" (the limit was met, after which the helper ends) or "error". With "text" in place of
"answer" and the tolerances, the text is searched for the answer as the published reward code
does it (profile `golong`). The helper's memory is limited to `_MAX_BYTES`. It ends when its
standard input closes and, should its parent die in the middle of a question, by an alarm of
its own.

This module is both sides: `Helper` is the parent's, `main` what the child runs as
``python -m golong_data.metrics.math_worker``. Only the child imports math-verify.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

START_SECONDS = 120.0
"""How long a helper may take to import math-verify; not part of a question's time."""
RETRY_SECONDS = 30.0
"""After a helper could not be started, no new attempt is made for this long."""
_MODULE = "golong_data.metrics.math_worker"
_MAX_BYTES = 2 << 30
_GRACE_SECONDS = 10.0
_OUT_OF_MEMORY = b'{"status": "memory"}\n'
"""The last words of a helper that met its limit."""

Reply = Mapping[str, Any]


class Helper:
    """One child process behind a lock; `ask` is safe on any thread and after a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._retry_at = 0.0

    def ask(self, question: Mapping[str, Any], seconds: float) -> Reply:
        """The helper's reply, or {"status": "timeout" | "crash" | "start"}.

        At most `seconds` from the question on; waiting for other threads' questions, and
        for the start of the helper, comes on top and is bounded as well.
        """
        line = json.dumps({**question, "seconds": seconds}).encode() + b"\n"
        with self._lock:
            if self._child is not None and self._child.poll() is not None:
                self._stop()
            if self._child is None and not self._start():
                return {"status": "start"}
            return self._exchange(line, seconds)

    def close(self) -> None:
        """Ends the helper; the next question starts another.

        A question that another thread is waiting for is given one second more.
        """
        locked = self._lock.acquire(timeout=1.0)
        try:
            self._stop()
        finally:
            if locked:
                self._lock.release()

    def forget(self) -> None:
        """In a forked child: lets go of the parent's helper without disturbing it."""
        self._lock = threading.Lock()
        child, self._child = self._child, None
        if child is not None:
            _close_pipes(child)
            child.returncode = 0  # not ours to wait for

    def _start(self) -> bool:
        if time.monotonic() < self._retry_at or not sys.executable:
            return False
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-W", "ignore", "-m", _MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=_environment(),
            )
        except (OSError, ValueError):
            self._retry_at = time.monotonic() + RETRY_SECONDS
            return False
        ready = self._exchange(b"", START_SECONDS).get("ready") is True
        if not ready:
            self._stop()
            self._retry_at = time.monotonic() + RETRY_SECONDS
        return ready

    def _exchange(self, line: bytes, seconds: float) -> Reply:
        """Writes `line`, reads one line; whatever goes wrong costs the child its life."""
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def kill() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        reply = b""
        whole = False
        try:
            timer.start()
            try:
                while line:
                    line = line[child.stdin.write(line) or 0 :]
                while not reply.endswith(b"\n"):
                    part = os.read(child.stdout.fileno(), 65536)
                    if not part:
                        break
                    reply += part
            finally:
                timer.cancel()
                timer.join()  # `late` is final from here on
            whole = reply.endswith(b"\n") and not late.is_set()
            if whole and reply == _OUT_OF_MEMORY:
                self._stop()  # it ends by itself, but not before the next question comes
        except (OSError, RuntimeError):  # a broken pipe; no thread to be had
            pass
        finally:
            if not whole:  # also on KeyboardInterrupt, which would leave a stale reply
                self._stop()
        if not whole:
            return {"status": "timeout" if late.is_set() else "crash"}
        parsed: Reply = json.loads(reply)
        return parsed

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            _close_pipes(child)


def _close_pipes(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def _environment() -> dict[str, str]:
    """The environment with this process's own import path, as `-P` adds nothing to it."""
    package = str(Path(__file__).resolve().parents[2])
    path = [package, *(os.path.abspath(entry) for entry in sys.path if entry)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(path))}


helper = Helper()
"""The process's own helper; nothing is started before the first question."""
atexit.register(helper.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=helper.forget)


# What follows runs in the child.

_WORD = re.compile(r"(?<![A-Za-z\\])(pi|sin|cos|tan|log|ln|exp|infty|theta)(?![A-Za-z])")
_PLAIN_FORMS = (
    (re.compile(r"(?<!\\)sqrt\(([^()]*)\)"), r"\\sqrt{\1}"),
    (re.compile(r"√\s*\(([^()]*)\)"), r"\\sqrt{\1}"),
    (re.compile(r"√\s*(\d+|[a-z])"), r"\\sqrt{\1}"),
    (re.compile(r"\*\*"), "^"),
    (re.compile(r"\^\(([^()]*)\)"), r"^{\1}"),
    (re.compile(r"\^(-?\d+)"), r"^{\1}"),
    (re.compile(r"\*|·|⋅"), r" \\cdot "),
    (re.compile(r"×"), r" \\times "),
    (re.compile(r"π"), r"\\pi "),
    (re.compile(r"∞|\boo\b"), r"\\infty "),
    (re.compile(r"∪"), r" \\cup "),
    (re.compile(r"≤"), r" \\le "),
    (re.compile(r"≥"), r" \\ge "),
    (_WORD, r"\\\1 "),
)
_DECIMAL = re.compile(r"([\^_])?(?<!\d)(\d*)\.(\d+)(?=([\^])?)")


def to_latex(text: str) -> str:
    r"""Plain notation as LaTeX, and decimals as exact fractions.

    math-verify compares floating numbers to six digits, which would make 1.414214 equal to
    \sqrt{2}; as fractions they are compared by value.

    >>> print(to_latex("2*sqrt(3)"), to_latex("0.5x"))
    2 \cdot \sqrt{3} \frac{5}{10}x
    """
    text = _DECIMAL.sub(_exact, text)
    for pattern, replacement in _PLAIN_FORMS:
        text = pattern.sub(replacement, text)
    return text


def _exact(match: re.Match[str]) -> str:
    before, whole, part, after = match.groups()
    fraction = rf"\frac{{{int(whole + part)}}}{{1{'0' * len(part)}}}"
    # Braces only where a power needs them: around a whole expression they are a set.
    return f"{before or ''}{{{fraction}}}" if before or after else fraction


def compare(gold: str, answer: str, tolerance: str, rel_tolerance: str) -> str:
    """The status of one question; may raise whatever sympy raises."""
    sympy, math_verify = _import("sympy"), _import("math_verify")
    golds, answers = _parse(gold), _parse(answer)
    if not golds:
        return "gold"
    if not answers:
        return "unreadable"
    first, second = golds[0], answers[0]
    if first == second:
        return "equal"
    if all(isinstance(x, sympy.Expr) and x.is_number for x in (first, second)):
        difference = abs(sympy.N(first.doit() - second.doit(), 50))
        size = abs(sympy.N(first.doit(), 50))
        if difference.is_finite is not True:
            return "different"
        limit = max(sympy.Rational(tolerance), sympy.Rational(rel_tolerance) * size)
        if limit > 0 and difference <= limit:
            return "equal"
        # What differs within 30 digits differs: this spares a `simplify` of a second.
        tiny = sympy.Rational(1, 10**30)
        if difference > (size if size > tiny**2 else 1) * tiny:
            return "different"
    equal = math_verify.verify(golds, answers, timeout_seconds=None, raise_on_error=True)
    return "equal" if equal else "different"


def compare_published(gold: str, text: str) -> str:
    """The status by math-verify's own extraction and comparison, as the published code asks it.

    There the checks run under signal-based limits; here the parent's limit stands for them.
    """
    math_verify = _import("math_verify")
    found = math_verify.parse(text, parsing_timeout=None)
    if len(found) < 2:
        return "unreadable"
    if found[1] == gold:
        return "equal"
    wanted = math_verify.parse(rf"\boxed{{{gold}}}", parsing_timeout=None)
    equal = math_verify.verify(wanted, found, timeout_seconds=None)
    return "equal" if equal else "different"


def _import(name: str) -> Any:
    """A module that only the child may load, and that has no types to check."""
    return importlib.import_module(name)


def _parse(expression: str) -> list[Any]:
    math_verify, latex = _import("math_verify"), _import("latex2sympy2_extended")
    # Units were taken off and compared before: here a letter is a variable.
    config = math_verify.LatexExtractionConfig(
        boxed_match_priority=0,
        try_extract_without_anchor=False,
        normalization_config=latex.NormalizationConfig(
            basic_latex=True, units=False, malformed_operators=True, nits=True, boxed="all"
        ),
    )
    return list(
        math_verify.parse(
            rf"\boxed{{{to_latex(expression)}}}",
            [config],
            fallback_mode="no_fallback",
            parsing_timeout=None,
        )
    )


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_BYTES, _MAX_BYTES))
    except (ImportError, OSError, ValueError):
        pass  # not everywhere to be had; the time limit still holds


def _set_alarm(seconds: float) -> None:
    """Has the kernel end this process in `seconds`; 0 calls it off."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    """Answers questions until standard input closes."""
    import logging
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    out: BinaryIO = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever libraries print must not end up in the protocol
    logging.disable(logging.CRITICAL)
    # The first comparisons import half of sympy: done here, they cost no question its time.
    compare(r"\frac{\sqrt{2}}{2}", r"\frac{1}{\sqrt{2}}", "0", "0")
    compare("[0, 1)", "[0, 1]", "0", "0")
    _limit_memory()
    out.write(b'{"ready": true}\n')
    for line in sys.stdin.buffer:
        question = json.loads(line)
        seconds = question.pop("seconds")
        _set_alarm(seconds + _GRACE_SECONDS)
        try:
            status = (compare_published if "text" in question else compare)(**question)
        except MemoryError:
            out.write(_OUT_OF_MEMORY)
            os._exit(1)
        except Exception:
            status = "error"
        _set_alarm(0)
        out.write(json.dumps({"status": status}).encode() + b"\n")


if __name__ == "__main__":
    main()
