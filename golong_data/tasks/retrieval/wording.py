"""The many ways in which planted text is put: records, notes of a chain, requests.

Evidence and decoys draw from the same forms, so nothing can be found by its form alone.
"""

from __future__ import annotations

from typing import Literal

RECORDS: dict[str, tuple[str, ...]] = {
    "en": (
        "{about}: {fields}. Entered as record no. {number}.",
        "{fields}, according to record no. {number} on {about}.",
        "{fields}. Source: record no. {number}, {about}.",
        "With {fields}: so {about} stands in record no. {number}.",
        "For {about} the following is filed: {fields} (record no. {number}).",
        "As to {about}: {fields}. Thus record no. {number}.",
        "Extract: {fields}. Made out for {about} as record no. {number}.",
        "{about} has {fields}, see record no. {number}.",
        "One reads {fields} in record no. {number}, which concerns {about}.",
        "{fields}. This is what record no. {number} states of {about}.",
    ),
    "zh": (
        "{about}：{fields}。已登记为档案编号 {number}。",
        "{fields}，见{about}的档案编号 {number}。",
        "{fields}。出处：档案编号 {number}，{about}。",
        "关于{about}，{fields}，可查档案编号 {number}。",
        "{about}名下记有{fields}，列于档案编号 {number}。",
        "{about}一栏写着{fields}（档案编号 {number}）。",
        "摘录：{fields}，对象为{about}，摘自档案编号 {number}。",
        "至于{about}，其{fields}，均据档案编号 {number}。",
        "载明{fields}的，是{about}的档案编号 {number}。",
        "{fields}：以上是档案编号 {number} 关于{about}的内容。",
    ),
}
"""A record: its number, whom or what it is about, its labelled values. No value ends it, so
that the last number of a record is never the answer."""

RECORD_MARKS = {"en": "ecord no. ", "zh": "档案编号"}
"""What every record holds and nothing else may."""

PAIRS = {
    "en": ("{label}: {value}", "{label} = {value}", "{label} → {value}"),
    "zh": ("{label}：{value}", "{label}＝{value}", "{label}为{value}"),
}
"""A labelled value; one form serves a whole record. No dash: it could be read as a minus."""

BETWEEN = {"en": "; ", "zh": "；"}
"""What stands between two labelled values."""

ABOUT = {
    "en": ("{holder}", "{holder} ({period})"),
    "zh": ("{holder}", "{holder}（{period}年）"),
}
"""Whom or what a record is about, without and with a year."""

LEADS: dict[str, tuple[str, ...]] = {
    "en": (
        "Key {key} leads to key {next}.",
        "From key {key}, go on to key {next}.",
        "Key {next} comes after key {key}.",
        "Once at key {key}, look for key {next}.",
        "Whoever holds key {key} is sent on to key {next}.",
        "Key {next} is where key {key} points.",
        "Key {key} opens the way to key {next}.",
        "The way to key {next} starts at key {key}.",
        "With key {key} in hand, turn to key {next}.",
        "Key {next} follows from key {key}.",
    ),
    "zh": (
        "密钥{key}指向密钥{next}。",
        "找到密钥{key}之后，请接着找密钥{next}。",
        "密钥{next}由密钥{key}引出。",
        "从密钥{key}往下走，下一站是密钥{next}。",
        "密钥{key}的下一个是密钥{next}。",
        "密钥{next}接在密钥{key}之后。",
        "拿着密钥{key}的人，应转去密钥{next}。",
        "密钥{next}正是密钥{key}所指之处。",
        "由密钥{key}可得密钥{next}。",
        "密钥{key}通往密钥{next}。",
    ),
}
"""A note that leads from one key to the next, named in either order."""

HOLDS: dict[str, tuple[str, ...]] = {
    "en": (
        "Key {key} holds this question: {question}",
        "The question under key {key} is: {question}",
        "{question} This is the question that key {key} holds.",
        "At key {key} the way ends, with this question: {question}",
        "Key {key} leads no further and asks: {question}",
        "As its question, key {key} has: {question}",
        "{question} So asks key {key}.",
        "Whoever reaches key {key} is asked: {question}",
    ),
    "zh": (
        "密钥{key}对应的问题：{question}",
        "密钥{key}之下的问题是：{question}",
        "{question}这就是密钥{key}对应的问题。",
        "到密钥{key}为止，要回答的是：{question}",
        "密钥{key}不再指向别处，只问：{question}",
        "作为问题，密钥{key}给出：{question}",
        "{question}密钥{key}如是问。",
        "凡到达密钥{key}者，请答：{question}",
    ),
}
"""A note at the end of a chain."""

KEY_MARKS = {"en": "ey {key}", "zh": "密钥{key}"}
"""How every note names a key."""

Form = Literal["passage", "sentence"]

REQUESTS: dict[str, tuple[str, ...]] = {
    "en": (
        "Show me {thing} about “{about}”.",
        "Could I see {thing} about “{about}”?",
        "I would like to read {thing} about “{about}”.",
        "Please give me {thing} about “{about}”.",
        "About “{about}”: {thing}, please.",
        "On “{about}” I need {thing}.",
        "Is there {thing} about “{about}” to quote?",
        "My next subject is “{about}”; quote me {thing}.",
        "Let me have {thing} concerning “{about}”.",
        "For “{about}”, {thing} will do.",
    ),
    "zh": (
        "请给我看{thing}关于「{about}」的文字。",
        "能不能让我看看{thing}关于「{about}」的文字？",
        "我想读{thing}关于「{about}」的文字。",
        "麻烦给出{thing}关于「{about}」的文字。",
        "关于「{about}」，请引{thing}文字。",
        "「{about}」这个题目，我需要{thing}文字。",
        "有没有{thing}讲「{about}」的文字？",
        "接下来看「{about}」，请摘{thing}文字。",
        "有关「{about}」的文字，请来{thing}。",
        "「{about}」的文字，有{thing}就够了。",
    ),
}
"""A request of a conversation; its subject stands in quotation marks."""

THINGS: dict[str, dict[Form, str]] = {
    "en": {"passage": "a passage", "sentence": "a single sentence"},
    "zh": {"passage": "一段", "sentence": "一句"},
}
"""What is requested."""
