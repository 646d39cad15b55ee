"""Record lookup among confusable keys: one value of one record out of many like it.

Records are planted as lines into real documents. Where the corpus has tables they are rows
of one of these (see `tabled`), else made up (see `families`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.notes import Note, scatter_bundled
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.tasks.retrieval import tabled
from golong_data.tasks.retrieval.config import Lookup, RetrievalConfig
from golong_data.tasks.retrieval.families import Record, echoed, made_up
from golong_data.tasks.retrieval.planting import Target, draft
from golong_data.tasks.retrieval.wording import RECORD_MARKS
from golong_data.types import Draft, Refused

ASKED: Mapping[str, Mapping[Lookup, str]] = {
    "en": {
        "number": 'What does record no. {number} state as "{label}"?',
        "holder": "One of the numbered records in the documents is on {about}. "
        'What does it state as "{label}"?',
        "value": 'One of the numbered records in the documents states {value} as "{given}". '
        'What does it state as "{label}"?',
        "linked": "Whom or what record no. {number} is about has a record of the year {year} "
        'too. What does that one state as "{label}"?',
    },
    "zh": {
        "number": "档案编号 {number} 中，“{label}”一项写的是什么？",
        "holder": "文档中有编号的档案里，有一份是关于{about}的。"
        "那份档案中，“{label}”一项写的是什么？",
        "value": "文档中有编号的档案里，有一份的“{given}”一项写的是{value}。"
        "那份档案中，“{label}”一项写的是什么？",
        "linked": "档案编号 {number} 所涉及的对象，另有一份{year}年的档案。"
        "那份档案中，“{label}”一项写的是什么？",
    },
}

EXAMPLES = {"en": "Marlow Ferry", "zh": "白石渡"}
NUMBER = "1,250.75"
"""Examples of a name and of a number."""

EACH = 60
"""Tokens of a record, about."""

SHARE = 3
"""Records and the excerpts that hold them take about 1/3 of a short context."""

MOST_TOKENS = 40_000
"""Tokens of records and excerpts, at most."""

FEWEST = 8
"""Records in the shortest context."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a label of a record, and by what that one is found."""

    lookup: Lookup
    label: str
    start: Record
    """The record that the question names."""
    end: Record
    """The one that holds the answer: the same, but where they are linked."""
    given: str = ""
    """The label whose value names the record."""

    def worded(self, language: str) -> str:
        """The question."""
        return ASKED[language][self.lookup].format(
            number=self.start.number,
            about=self.start.about(language),
            given=self.given,
            value=self.start.get(self.given),
            year=self.end.period,
            label=self.label,
        )


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """Planted records, and a value of one of them."""
    found = target(work, config)
    tokens = min(work.ctx // SHARE, MOST_TOKENS)
    blocks = scatter_bundled(work, found.notes, tokens, without=found.forbidden)
    return draft(work, config, found, blocks=blocks)


def target(work: Workspace, config: RetrievalConfig, *, most: int = 2_000) -> Target:
    """Such a question with up to `most` records, still to be planted."""
    rng, language = work.rng, config.language
    room = min(config.records[1], most, max(FEWEST, work.ctx // SHARE // (EACH + 30)))
    n = rng.randint(min(config.records[0], room), room)
    records = tabled.family(work, n, config.counterfactual, language)
    records = records or made_up(n, rng, language)
    lookups = _lookups(records, config.lookups)
    # One lookup first: what has few queries to offer is asked as often as what has many.
    asked = next(
        (
            rng.choice(found)
            for lookup in rng.sample(lookups, len(lookups))
            if (found := list(_queries(lookup, records[0], records)))
        ),
        None,
    )
    if asked is None:
        raise Refused("no value of a record is there only once")
    evidence = [asked.start] if asked.start == asked.end else [asked.start, asked.end]
    if asked.given:
        records = echoed(records, asked.given, asked.start.get(asked.given), evidence, rng)
    gold = asked.end.get(asked.label)
    wrong = [record for record in records if record not in evidence]
    decoys = [
        query.worded(language)
        for record in wrong
        for query in _queries(asked.lookup, record, records)
        if query.label == asked.label and query.end in wrong and query.end.get(query.label) != gold
    ]
    return Target(
        question=asked.worded(language),
        example=NUMBER if gold[-1].isdigit() else EXAMPLES[language],
        gold=gold,
        notes=tuple(Note(r.line(language, rng), r in evidence) for r in records),
        forbidden=(RECORD_MARKS[language],),
        decoys=tuple(decoys),
        counterfactual=int(asked.label in asked.end.changed),
    )


def _lookups(records: Sequence[Record], wanted: Sequence[Lookup]) -> list[Lookup]:
    """Those wanted that the records allow: without years none is linked to another."""
    fit = [lookup for lookup in wanted if lookup != "linked" or records[0].period]
    return fit or ["holder"]


def _queries(lookup: Lookup, start: Record, records: Sequence[Record]) -> Iterator[Query]:
    """All questions that lead from a record to a value which no other record states so."""
    ends = [start]
    if lookup == "linked":
        ends = [r for r in records if r.holder == start.holder and r is not start]
    for end in ends:
        own = [label for label, _ in end.fields if _single(records, end, label)]
        for label in own:
            if lookup != "value":
                yield Query(lookup, label, start, end)
                continue
            for given in own:
                if given != label:
                    yield Query(lookup, label, start, end, given)


def _single(records: Sequence[Record], record: Record, label: str) -> bool:
    """Whether no other record has this value, and it is too long to be guessed."""
    stated = record.get(label)
    return len(stated) > 1 and sum(other.get(label) == stated for other in records) == 1


# --- the independent solver ---------------------------------------------------------------

_LINES = tuple(
    re.compile(f"^{pattern}$", re.MULTILINE)
    for pattern in (
        r"(?P<a>[^:\n]+?): (?P<f>.+)\. Entered as record no\. (?P<n>\d{6})\.",
        r"(?P<f>.+), according to record no\. (?P<n>\d{6}) on (?P<a>.+)\.",
        r"(?P<f>.+)\. Source: record no\. (?P<n>\d{6}), (?P<a>.+)\.",
        r"With (?P<f>.+): so (?P<a>.+) stands in record no\. (?P<n>\d{6})\.",
        r"For (?P<a>.+?) the following is filed: (?P<f>.+) \(record no\. (?P<n>\d{6})\)\.",
        r"As to (?P<a>[^:\n]+?): (?P<f>.+)\. Thus record no\. (?P<n>\d{6})\.",
        r"Extract: (?P<f>.+)\. Made out for (?P<a>.+) as record no\. (?P<n>\d{6})\.",
        r"(?P<a>.+?) has (?P<f>.+), see record no\. (?P<n>\d{6})\.",
        r"One reads (?P<f>.+) in record no\. (?P<n>\d{6}), which concerns (?P<a>.+)\.",
        r"(?P<f>.+)\. This is what record no\. (?P<n>\d{6}) states of (?P<a>.+)\.",
        r"(?P<a>[^：\n]+?)：(?P<f>.+)。已登记为档案编号 (?P<n>\d{6})。",
        r"(?P<f>.+)，见(?P<a>.+)的档案编号 (?P<n>\d{6})。",
        r"(?P<f>.+)。出处：档案编号 (?P<n>\d{6})，(?P<a>.+)。",
        r"关于(?P<a>.+?)，(?P<f>.+)，可查档案编号 (?P<n>\d{6})。",
        r"(?P<a>.+?)名下记有(?P<f>.+)，列于档案编号 (?P<n>\d{6})。",
        r"(?P<a>.+?)一栏写着(?P<f>.+)（档案编号 (?P<n>\d{6})）。",
        r"摘录：(?P<f>.+)，对象为(?P<a>.+)，摘自档案编号 (?P<n>\d{6})。",
        r"至于(?P<a>.+?)，其(?P<f>.+)，均据档案编号 (?P<n>\d{6})。",
        r"载明(?P<f>.+)的，是(?P<a>.+)的档案编号 (?P<n>\d{6})。",
        r"(?P<f>.+)：以上是档案编号 (?P<n>\d{6}) 关于(?P<a>.+)的内容。",
    )
)
_FIELD = re.compile(r"(.+?)(?:: | = | → |：|＝|为)(.+)")
_DATED = re.compile(r"(.+?)(?: \((\d{4})\)|（(\d{4})年）)?")

_LABEL = re.compile(r'state as "([^"]+)"\?$|中，“([^”]+)”一项写的是什么？$')
_NUMBER = re.compile(r"(?:record no\. |^档案编号 )(\d{6})")
_YEAR = re.compile(r"has a record of the year (\d{4}) too|另有一份(\d{4})年的档案")
_ABOUT = re.compile(r"^One of the numbered records .+? is on (.+)\. What |有一份是关于(.+)的。那份")
_GIVEN = (
    re.compile(r'^One of the .+? states (?P<value>.+) as "(?P<label>[^"]+)"\. What'),
    re.compile(r"有一份的“(?P<label>[^”]+)”一项写的是(?P<value>.+)。那份"),
)


def solve(question: str, prompt: str) -> str | None:
    """Reads all records, then keeps those that the question names; one must be left."""
    label = _found(_LABEL, question)
    if not label:
        return None
    records = _read(reading.context(prompt))
    number, year, about = (_found(p, question) for p in (_NUMBER, _YEAR, _ABOUT))
    given = next(filter(None, (pattern.search(question) for pattern in _GIVEN)), None)
    if number:
        kept = [r for r in records if r.number == number]
        if year:
            holders = [r.holder for r in kept]
            kept = [r for r in records if holders == [r.holder] and r.period == year]
    elif given:
        kept = [r for r in records if r.get(given["label"]) == given["value"]]
    else:
        kept = [r for r in records if about == r.about("en" if " state as " in question else "zh")]
    return kept[0].get(label) or None if len(kept) == 1 else None


def _found(pattern: re.Pattern[str], text: str) -> str:
    """What the first group that took part in a match holds; empty where nothing matches."""
    match = pattern.search(text)
    return next(filter(None, match.groups()), "") if match else ""


def _read(text: str) -> list[Record]:
    """All records of a text."""
    found = []
    for pattern in _LINES:
        for line in pattern.finditer(text):
            dated = _DATED.fullmatch(line["a"])
            pairs = [_FIELD.fullmatch(pair) for pair in re.split("; |；", line["f"])]
            if dated and all(pairs):
                fields = tuple((pair[1], pair[2]) for pair in pairs if pair)
                year = dated[2] or dated[3] or ""
                found.append(Record(line["n"], dated[1], year, fields))
    return found
