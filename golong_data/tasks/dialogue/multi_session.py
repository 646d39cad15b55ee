"""Facts of several sessions put together: how many, how much in all, how much more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.alternatives import beside, run_of
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import LANGUAGES, Days, Fact, finish, offered
from golong_data.tasks.dialogue.transcript import Chats
from golong_data.tasks.dialogue.wording import Language, Outing, Spending, fill
from golong_data.types import Draft

_MONEY = re.compile(r"\$(\d[\d,]*)\.(\d\d)|(\d+)块(\d?)")


def cents(amount: str) -> int:
    """An amount in hundredths: "$12.50" or "57块5"."""
    m = _MONEY.fullmatch(amount)
    if not m:
        raise ValueError(f"no amount of money: {amount!r}")
    if m[1]:
        return int(m[1].replace(",", "")) * 100 + int(m[2])
    return int(m[3]) * 100 + int(m[4] or 0) * 10


def money(hundredths: int, language: Language) -> str:
    """The same the other way round."""
    if language.code == "zh":
        return f"{hundredths // 100}块{hundredths % 100 // 10 or ''}"
    return f"${hundredths / 100:,.2f}"


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """A count, a sum or a difference; without `said` nothing that it is made of was said."""
    kind = work.rng.choice((_count, _count, _total, _more))
    return kind(work, config, said)


def _others(
    work: Workspace,
    language: Language,
    source: Outing | Spending,
    values: Sequence[str],
    **slots: str,
) -> list[str]:
    """A sentence for each value that does not count: other people's and plans in turn."""
    rng = work.rng
    people = rng.sample(language.people, len(language.people))
    found = []
    for i, value in enumerate(values):
        if i % 2:
            found.append(fill(rng.choice(source.plan), v=value, **slots))
        else:
            found.append(fill(rng.choice(source.other), v=value, p=people.pop(), **slots))
    return found


def _misses(work: Workspace, config: DialogueConfig) -> int:
    """How many facts that do not count are planted: one or two, more where they are near."""
    return 1 + round(config.near * work.rng.randint(1, 3))


# --- how many -------------------------------------------------------------------------------


def _count(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    language, rng = LANGUAGES[config.language], work.rng
    outing = rng.choice(language.outings)
    days = Days(work, language)
    counted, run = run_of(*config.events, config.options - 1, rng)
    n = counted if said else 0
    misses = _misses(work, config)
    names = language.distinct("thing", n + misses, rng)
    # One that is mentioned twice counts once; losing either mention alone changes nothing, so
    # neither is marked as evidence.
    twice = names[n - 1] if n > 2 and rng.random() < config.near / 2 else ""
    facts = [
        Fact(day, fill(rng.choice(outing.said), v=name), evidence=name != twice)
        for name, day in zip(names[:n], days.spread(n), strict=True)
    ]
    if twice:
        later = days.take((facts[-1].day + days.calendar.days) // 2)
        facts.append(Fact(later, fill(rng.choice(outing.again), v=twice)))
    facts += [Fact(days.any(), text) for text in _others(work, language, outing, names[n:])]
    others = [str(k) for k in run if k != counted]
    ask = offered(rng.choice(outing.asked), str(counted), others, said=said)
    return finish(work, config, days, ask, facts, (outing.noun,))


# --- how much -------------------------------------------------------------------------------


def _spent(
    work: Workspace, spending: Spending, subject: str, amounts: Sequence[str], days: Sequence[int]
) -> list[Fact]:
    return [
        Fact(day, fill(work.rng.choice(spending.said), s=subject, v=amount), evidence=True)
        for amount, day in zip(amounts, days, strict=True)
    ]


def _subjects(work: Workspace, language: Language) -> tuple[str, str, str]:
    """Three different subjects, of which the second shares its noun with the first."""
    spending, rng = language.spending, work.rng
    q1, q2, q3 = rng.sample(spending.qualifiers, 3)
    n1, n2 = rng.sample(spending.nouns, 2)
    return language.subject(q1, n1), language.subject(q2, n1), language.subject(q3, n2)


def _total(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    language, rng = LANGUAGES[config.language], work.rng
    spending = language.spending
    subject, near, _ = _subjects(work, language)
    days = Days(work, language)
    n = rng.randint(*config.events)
    amounts = language.distinct("price", n + _misses(work, config) + 1, rng)
    mine, others, elsewhere = amounts[:n], amounts[n:-1], amounts[-1]
    facts = _spent(work, spending, subject, mine, days.spread(n)) if said else []
    texts = _others(work, language, spending, others, s=subject)
    texts.append(fill(rng.choice(spending.said), s=near, v=elsewhere))
    facts += [Fact(days.any(), text) for text in texts]
    total = sum(map(cents, mine))
    pool = [cents(amount) for amount in amounts]
    question = fill(rng.choice(spending.total), s=subject)
    wrong = _sums(work, language, pool, n, total, config.options - 2)
    ask = offered(question, money(total, language), wrong, said=said)
    return finish(work, config, days, ask, facts, (subject,))


def _more(work: Workspace, config: DialogueConfig, said: bool) -> Draft:
    language, rng = LANGUAGES[config.language], work.rng
    spending = language.spending
    one, near, two = _subjects(work, language)
    days = Days(work, language)
    n = max(2, rng.randint(*config.events)) - 1
    amounts = language.distinct("price", n + 2 + _misses(work, config), rng)
    # Without `said` nothing was spent on the second, or the question has no answer.
    amounts[: n + 1] = sorted(amounts[: n + 1], key=cents, reverse=True)
    mine, his, others, elsewhere = amounts[:n], amounts[n], amounts[n + 1 : -1], amounts[-1]
    places = days.spread(n + 1)
    facts = _spent(work, spending, one, mine, places[:n])
    if said:
        facts += _spent(work, spending, two, [his], places[n:])
    else:
        facts = [Fact(fact.day, fact.text) for fact in facts]
    texts = _others(work, language, spending, others, s=two)
    texts.append(fill(rng.choice(spending.said), s=near, v=elsewhere))
    facts += [Fact(days.any(), text) for text in texts]
    difference = sum(map(cents, mine)) - cents(his)
    pool = [cents(amount) for amount in amounts if amount != his]
    question = fill(rng.choice(spending.more), s=one, t=two)
    wrong = _sums(work, language, pool, n, difference, config.options - 2, less=cents(his))
    ask = offered(question, money(difference, language), wrong, said=said)
    return finish(work, config, days, ask, facts, (one, two))


def _sums(
    work: Workspace,
    language: Language,
    pool: Sequence[int],
    n: int,
    right: int,
    options: int,
    *,
    less: int = 0,
) -> list[str]:
    """Wrong results: what other choices of about `n` of the amounts come to, less an amount.

    Where these are too few on the side of the right one that they are wanted on, it is
    changed by parts of amounts.
    """
    rng = work.rng
    sizes = (min(max(1, n + rng.randint(-1, 1)), len(pool)) for _ in range(50))
    likely = [abs(sum(rng.sample(pool, size)) - less) for size in sizes]
    steps = (rng.choice(pool) // k // 10 * 10 for k in (1, 2, 3, 4))
    spare = [right + sign * step for step in steps for sign in (1, -1)]
    return [money(wrong, language) for wrong in beside(right, likely, spare, options, rng)]


# --- the independent solver -----------------------------------------------------------------


def answer(chats: Chats) -> str | None:
    """The number or sum, or the option that none was said; None for other questions."""
    language = chats.language
    for outing in language.outings:
        if chats.cues.holds(outing.category, chats.question):
            named = re.compile(chats.cues.name + re.escape(outing.noun))
            told = (m[1] for t in chats.about(outing.noun) for m in named.finditer(t.sentence))
            return str(len(names)) if (names := set(told)) else language.never
    sums = [sum(_amounts(chats, subject)) for subject in _subjects_in(chats)]
    if not sums:
        return None
    if not all(sums):
        return language.never
    return money(sums[0] if len(sums) == 1 else abs(sums[0] - sums[1]), language)


def _subjects_in(chats: Chats) -> list[str]:
    """What the question names that money was spent on: one thing, or two."""
    spending = chats.language.spending
    named = (chats.language.subject(q, n) for q in spending.qualifiers for n in spending.nouns)
    return [name for name in named if chats.cues.holds(name, chats.question)]


def _amounts(chats: Chats, subject: str) -> list[int]:
    return [cents(m[0]) for t in chats.about(subject) for m in [_MONEY.search(t.sentence)] if m]
