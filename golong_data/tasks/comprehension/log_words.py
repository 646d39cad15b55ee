"""How a house log tells who has what: each kind of sentence in many words, in any order.

`{who}` is who acts, as the subject of the sentence; `{whom}` the same where the sentence has it
as an object; `{to}` who receives. Forms of one kind say the same. No sentence holds a full stop
before its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ROLES: Mapping[str, Sequence[str]] = {
    "en": (
        "the surveyor,the gardener,the clerk,the cook,the driver,the nurse,the painter,the tutor"
    ).split(","),
    "zh": "测量员 园丁 书记 厨师 车夫 护士 画师 家教".split(),
}
THINGS: Mapping[str, Sequence[str]] = {
    "en": (
        "the brass key,the red book,the sealed letter,the silver watch,the small map,the ivory "
        "comb,the signed photograph"
    ).split(","),
    "zh": "铜钥匙 红皮书 密封的信 银怀表 小地图 象牙梳 签名照".split(),
}
PLACES: Mapping[str, Sequence[str]] = {
    "en": (
        "the oak chest,the tin box,the desk drawer,the glass case,the wicker basket,the wall "
        "safe,the linen cupboard,the leather trunk"
    ).split(","),
    "zh": "橡木箱 铁皮盒 书桌抽屉 玻璃柜 藤篮 壁橱 保险柜 皮箱".split(),
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "between": "; ",
        "she": "she",
        "he": "he",
        "her": "her",
        "him": "him",
        "it": "it",
        "former": "the former",
        "latter": "the latter",
        "in": "in {place}",
        "with": "in the hands of {who}",
    },
    "zh": {
        "between": "、",
        "she": "她",
        "he": "他",
        "her": "她",
        "him": "他",
        "it": "它",
        "former": "前者",
        "latter": "后者",
        "in": "在{place}里",
        "with": "在{who}手中",
    },
}

FORMS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "head": (
            "House log of {house}, {day}; present: {present}.",
            "{day}, from the house log of {house}; present are {present}.",
            "The house log of {house} names for {day} as present {present}.",
            "{house}, house log, {day}: in the house are {present}.",
            "In the house log of {house}, under {day}, are listed {present}.",
            "House log, {day}, kept at {house}; those there: {present}.",
            "On {day} the house log of {house} lists {present}.",
            "Of {present} the house log of {house} says that they were there on {day}.",
        ),
        "woman": ("Ms {name}, {role}", "Ms {name} ({role})"),
        "man": ("Mr {name}, {role}", "Mr {name} ({role})"),
        "holds": (
            "At first {who} holds {thing}.",
            "{thing} is with {who} at the start.",
            "To begin with, {who} has {thing}.",
            "In the beginning {thing} is held by {who}.",
            "{who} starts out with {thing}.",
            "Before anything happens, {thing} is in the keeping of {who}.",
            "The one who first has {thing} is {who}.",
            "As the log opens, {who} has {thing}.",
        ),
        "lies": (
            "At first {thing} lies in {place}.",
            "{thing} is in {place} at the start.",
            "To begin with, {place} holds {thing}.",
            "In the beginning {thing} is found in {place}.",
            "In {place} lies, at first, {thing}.",
            "Before anything happens, {thing} is kept in {place}.",
            "The first place to hold {thing} is {place}.",
            "As the log opens, {thing} is in {place}.",
        ),
        "put": (
            "{who} puts {thing} into {place}.",
            "Into {place} {who} puts {thing}.",
            "{who} opens {place} and lays {thing} inside.",
            "Then {who} stows {thing} away in {place}.",
            "{who} goes to {place} and leaves {thing} there.",
            "For safety {who} shuts {thing} up in {place}.",
            "In {place} {who} hides {thing}.",
            "{who} drops {thing} into {place}.",
        ),
        "take": (
            "{who} takes {thing} out of {place}.",
            "Out of {place} {who} takes {thing}.",
            "{who} opens {place} and takes {thing} along.",
            "Then {who} fetches {thing} from {place}.",
            "{who} goes to {place} and comes away with {thing}.",
            "In some haste {who} removes {thing} from {place}.",
            "From {place} {who} gets {thing}.",
            "{who} pulls {thing} out of {place}.",
        ),
        "give": (
            "{who} gives {thing} to {to}.",
            "To {to} {who} gives {thing}.",
            "{who} hands {thing} over to {to}.",
            "Then {who} passes {thing} on to {to}.",
            "{to} receives {thing} from {whom}.",
            "After a while {to} is handed {thing} by {whom}.",
            "{who} entrusts {to} with {thing}.",
            "From {whom} {to} gets {thing}.",
        ),
    },
    "zh": {
        "head": (
            "宅中日志，{house}，{day}，在场者：{present}。",
            "{day}，{house}的宅中日志记下在场的有{present}。",
            "{house}宅中日志，{day}：当日在场{present}。",
            "据{house}的宅中日志，{day}在场的是{present}。",
            "{house}，{day}，宅中日志所记在场者为{present}。",
            "在场者{present}，见{house}的宅中日志，{day}。",
            "{day}的宅中日志，记于{house}，屋里有{present}。",
            "宅中日志{day}一页，{house}，在场{present}。",
        ),
        "woman": ("{name}女士（{role}）", "{role}{name}女士"),
        "man": ("{name}先生（{role}）", "{role}{name}先生"),
        "holds": (
            "起初{who}拿着{thing}。",
            "一开始，{thing}在{who}手里。",
            "开头{who}手中有{thing}。",
            "{thing}起先由{who}拿着。",
            "最初持有{thing}的是{who}。",
            "日志开始时，{who}拿着{thing}。",
            "{who}一开始就拿着{thing}。",
            "起先，{thing}归{who}拿。",
        ),
        "lies": (
            "起初{thing}在{place}里。",
            "一开始，{thing}放在{place}里。",
            "{place}里起先有{thing}。",
            "最初{thing}收在{place}里。",
            "开头，{thing}就在{place}里。",
            "日志开始时，{thing}在{place}里。",
            "{thing}起先放在{place}里。",
            "{place}里一开始放着{thing}。",
        ),
        "put": (
            "{who}把{thing}放进{place}里。",
            "{who}将{thing}收进{place}里。",
            "{who}打开{place}，把{thing}放进去。",
            "随后{who}把{thing}搁到{place}里。",
            "{who}走到{place}前，把{thing}留在里面。",
            "为了稳妥，{who}把{thing}锁进{place}里。",
            "{who}把{thing}塞进{place}里。",
            "接着{who}将{thing}存入{place}里。",
        ),
        "take": (
            "{who}把{thing}从{place}里取出。",
            "{who}从{place}里拿出{thing}。",
            "{who}打开{place}，取走{thing}。",
            "随后{who}将{thing}从{place}里拿走。",
            "从{place}里，{who}取出了{thing}。",
            "{who}走到{place}前，拿走了{thing}。",
            "接着{who}从{place}里翻出{thing}，拿在手上。",
            "趁着空闲，{who}从{place}里把{thing}拿了出来。",
        ),
        "give": (
            "{who}把{thing}交给{to}。",
            "{who}将{thing}递给{to}。",
            "{to}从{whom}那里接过{thing}。",
            "随后{who}把{thing}转给{to}。",
            "过了一会儿，{to}由{whom}手中接过{thing}。",
            "接着{who}将{thing}送到{to}手里。",
            "{who}把{thing}托付给{to}。",
            "从{whom}那里，{to}得到了{thing}。",
        ),
    },
}
"""Language -> kind of sentence -> its forms."""
