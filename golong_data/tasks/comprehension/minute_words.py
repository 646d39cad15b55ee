"""How notes tell of promises: each kind of event in many words, its parts in any order.

`{a}` is who is or was bound, `{b}` the other person, `{duty}` what was promised, `{day}` the date
of the note. Forms of one kind say the same; which one a note has tells nothing of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PROMISED, HANDED, KEPT, RELEASED, DECLINED, WISHED = range(6)

FORMS: Mapping[str, Mapping[int, Sequence[str]]] = {
    "en": {
        PROMISED: (
            "On {day} {a} promised {b} to {duty}.",
            "{a} gave {b} a promise on {day}: to {duty}.",
            "{b} was given the word of {a} on {day}, a promise to {duty}.",
            "To {duty}: that is what {a} promised {b} on {day}.",
            "{day}: {b} hears {a} promise to {duty}.",
            "Before {b}, on {day}, {a} made the promise to {duty}.",
            "A promise to {duty} was made on {day}; it was {a} who made it, and {b} to whom it was "
            "made.",
            "{a} would {duty}, or so {b} was promised by {a} on {day}.",
            "The word that {a} gave {b} on {day} was to {duty}.",
        ),
        HANDED: (
            "On {day} {a} handed the promise to {duty} on to {b}, who accepted it.",
            "{b} took over from {a}, on {day}, the promise to {duty}.",
            "{day}: the promise to {duty} passes from {a} to {b}.",
            "As of {day} {b} answers for the promise to {duty} in place of {a}.",
            "The promise to {duty}, so far a matter for {a}, became one for {b} on {day}.",
            "{a} passed on the promise to {duty}; it was accepted on {day} by {b}.",
            "It is {b} who, from {day} on, bears the promise to {duty}, {a} having given it up.",
            "By agreement of {day}, {a} is replaced by {b} in the promise to {duty}.",
            "To {duty} was the promise that {b} accepted from {a} on {day}.",
        ),
        KEPT: (
            "On {day} {a} reported having kept the promise to {duty}.",
            "{day}: the promise to {duty} has been kept, as {a} can show.",
            "The promise to {duty} was fulfilled on {day} by {a}.",
            "{b} found on {day} that {a} had kept the promise to {duty}.",
            "What {a} had promised, to {duty}, was done on {day}.",
            "With {day} the promise to {duty} is over: {a} has kept it.",
            "To {duty} had been promised, and on {day} {a} could call it done.",
            "On {day} {b} thanked {a} for having kept the promise to {duty}.",
        ),
        RELEASED: (
            "On {day} {b} released {a} from the promise to {duty}.",
            "{a} was let off the promise to {duty} by {b} on {day}.",
            "{day}: the promise to {duty} no longer binds {a}, since {b} has waived it.",
            "{b} waived on {day} what {a} had promised, to {duty}.",
            "It was said by {b} on {day} that {a} need not {duty} any more, whatever the promise.",
            "From {day} on {b} no longer holds {a} to the promise to {duty}.",
            "The promise to {duty} was called off by {b} on {day}, and {a} is free of it.",
            "To {duty} is no longer asked of {a}, whom {b} released on {day} from that promise.",
        ),
        DECLINED: (
            "On {day} {b} offered to take over the promise to {duty}, but {a} declined.",
            "{a} refused on {day} to hand the promise to {duty} on to {b}.",
            "{day}: {b} asks for the promise to {duty}; {a} does not part with it.",
            "The promise to {duty} stayed with {a} on {day}, although {b} wanted it.",
            "{b} would have taken the promise to {duty} from {a} on {day}; nothing came of it.",
            "Nothing changed on {day} about the promise to {duty}: {b} offered, {a} refused.",
            "On {day} {a} turned down {b}, who would have accepted the promise to {duty}.",
            "To {duty} stayed with {a} as a promise on {day}; the offer of {b} was declined.",
        ),
        WISHED: (
            "On {day} {b} found that somebody ought to {duty}, but promised nothing.",
            "{b} held on {day} that it was time to {duty}, without making a promise.",
            "{day}: {b} asks who might {duty}, and leaves it at the question.",
            "That someone should {duty} was the view of {b} on {day}; no promise followed.",
            "{b} thought on {day} of promising to {duty} and then did not.",
            "To {duty} would be good, said {b} on {day}, promising nothing.",
            "Without any promise {b} spoke on {day} of how good it would be to {duty}.",
            "Whether to {duty} was considered by {b} on {day}, with no promise made.",
        ),
    },
    "zh": {
        PROMISED: (
            "{day}，{a}向{b}承诺{duty}。",
            "{b}于{day}得到{a}的承诺：{duty}。",
            "{a}答应{b}去{duty}，时在{day}。",
            "{duty}，这是{a}在{day}对{b}许下的承诺。",
            "{day}，{a}当着{b}的面许诺{duty}。",
            "据{day}的记录，{duty}一事由{a}向{b}作出承诺。",
            "{a}许诺{duty}，受诺人为{b}，日期是{day}。",
            "自{day}起，{a}因对{b}的承诺，须负责{duty}。",
            "对{b}，{a}在{day}作了承诺，内容是{duty}。",
        ),
        HANDED: (
            "{day}，{a}把{duty}的承诺转交给{b}，对方接受了。",
            "{b}于{day}从{a}手里接过{duty}的承诺。",
            "{duty}的承诺原由{a}承担，{day}起改由{b}承担。",
            "{day}，{b}代替{a}承担起{duty}的承诺。",
            "自{day}起，{duty}的承诺由{b}承担，{a}交出了它。",
            "{a}卸下了{duty}的承诺，{b}在{day}接了下来。",
            "经双方同意，{duty}的承诺在{day}由{a}移交{b}。",
            "{day}，{duty}的承诺换了人：{a}退出，{b}接替。",
        ),
        KEPT: (
            "{day}，{a}报告说已经兑现{duty}的承诺。",
            "{duty}的承诺已由{a}在{day}兑现。",
            "{b}在{day}确认，{a}履行了{duty}的承诺。",
            "{day}，{a}承诺的事已经办妥：{duty}。",
            "{a}说到做到，{duty}的承诺在{day}了结。",
            "{duty}一事已毕，{a}于{day}向{b}交差，承诺兑现。",
            "{day}，{b}感谢{a}兑现了{duty}的承诺。",
            "至{day}，{a}完成了{duty}的承诺。",
        ),
        RELEASED: (
            "{day}，{b}解除了{a}关于{duty}的承诺。",
            "{b}在{day}告诉{a}，{duty}的承诺作罢。",
            "{a}不必再{duty}了：{b}于{day}免除了这一承诺。",
            "{duty}的承诺自{day}起对{a}不再有约束，{b}已同意作罢。",
            "{day}，{a}获{b}准许，不再承担{duty}的承诺。",
            "{b}撤回了对{a}的要求，{duty}的承诺于{day}取消。",
            "{duty}的承诺在{day}被{b}取消，{a}从此无责。",
            "{day}起，{b}不再要求{a}履行{duty}的承诺。",
        ),
        DECLINED: (
            "{day}，{b}提出接手{duty}的承诺，但{a}没有同意。",
            "{a}在{day}拒绝把{duty}的承诺转给{b}。",
            "{b}想要{duty}的承诺，{a}于{day}谢绝了。",
            "{day}，{duty}的承诺仍在{a}身上，{b}的请求未获应允。",
            "{a}没有让出{duty}的承诺，尽管{b}在{day}提出过请求。",
            "{day}，{b}愿替{a}承担{duty}的承诺，此事未成。",
            "{duty}的承诺照旧归{a}，{b}在{day}的提议被回绝。",
            "对于{duty}的承诺，{b}在{day}表示愿意接手，{a}婉言推辞。",
        ),
        WISHED: (
            "{day}，{b}认为应当有人{duty}，但没有作出承诺。",
            "{b}在{day}问起谁能{duty}，自己并未承诺。",
            "{day}，{b}谈到最好{duty}，没有许下承诺。",
            "要不要{duty}，{b}在{day}考虑过，未作承诺。",
            "{b}在{day}本想承诺{duty}，终究没有开口。",
            "{duty}是好事，{b}在{day}这样说，却不肯承诺。",
            "{day}，有人提议{duty}，{b}表示赞成，但不作承诺。",
            "{b}于{day}说起该{duty}了，此外没有任何承诺。",
        ),
    },
}
