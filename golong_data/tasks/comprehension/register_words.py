"""How registers say that a thing is kept, that a house lies in a town, that it is insured.

Each kind of entry has many forms, its parts in any order; `{n}` is the entry's number. Forms of
one kind say the same; which one an entry has tells nothing of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ITEM: Mapping[str, str] = {"en": "the {thing} of {person}", "zh": "{person}的{thing}"}

FORMS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "loan": (
            "Loan register, entry {n}: {item} is kept at {house}.",
            "Entry {n} of the loan register places {item} at {house}.",
            "At {house}, says entry {n} of the loan register, {item} is kept.",
            "{house} is where {item} is kept (loan register, entry {n}).",
            "According to the loan register (entry {n}), {item} was given into keeping at {house}.",
            "Whoever wants {item} is sent to {house} by entry {n} of the loan register.",
            "Of {item} the loan register says, under number {n}, that it is kept at {house}.",
            "Loan register, number {n}: taken into keeping at {house}, {item}.",
            "Number {n} in the loan register names {house} as the place of {item}.",
        ),
        "town": (
            "House register, entry {n}: {house} lies in {town}.",
            "{town} is where {house} lies, says entry {n} of the house register.",
            "In {town}, by entry {n} of the house register, lies {house}.",
            "The house register has {house}, under number {n}, among the houses of {town}.",
            "Entry {n} of the house register assigns {house} to {town}.",
            "{house}, in {town}: so it stands in the house register, number {n}.",
            "Among the houses of {town} the house register counts {house} (entry {n}).",
            "Anyone looking for {house} must go to {town}, as number {n} in the house register "
            "shows.",
        ),
        "sum": (
            "Insurance register, entry {n}: {house} is insured for {sum} crowns.",
            "{sum} crowns is what {house} is insured for (insurance register, entry {n}).",
            "For {house} the insurance register gives a sum of {sum} crowns in entry {n}.",
            "Entry {n} of the insurance register insures {house} for {sum} crowns.",
            "Should {house} burn down, its insurance pays {sum} crowns by entry {n} of the "
            "insurance register.",
            "The sum of {sum} crowns stands beside {house} in the insurance register, number {n}.",
            "In the insurance register {house} is put down for {sum} crowns, under number {n}.",
            "Insured at {house}: {sum} crowns, as number {n} in the insurance register says.",
        ),
    },
    "zh": {
        "loan": (
            "借存簿第{n}条：{item}存放于{house}。",
            "{house}存有{item}，见借存簿第{n}条。",
            "据借存簿第{n}条，{item}现存{house}。",
            "借存簿把{item}记在{house}名下，编号{n}。",
            "要找{item}，借存簿第{n}条写的是{house}。",
            "{item}由{house}保管（借存簿，编号{n}）。",
            "借存簿编号{n}：{house}收到{item}，代为保管。",
            "{house}是{item}的存放处，此为借存簿第{n}条所载。",
        ),
        "town": (
            "房产簿第{n}条：{house}位于{town}。",
            "{town}有{house}一处，见房产簿第{n}条。",
            "据房产簿第{n}条，{house}坐落在{town}。",
            "房产簿把{house}列入{town}，编号{n}。",
            "要去{house}，得到{town}，房产簿第{n}条如此记载。",
            "{house}属{town}（房产簿，编号{n}）。",
            "房产簿编号{n}：{town}，{house}。",
            "{house}所在的镇，房产簿第{n}条写作{town}。",
        ),
        "sum": (
            "保险簿第{n}条：{house}的投保额为{sum}元。",
            "{house}投保{sum}元，见保险簿第{n}条。",
            "据保险簿第{n}条，{house}保了{sum}元。",
            "保险簿给{house}记的是{sum}元，编号{n}。",
            "{house}若遭火灾，保险赔付{sum}元，保险簿第{n}条有载。",
            "{sum}元是{house}的投保额（保险簿，编号{n}）。",
            "保险簿编号{n}：{house}，{sum}元。",
            "保险簿里，{house}的投保额写作{sum}元，编号{n}。",
        ),
    },
}
"""Language -> kind of entry -> its forms."""
