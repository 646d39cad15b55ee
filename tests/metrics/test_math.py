"""The math metric: its case table, its properties, and the helper process behind it."""

from __future__ import annotations

import concurrent.futures
import doctest
import functools
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data import metrics
from golong_data.errors import UserError
from golong_data.metrics import math as math_module
from golong_data.metrics import math_worker
from golong_data.metrics.expressions import MAX_EXPRESSION
from golong_data.metrics.math import Verdict, math, verify

ROOT = Path(metrics.__file__).resolve().parents[2]
CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("cases_math.json").read_text(encoding="utf-8")
)
ENDLESS = r"\boxed{\int_0^1 x^{x^{x^x}} dx}"
"""A few characters that a computer algebra system does not come to an end with."""
NO_HANG = 30.0  # seconds; says only that a call returns
PROPERTY = settings(max_examples=100, deadline=None, database=None)


def check(case: dict[str, Any]) -> Verdict:
    return verify(case["text"], case["gold"], **case["args"])


@functools.cache
def verdict_of(name: str) -> Verdict:
    return check(next(case for case in CASES if case["id"] == name))


def by_id(case: dict[str, Any]) -> str:
    return str(case["id"])


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_case(case: dict[str, Any]) -> None:
    verdict = verdict_of(case["id"])
    assert (verdict.score, verdict.status) == (case["score"], case["status"]), verdict


def test_case_table() -> None:
    assert len(CASES) >= 80
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["source"] for case in CASES)
    assert {case["status"] for case in CASES} == {"correct", "wrong", "unverified"}
    assert all(case["score"] == (case["status"] == "correct") for case in CASES)


# The entry.


@pytest.mark.parametrize("module", [metrics, math_module, math_worker])
def test_examples_in_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_score_is_the_one_entry() -> None:
    assert metrics.score(r"\boxed{$1.2 billion}", "1200", "math", unit="million US$") == 1.0
    assert metrics.score("41", ["42"], "math", profile="strict") == 0.0
    assert metrics.METRICS["math"] is math


def test_a_gold_of_several_values_scores_zero() -> None:
    assert math("42", ["42"]) == 1.0
    assert math("42", ["42", "43"]) == 0.0
    assert math("42", ()) == 0.0


@pytest.mark.parametrize(
    ("name", "args", "hint"),
    [
        ("maths", {}, 'Did you mean "math"'),
        ("math", {"profile": "stict"}, 'Did you mean "strict"'),
        ("math", {"tolerence": 1}, 'Did you mean "tolerance"'),
        ("math", {"tolerance": "-1"}, "from 0 up"),
        ("math", {"rel_tolerance": "1%"}, "from 0 up"),
        ("math", {"tolerance": "1e999999999"}, "from 0 up"),
        ("math", {"tolerance": float("nan")}, "from 0 up"),
        ("math", {"timeout": 0}, "above 0"),
        ("math", {"timeout": float("inf")}, "above 0"),
        ("math", {"form": "numbr"}, 'Did you mean "number"'),
        ("math", {"form": "line"}, 'no form "line"'),
    ],
)
def test_what_a_person_can_mend_is_a_user_error(name: str, args: dict[str, Any], hint: str) -> None:
    with pytest.raises(UserError, match=hint):
        metrics.score("42", "42", name, **args)


def test_import_is_light() -> None:
    code = (
        "import sys; before = set(sys.modules); import golong_data.metrics;"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - sys.stdlib_module_names))"
    )
    assert run_python(code) == "['golong_data']"


@pytest.mark.parametrize(
    ("text", "gold", "reason"),
    [
        (r"\boxed{42}", "42", "exact"),
        ("0.333", "1/3", "tolerance"),
        (r"\sqrt{2}", r"\sqrt{2}", "identical"),
        (r"\boxed{\sqrt{4}}", "2", "unevaluated"),
        (r"\boxed{\sqrt{4}+\sqrt{2}}", r"2+\sqrt{2}", "symbolic"),
        ("<think>", "42", "no answer"),
        ("41 or 42", "42", "several answers"),
        ("a good question", "42", "unreadable"),
        ("42%", "42", "value"),
        ("1 kg", "1 km", "unit"),
        ("41", "Paris", "gold"),
        ("x+" * MAX_EXPRESSION, r"\sqrt{2}", "too long"),
        (r"\boxed{9^{9^{9^9}}}", r"\sqrt{2}", "too large"),
    ],
)
def test_reasons(text: str, gold: str, reason: str) -> None:
    verdict = verify(text, gold, tolerance="0.001")
    assert verdict.reason == reason
    assert verdict.score == (verdict.status == "correct")


def test_the_longest_expression_is_verified() -> None:
    text = rf"\boxed{{{'1+' * (MAX_EXPRESSION // 2 - 1)}1}}"
    assert (
        verify(text, str(MAX_EXPRESSION // 2), form="expression", timeout=NO_HANG).status
        == "correct"
    )


# Properties.

INTEGERS = st.integers(-(10**12), 10**12)
DECIMALS = st.decimals(-(10**6), 10**6, places=3).map(str)
NUMBERS = st.one_of(
    INTEGERS.map(str),
    INTEGERS.map("{:,}".format),
    DECIMALS,
    DECIMALS.map("{}%".format),
    st.tuples(INTEGERS, st.integers(1, 999)).map("{0[0]}/{0[1]}".format),
    DECIMALS.map("{} million US$".format),
)
WRAPS = st.sampled_from(
    ["{}", r"\boxed{{{}}}", "[Answer]\n{}", "[答案]：{}", "The final answer is {}", "**{}**"]
)
# Neither digits nor words that mean a number or announce an answer.
JUNK = st.lists(
    st.sampled_from(["so", "hence,", "Paris", "(see above).", "\n", "\n\n", "?", "$", "{", "}"]),
    max_size=20,
).map(" ".join)
LATEX = r"\boxed{ \boxed \frac{ \sqrt{ \text{ { } $ \( \) ^ _ % ** <think> </think> [Answer] [答案]"
WORDS = "42 1,234 million US$ km or , - − × ⁶ ½ 万 x = ≈ ( ) [ ] 9 . / answer is"
PIECES = st.sampled_from([*LATEX.split(), *WORDS.split(), " ", "\n", "\0", "\ud800", "\u0300"])
NOISE = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join))


@PROPERTY
@given(gold=NUMBERS, wrap=WRAPS)
def test_the_gold_scores_one(gold: str, wrap: str) -> None:
    assert verify(wrap.format(gold), gold) == Verdict(1.0, "correct", "exact", gold)


@pytest.mark.parametrize("gold", [r"\sqrt{2}", "x^2 + 1", "(0, 1]", r"\{1, 2\}", "x > 3", r"\pi"])
@pytest.mark.parametrize("wrap", ["{}", r"\boxed{{{}}}", "[Answer]\n{}", "Answer: ${}$."])
def test_a_symbolic_gold_scores_one(gold: str, wrap: str) -> None:
    assert math(wrap.format(gold), gold) == 1.0


@PROPERTY
@given(answer=NUMBERS, gold=NUMBERS, wrap=WRAPS, junk=JUNK)
def test_appended_junk_never_raises_a_score(answer: str, gold: str, wrap: str, junk: str) -> None:
    text = wrap.format(answer)
    assert math(f"{text} {junk}", gold) <= math(text, gold)


@PROPERTY
@given(answer=INTEGERS, tail=NOISE)
def test_text_after_a_box_does_not_matter(answer: int, tail: str) -> None:
    if not any(word in tail.lower() for word in ("box", "think", "answer", "答案")):
        verdict = verify(rf"\boxed{{{answer}}} {tail}", "42")
        assert verdict.score == (answer == 42)


@PROPERTY
@given(text=NOISE, gold=st.sampled_from(["42", "12.5%", r"\sqrt{2}", "(0, 1]", ""]), unit=NOISE)
def test_no_text_raises(text: str, gold: str, unit: str) -> None:
    verdict = verify(text, gold, timeout=0.5)
    assert verdict.score in (0.0, 1.0)
    assert verify(text, "42", unit=unit, timeout=0.5).score in (0.0, 1.0)


@PROPERTY
@given(gold=NOISE)
def test_no_gold_raises(gold: str) -> None:
    assert verify(r"\boxed{42}", gold, timeout=0.5).status in ("correct", "wrong", "unverified")


@PROPERTY
@given(value=st.fractions(max_denominator=99), gap=st.fractions(max_denominator=99))
def test_tolerance_is_the_distance(value: Fraction, gap: Fraction) -> None:
    score = math(str(value + gap), str(value), tolerance="0.5", form="expression")
    assert score == (abs(gap) <= Fraction(1, 2))


LONG = {
    "digits": "9" * 100_000,
    "grouped": "1" + ",000" * 25_000,
    "spaces": "42" + " " * 100_000 + "x",
    "boxes": r"\boxed{" * 14_000,
    "closed boxes": r"\boxed{1}" * 11_000,
    "backslashes": "\\" * 100_000,
    "braces": "{" * 50_000 + "}" * 50_000,
    "markers": "[Answer]" * 12_500,
    "markers and numbers": "[Answer] 1\n" * 9_000,
    "phrases": "answer to " * 10_000,
    "stars": "answer" + "*" * 100_000,
    "thinking": "<think></think>" * 7_000,
    "lines": "[Answer]\n" + "x\n" * 50_000,
    "sentences": "[Answer] " + "x. " * 33_000,
    "equations": "[Answer] " + "x=" * 50_000,
    "combining marks": "[Answer] a" + "\u0300\u0316" * 50_000,
    "ligatures": "[Answer] " + "\ufdfa" * 100_000,
    "fractions": "[Answer] " + r"\frac{1}{" * 11_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_text_is_bounded(name: str) -> None:
    started = time.monotonic()
    assert verify(LONG[name], "42").score == 0.0
    assert time.monotonic() - started < NO_HANG


# The helper process.


@pytest.fixture(autouse=True, scope="module")
def _close_helper() -> Iterator[None]:
    yield
    math_worker.helper.close()


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=4 * NO_HANG,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_an_answer_without_end_is_wrong_and_the_next_check_works() -> None:
    verify(r"\boxed{\sqrt{4}}", "2", form="expression")  # the start is not part of the time
    started = time.monotonic()
    verdict = verify(ENDLESS, r"\sqrt{2}", timeout=0.5)
    assert (verdict.score, verdict.status, verdict.reason) == (0.0, "wrong", "timeout")
    assert time.monotonic() - started < NO_HANG
    assert verify(r"\boxed{\sqrt{4}}", "2", form="expression").status == "correct"


SLOW = [case for case in CASES if r"\sqrt" in case["text"] or case["id"].startswith("set-")]


def test_threads_agree_with_the_main_thread() -> None:
    expected = [verdict_of(case["id"]) for case in CASES]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(check, CASES)) == expected


def test_daemonic_processes_agree() -> None:
    # Workers of a pool are daemonic: multiprocessing forbids them children, subprocess does not.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        for case in SLOW:
            remote = functools.partial(verify, case["text"], case["gold"], **case["args"])
            assert pool.apply(remote) == verdict_of(case["id"])
        pool.close()
        pool.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_gets_a_helper_of_its_own() -> None:
    assert verify(r"\boxed{\sqrt{4}}", "2", form="expression").status == "correct"
    child = os.fork()
    if not child:
        status = 1
        try:
            verdict = verify(r"\boxed{\sqrt{9}}", "3", form="expression")
            math_worker.helper.close()
            status = 0 if verdict.status == "correct" else 2
        finally:
            os._exit(status)
    assert verify(r"\boxed{\sqrt{16}}", "4", form="expression").status == "correct"
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert verify(r"\boxed{\sqrt{25}}", "5", form="expression").status == "correct"


def test_a_helper_killed_between_checks_is_replaced() -> None:
    verify(r"\boxed{\sqrt{4}}", "2", form="expression")
    helper_process().kill()
    helper_process().wait()
    assert verify(r"\boxed{\sqrt{4}}", "2", form="expression").status == "correct"


def test_a_helper_that_dies_during_a_check_is_a_crash() -> None:
    verify(r"\boxed{\sqrt{4}}", "2", form="expression")
    killer = threading.Timer(0.5, helper_process().kill)
    killer.start()
    assert verify(ENDLESS, r"\sqrt{2}", timeout=NO_HANG).reason == "crash"
    killer.join()


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("memory", ("wrong", "too large")),
        ("timeout", ("wrong", "timeout")),
        ("different", ("wrong", "value")),
        ("crash", ("unverified", "crash")),
        ("start", ("unverified", "start")),
        ("error", ("unverified", "error")),
        ("gold", ("unverified", "gold")),
    ],
)
def test_what_an_answer_does_is_wrong_and_what_befalls_it_unverified(
    monkeypatch: pytest.MonkeyPatch, status: str, verdict: tuple[str, str]
) -> None:
    monkeypatch.setattr(math_worker.helper, "ask", lambda *_: {"status": status})
    found = verify(r"\boxed{\sqrt{3}}", r"\sqrt{2}")
    assert (found.status, found.reason) == verdict


def test_a_helper_out_of_memory_says_so_and_ends() -> None:
    code = (
        "import json; from golong_data.metrics import math_worker as w; compare = w.compare\n"
        "def hungry(gold, answer, **limits):\n"
        "    if answer == '10^9': raise MemoryError\n"
        "    return compare(gold, answer, '0', '0')\n"
        "w.compare = lambda gold, answer, *a, **k: hungry(gold, answer); w.main()"
    )
    question = {"gold": "42", "answer": "10^9", "tolerance": "0", "rel_tolerance": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=(json.dumps({**question, "seconds": 5.0}) + "\n") * 2,
        capture_output=True,
        text=True,
        timeout=4 * NO_HANG,
    )
    assert done.stdout.splitlines() == ['{"ready": true}', '{"status": "memory"}']
    assert done.returncode == 1


def test_a_helper_out_of_memory_is_let_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = ('{"ready": true}', '{"status": "memory"}')
    code = "; input(); ".join(f"print({line!r}, flush=True)" for line in said)
    (tmp_path / "hungry_helper.py").write_text(f"import time; {code}; time.sleep(60)")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(math_worker, "_MODULE", "hungry_helper")
    helper = math_worker.Helper()
    assert helper.ask({}, NO_HANG) == {"status": "memory"}
    assert helper._child is None


def test_a_helper_that_cannot_start_is_said_once_and_not_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    helper = math_worker.Helper()
    monkeypatch.setattr(math_worker, "START_SECONDS", 0.01)
    assert helper.ask({}, 1.0) == {"status": "start"}
    monkeypatch.setattr(subprocess, "Popen", None)  # would raise if it were called
    assert helper.ask({}, 1.0) == {"status": "start"}
    monkeypatch.setattr(math_worker, "helper", helper)
    assert verify(r"\boxed{\sqrt{4}}", "2", form="expression").reason == "start"


def test_no_interpreter_is_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert math_worker.Helper().ask({}, 1.0) == {"status": "start"}
    monkeypatch.setattr(sys, "executable", "")
    assert math_worker.Helper().ask({}, 1.0) == {"status": "start"}


def test_close_ends_the_helper() -> None:
    verify(r"\boxed{\sqrt{4}}", "2", form="expression")
    process = helper_process()
    math_worker.helper.close()
    assert process.returncode is not None
    assert verify(r"\boxed{\sqrt{4}}", "2", form="expression").status == "correct"


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="asks the kernel for limits")
def test_the_memory_of_the_helper_is_limited() -> None:
    verify(r"\boxed{\sqrt{4}}", "2", form="expression")
    limits = Path(f"/proc/{helper_process().pid}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert line.split()[3] == str(math_worker._MAX_BYTES)


PARENT = r"""
import os, sys
from golong_data.metrics import math as math_module
from golong_data.metrics import math_worker
from golong_data.metrics.math import verify
assert verify(r"\boxed{\sqrt{4}}", "2", form="expression").status == "correct"
print(math_worker.helper._child.pid, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="asks the kernel for a process by number")
@pytest.mark.parametrize("ending", ["", "os.kill(os.getpid(), 9)"])
def test_the_helper_ends_with_its_parent(ending: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PARENT + ending],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=4 * NO_HANG,
    )
    assert done.stderr == ""
    helper, deadline = int(done.stdout), time.monotonic() + NO_HANG
    while is_running(helper) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(helper)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs an interval timer")
def test_a_helper_left_alone_with_a_check_without_end_stops_by_itself() -> None:
    code = (
        "import sys; from golong_data.metrics import math_worker as w; w._GRACE_SECONDS = 0.1;"
        "w.main()"
    )
    question = {"gold": "42", "answer": "9^{9^{9^9}}", "tolerance": "0", "rel_tolerance": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=json.dumps({**question, "seconds": 0.1}) + "\n",
        capture_output=True,
        text=True,
        timeout=4 * NO_HANG,
    )
    assert done.stdout == '{"ready": true}\n'
    assert done.returncode == -signal.SIGALRM


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("sqrt(2)", r"\sqrt{2}"),
        ("√2", r"\sqrt{2}"),
        ("2*pi", r"2 \cdot \pi "),
        ("1.5", r"\frac{15}{10}"),
        ("x^2.5", r"x^{\frac{25}{10}}"),
        (".5^2", r"{\frac{5}{10}}^{2}"),
        (r"\frac{1}{2}", r"\frac{1}{2}"),
    ],
)
def test_plain_notation_becomes_latex(text: str, latex: str) -> None:
    assert math_worker.to_latex(text) == latex


def helper_process() -> subprocess.Popen[bytes]:
    process = math_worker.helper._child
    assert process is not None
    return process


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and ") Z " in stat.read_text())
