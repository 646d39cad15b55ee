"""How a list may be written: forms of elements x ways to write them x metrics.

The registry below holds ways to write a list of elements, each a function of the elements
alone. Whatever is drawn, each way is read by each metric as the same list: 1.0 for the gold,
less for the gold with one element swapped for a wrong one of its kind. And what an answer
lists never depends on the gold.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from golong_data.errors import UserError
from golong_data.metrics import score
from golong_data.metrics.elements import golds, listed
from golong_data.metrics.forms import ITEM, LINE, OF_LISTS, PAIR
from golong_data.metrics.reading import pieces

PROPERTY = settings(max_examples=40, deadline=None, database=None)
METRICS = ("f1", "subem", "ndcg", "pairwise")

# Kinds of elements, with the form that each has.

TOWNS = "Oslo Bergen Narvik Lima Quito Cusco Geneva Lagos Hanoi Perth Turin Malmo Bonn".split()
MISSPELT = "govrenment poplation recieve beleive freind seperate occured teh adress wierd".split()
DOTTED = "Generator._encode Header.append ABC.register email.utils.parse json.dumps a.b".split()
DOTTED += ["_Reader.__exit__", "__init__", "_value_and_type", "load_table", "Set.__eq__"]
TITLES = [
    "Trinidad and Tobago",
    "Paris, France",
    "The Rise and Fall of the House",
    "To be, or not to be",
    "Sense and Sensibility",
    "Notes on a voyage, part two",
]
NUMBERS = st.lists(st.integers(1, 400), min_size=3, max_size=8, unique=True)


def drawn(names: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=3, max_size=6, unique=True)


def numbered(pattern: str) -> st.SearchStrategy[list[str]]:
    return NUMBERS.map(lambda numbers: [pattern.format(n) for n in numbers])


def paired(pattern: str) -> st.SearchStrategy[list[str]]:
    return NUMBERS.map(lambda numbers: [pattern.format(n, n + 1000) for n in numbers])


KINDS: dict[str, tuple[str, st.SearchStrategy[list[str]]]] = {
    "towns": (ITEM, drawn(TOWNS)),
    "misspelt": (ITEM, drawn(MISSPELT)),
    "dotted": (ITEM, drawn(DOTTED)),
    "parts": (ITEM, numbered("Part {}")),
    "ids": (ITEM, numbered("INV{:03}")),
    "dashed ids": (ITEM, numbered("E-{:04}")),
    "sentences": (ITEM, numbered("S{}")),
    "shares": (ITEM, numbered("Sports {}%")),
    "文档": (ITEM, numbered("文档 {}")),
    "第": (ITEM, numbered("第{}部分")),
    "pairs": (PAIR, paired("Document {} and Document {}")),
    "文档对": (PAIR, paired("文档 {} 与文档 {}")),
    "id pairs": (PAIR, paired("E-{} & E-{}")),
    "lines": (LINE, drawn(TITLES)),
}

# Ways to write a list.

Way = Callable[[list[str]], str]


def each(pattern: str, joint: str = "\n", marks: Sequence[str] = ()) -> Way:
    def write(items: list[str]) -> str:
        return joint.join(
            pattern.format(item, n=n, mark=marks[n - 1] if marks else "")
            for n, item in enumerate(items, 1)
        )

    return write


BULLETS = ["- ", "* ", "+ ", "• ", "•", "● ", "○ ", "◦ ", "■ ", "▪ ", "▸ ", "► ", "➤ ", "→ "]
TICKS = ["✓ ", "✔ ", "✔️ ", "✅ ", "👉 ", "> ", "- [x] ", "- [ ] ", "> - ", "– "]
ROMAN = "i ii iii iv v vi vii viii".split()
WAYS: dict[str, Way] = {
    **{f"bullet {mark}": each(mark + "{}") for mark in [*BULLETS, *TICKS]},
    **{
        f"number {mark}": each(mark + "{}")
        for mark in ("{n}. ", "{n}) ", "({n}) ", "({n})", "{n}、", "#{n} ", "**{n}.** ", "[{n}] ")
    },
    "① ": each("{mark} {}", marks="①②③④⑤⑥⑦⑧"),
    "①": each("{mark}{}", marks="①②③④⑤⑥⑦⑧"),
    "a) ": each("{mark}) {}", marks="abcdefgh"),
    "(a) ": each("({mark}) {}", marks="abcdefgh"),
    "A. ": each("{mark}. {}", marks="ABCDEFGH"),
    "i. ": each("{mark}. {}", marks=ROMAN),
    "(ii) ": each("({mark}) {}", marks=ROMAN),
    "一、": each("{mark}、{}", marks="一二三四五六七八"),
    "（一）": each("（{mark}）{}", marks="一二三四五六七八"),
    "rank": each("Rank {n}: {}"),
    "bold": each("**{}**"),
    "bold bullets": each("- **{}**"),
    "code": each("`{}`"),
    "quotes": each("“{}”"),
    "brackets": each("[{}]"),
    "lenticular": each("【{}】"),
    "spaced": each("{}", "\n\n"),
    "commas behind": each("{},"),
    "periods behind": each("{}."),
    "rules between": each("{}", "\n---\n"),
    "arrows between": each("{}", "\n↓\n"),
    "rule below": lambda items: "\n".join(items) + "\n---",
    "fence": lambda items: "```text\n" + "\n".join(items) + "\n```",
    "closing marker": lambda items: "\n".join(items) + "\n[/Answer]",
    "closing marker 答案": lambda items: "\n".join(items) + "\n[/答案]",
    "heading": lambda items: "### Answer\n\n" + "\n".join(items),
    "bold heading": lambda items: "**Final answer:**\n\n- " + "\n- ".join(items),
    "heading 答案": lambda items: "**答案**\n" + "\n".join(items),
    "answer again": lambda items: "Answer:\n" + "\n".join(items),
    "lead-in": lambda items: "The elements are:\n" + "\n".join(items),
    "remark below": lambda items: "\n".join(items) + "\n\nI hope that this helps you.",
    "explanation below": lambda items: (
        "- " + "\n- ".join(items) + "\n\nExplanation:\n- Rome is in the text.\n- Cairo is not."
    ),
    "zero-width": each("\u200b{}\u200b"),
    "wide spaces": each("\u3000{}\u00a0"),
    "carriage returns": each("{}", "\r\n"),
    "HTML list": lambda items: "<ul><li>" + "</li><li>".join(items) + "</li></ul>",
    "HTML items": each("<li>{}</li>"),
    "HTML paragraphs": each("<p>{}</p>"),
    "HTML breaks": each("{}", "<br/>"),
    "HTML table": lambda items: (
        "<table><tr><th>name</th></tr>"
        + "".join(f"<tr><td>{item}</td></tr>" for item in items)
        + "</table>"
    ),
    "TeX breaks": each("{} \\\\"),
    "TeX items": lambda items: "\\begin{itemize}\n\\item " + "\n\\item ".join(items),
    "box of breaks": lambda items: "\\boxed{\\text{" + "} \\\\ \\text{".join(items) + "}}",
    "JSON": lambda items: json.dumps(items, ensure_ascii=False),
    "JSON indented": lambda items: f"```json\n{json.dumps(items, indent=2)}\n```",
    "JSON object": lambda items: json.dumps({"answer": items}),
    "JSON objects": lambda items: json.dumps([{"name": item, "why": "so"} for item in items]),
    "JSON lines": lambda items: "\n".join(json.dumps({"name": item}) for item in items),
    "JSON, trailing comma": lambda items: "[" + "".join(f'"{item}",' for item in items) + "]",
    "Python": lambda items: str(list(items)),
    "table": lambda items: "| name |\n|---|\n" + "\n".join(f"| {item} |" for item in items),
    "numbered table": lambda items: (
        "| # | name |\n|--|:--|\n" + "\n".join(f"| {n} | {x} |" for n, x in enumerate(items, 1))
    ),
    "table with remarks": lambda items: (
        "| name | why |\n|--|--|\n" + "\n".join(f"| {item} | it is so |" for item in items)
    ),
    "bracket remarks": each("- {} (as Document 7 says)"),
    "citations": each("- {} [7]"),
    "dash remarks": each("- {} – it is far north"),
    "arrow remarks": each("- {} → it is far north"),
    "colon remarks": each("- {}: it is far north"),
    "bold colon remarks": each("- **{}:** it is far north"),
    "sources": each("- {}, in Document 7"),
}
ON_A_LINE: dict[str, Way] = {
    **{
        repr(joint): each("{}", joint)
        for joint in (", ", "、", "，", "; ", "；", " | ", "\t", " / ", " · ", " > ", " → ", "→")
    },
    "then": each("{}", ", then "),
    "before": each("{}", " before "),
    "and": lambda items: ", ".join(items[:-1]) + " and " + items[-1],
    "Oxford comma": lambda items: ", ".join(items[:-1]) + ", and " + items[-1] + ".",
    "和": lambda items: "、".join(items[:-1]) + "和" + items[-1] + "。",
    "sentence": lambda items: "The elements are " + ", ".join(items) + ".",
    "colon": lambda items: "They are: " + ", ".join(items),
    "答案是": lambda items: "答案是" + "、".join(items) + "。",
    "{a, b}": lambda items: "{" + ", ".join(items) + "}",
    "[a, b]": lambda items: "[" + ", ".join(items) + "]",
    "box": lambda items: "\\boxed{" + ", ".join(items) + "}",
    "box of text": lambda items: "\\boxed{\\text{" + ", ".join(items) + "}}",
    "box of texts": lambda items: "\\boxed{\\text{" + "}, \\text{".join(items) + "}}",
    "box of a set": lambda items: "\\boxed{\\{" + ", ".join(items) + "\\}}",
    "quoted": lambda items: ", ".join(f'"{item}"' for item in items),
    "inline numbers": each("({n}) {}", "; "),
}
PAIRS: dict[str, Way] = {
    "turned": lambda items: "\n".join(" and ".join(_two(item)[::-1]) for item in items),
    "in brackets": lambda items: ", ".join("({}, {})".format(*_two(item)) for item in items),
    "in square brackets": lambda items: "\n".join("[{}, {}]".format(*_two(x)) for x in items),
    "JSON pairs": lambda items: json.dumps([_two(item) for item in items], ensure_ascii=False),
    "vs": lambda items: "\n".join("{} vs. {}".format(*_two(item)) for item in items),
    "slash": lambda items: "\n".join("{} / {}".format(*_two(item)) for item in items),
    "dash": lambda items: "\n".join("{} - {}".format(*_two(item)) for item in items),
    "comma": lambda items: "\n".join("{}, {}".format(*_two(item)) for item in items),
    "chain": lambda items: " and ".join(" and ".join(_two(item)) for item in items),
    "semicolons": lambda items: "; ".join("{} & {}".format(*_two(item)) for item in items),
    "columns": lambda items: (
        "| one | other |\n|--|--|\n" + "\n".join("| {} | {} |".format(*_two(x)) for x in items)
    ),
    "numbers in remarks": each("- {} (1999 vs 2000)"),
}


def _two(pair: str) -> list[str]:
    for joint in (" and ", " & ", " 与"):
        if joint in pair:
            return pair.split(joint)
    raise AssertionError(pair)


# What is no way to write some kinds: the text that comes out says something else.
def makes_sense(kind: str, way: str) -> bool:
    form = KINDS[kind][0]
    if form == LINE:  # "Paris, France" and "To be, or not to be" beside what looks like them
        return way not in ("sources", *ON_A_LINE)
    if form == PAIR:
        return way not in ("'→'", "' → '", "' > '", "' / '", "' · '", "before", "then", "'、'")
    return True


def earned(name: str, answer: str, gold: list[str], **args: Any) -> float:
    return score(f"So it is.\n\n[Answer]\n{answer}", gold, name, **args)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=3, deadline=None, database=None)
@given(data=st.data())
def test_every_way_to_write_a_list_is_read_by_every_metric(kind: str, data: Any) -> None:
    form, elements = KINDS[kind]
    *gold, wrong = data.draw(elements)
    assume(len(gold) >= 2)
    swapped = [*gold[:-1], wrong]
    ways = {**WAYS, **ON_A_LINE, **(PAIRS if form == PAIR else {})}
    missed = []
    for way, write in ways.items():
        if not makes_sense(kind, way):
            continue
        for name in METRICS:
            if earned(name, write(gold), gold, form=form) != pytest.approx(1.0):
                missed.append((way, name, "unread", write(gold)))
            if earned(name, write(swapped), gold, form=form) >= 1.0:
                missed.append((way, name, "overpaid", write(swapped)))
    assert not missed


@pytest.mark.parametrize("kind", sorted(KINDS))
@PROPERTY
@given(data=st.data())
def test_the_form_of_a_gold_shows_in_its_looks(kind: str, data: Any) -> None:
    form, elements = KINDS[kind]
    gold = data.draw(elements)
    assert golds(gold if form != LINE else [*gold, TITLES[1]]).form == form


# Blindness.

SCRAPS = st.sampled_from(
    "Oslo Lima|Part 3|Part 12|Document 7 and Document 9|文档 7|和|、|, | and | or |: | → | - |\n|"
    "\n\n|- |1. |(a) |(|)|[|]|{|}|\"|'|not |Wrong: |The towns are |None|无|25%| (or Lima)|\\text{|"
    "<li>|<br>|\\\\|`|**|||\t|[Answer]|it is far|is fine|---|```".split("|")
)
TEXTS = st.one_of(st.lists(SCRAPS, max_size=30).map("".join), st.text(max_size=60))
GOLDS = st.lists(
    st.sampled_from([*TOWNS, "Part 3", "Part 12", "文档 7", "None", "Sports 25%"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@pytest.mark.parametrize("form", OF_LISTS)
@settings(max_examples=150, deadline=None, database=None)
@given(text=TEXTS, one=GOLDS, other=GOLDS, values=st.booleans())
def test_what_is_listed_does_not_depend_on_the_gold(
    form: str, text: str, one: list[str], other: list[str], values: bool
) -> None:
    found = [listed(text, golds(gold, form, values=values)) for gold in (one, other)]
    assert len(found[0]) == len(found[1])
    assert all(len(set(names)) == len(names) for names in found)


@PROPERTY
@given(text=TEXTS, gold=GOLDS)
def test_no_piece_pays_for_two_elements(text: str, gold: list[str]) -> None:
    wanted = golds(gold, ITEM)
    for piece in pieces(text, ITEM):
        alone = {reading for reading in piece.readings if reading in wanted}
        assert len(alone) <= 1


# Bundles: as many as they name.

JOINTS = ["\n", ", ", "; ", " | ", "、", " and ", " / ", " → ", " > ", ", then ", "\t", " & "]


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("frame", ["{}", "The towns are {}.", "- {}", "[{}]", '{{"a": [{}]}}'])
@pytest.mark.parametrize("pattern", ["X{}", "Town {}", "INV{:03}", "文档{}"])
def test_a_bundle_counts_in_full(joint: str, frame: str, pattern: str) -> None:
    bundle = frame.format(joint.join(pattern.format(n) for n in range(50)))
    assert earned("f1", f"{bundle}\nOslo", ["Oslo"]) == pytest.approx(2 / 52, abs=0.002)
    if not frame.startswith("The"):  # a sentence below a list is passed over, and unread
        assert earned("f1", f"Oslo\n{bundle}", ["Oslo"]) == pytest.approx(2 / 52, abs=0.002)
    alone = frame.format(joint.join(["Oslo", *(pattern.format(n) for n in range(50))]))
    assert earned("f1", alone, ["Oslo"]) <= 0.05


HEDGES = ["{} or {}", "{} (or {})", "{}/{}", "either {} or {}", "{}, or {}", "{} (maybe {})"]
HEDGES += ["{} and/or {}", "{} - or {}", "{}, alternatively {}", "{}或{}", "{} (and {})"]


@pytest.mark.parametrize("hedge", HEDGES)
@PROPERTY
@given(names=drawn(TOWNS))
def test_a_hedge_is_no_answer(hedge: str, names: list[str]) -> None:
    for pair in (names[:2], names[1::-1]):
        for name in ("f1", "subem"):
            assert earned(name, hedge.format(*pair), names[:1]) == 0.0


NEGATIONS = [
    "not {}",
    "It is not {}.",
    "Wrong: {}",
    "Not in the list: {}",
    "All but {}",
    "{} (wrong)",
]
NEGATIONS += [
    "everything except {}",
    "anything but {}",
    "{}: not in the list",
    "{} is not one of them",
]
NEGATIONS += ["{} (not in the list)", "Excluded:\n{}", "The following are not in the list:\n- {}"]
NEGATIONS += ["✗ {}", "No {}", "Neither {} nor Rome", "it is anything but: {}", "without {}"]
NEGATIONS += ["不是{}", "除{}外", "没有{}", "{} is fine", "{} (No Error)"]


@pytest.mark.parametrize("negation", NEGATIONS)
@pytest.mark.parametrize("kind", ["towns", "ids", "文档", "dotted"])
def test_what_is_denied_earns_nothing(negation: str, kind: str) -> None:
    gold = {"towns": "Oslo", "ids": "INV007", "文档": "文档7", "dotted": "abc.register"}[kind]
    for name in ("f1", "subem"):
        assert earned(name, negation.format(gold), [gold]) == 0.0


# Nothing to list.

NOTHINGS = ["None", "none.", "**None**", "Nothing was found.", "There are no such documents.", "{}"]
NOTHINGS += ["[]", "∅", "\\emptyset", "$\\varnothing$", "Empty set", "\\boxed{\\text{None}}", "无"]
NOTHINGS += ["None of the documents", "No documents.", "No pairs contradict each other.", "N/A"]
NOTHINGS += [
    "没有这样的文档",
    "不存在矛盾",
    "None (I checked all documents)",
    "None, as all agree.",
]
NOTHINGS += ["None, as all agree.", "None - all agree"]
NOTHINGS += ["The answer is None.", '["None"]', "No contradictions were found."]
SOMETHINGS = [
    "None (except Oslo)",
    "None, Oslo",
    "None\nOslo",
    "None or Oslo",
    "No Oslo",
    "Oslo",
    "",
]
SOMETHINGS += [
    "None but Oslo",
    "Nothing except Oslo",
    "No INV007 and no INV123",
    "除奥斯陆外没有",
    "Oslo",
]


@pytest.mark.parametrize("gold", ["None", "No Error", "无"])
@pytest.mark.parametrize("name", ["f1", "subem"])
def test_abstentions(name: str, gold: str) -> None:
    assert [text for text in NOTHINGS if earned(name, text, [gold]) != 1.0] == []
    assert [text for text in SOMETHINGS if earned(name, text, [gold]) != 0.0] == []
    assert earned("f1", "None\nOslo", ["Oslo"]) == pytest.approx(2 / 3)


# Arguments and cost.


@pytest.mark.parametrize("name", METRICS)
def test_a_form_that_lists_do_not_have_is_a_user_error(name: str) -> None:
    with pytest.raises(UserError, match='Did you mean "pair"'):
        score("a", ["a", "b"], name, form="pairs")
    with pytest.raises(UserError, match="item, pair, line"):
        score("a", ["a", "b"], name, form="number")


REPEATED = ["[", "(", "[a\n", '["a",\n', "['a', ", "a:\n", "a: ", "|", "|a|b|\n", "<li>", "\\text{"]
REPEATED += [
    "\\\\ ",
    "$a$ ",
    "①",
    "一、b\n",
    "和",
    "文档 7和",
    "→ ",
    "a = ",
    "(a) ",
    "a [1] ",
    "not ",
]
REPEATED += [
    "None, ",
    "- a\n  b\n",
    "a\t",
    '"',
    "'",
    "Part 3: it is\n",
    "the is ",
    "[a](",
    "or ",
    "a [1] ",
]


@pytest.mark.parametrize("form", OF_LISTS)
def test_cost_is_linear(form: str) -> None:
    started = time.process_time()
    for scrap in REPEATED:
        text = "[Answer]\n" + scrap * (100_000 // len(scrap))
        listed(text, golds(["Part 3"], form))
    assert time.process_time() - started < len(REPEATED)  # seconds; they take a fifth of one each
