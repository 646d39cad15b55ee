r"""Units and the scale words before them, by one canonical name each.

`read_unit` reads the unit that a question asked for, `ending` what stands behind the digits of
an answer, both with the same words, so that "million U.S. dollars" and "mn US$" are one thing.
A name is canonical words joined by single spaces. Its head is what was counted and its tail
what an answer may leave out: "% of gdp", "usd of 2021", "l of pure alcohol / capita".

Scale words are hundred, dozen, thousand, million (mn, mln), billion (bn), trillion (tn), 百, 千,
万, 亿 and their kind. Of the letters, k, K, M and B count where they touch the digits (5k,
1.2M), and behind a currency sign k, m, b and t in either case ($1.2 m). A letter that is the
unit asked for is that unit: where "K" is asked for, 300K is kelvin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from golong_data.metrics.plain import MAX_CHARS, undress

RATIOS = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}
"""Units that are themselves a number, by canonical name."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit such as "million US$": its scale and the canonical name of the rest."""

    scale: int = 1
    name: str = ""


SCALES = {
    "hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "mn": 10**6,
    "mln": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12,
    "百": 100, "千": 10**3, "万": 10**4, "萬": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "億": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}

_HAN_UNITS = {
    "个百分点": "pp", "百分点": "pp", "平方公里": "km2", "平方千米": "km2", "平方米": "m2",
    "立方米": "m3", "人民币": "cny", "美元": "usd", "欧元": "eur", "日元": "jpy",
    "英镑": "gbp", "港元": "hkd", "公里": "km", "千米": "km", "公斤": "kg", "千克": "kg",
    "公顷": "ha", "吨": "t", "米": "m", "元": "cny", "人": "person",
}  # fmt: skip
_HAN = re.compile(
    "|".join(
        sorted(
            [*_HAN_UNITS, *(word for word in SCALES if not word.isascii())],
            key=len,
            reverse=True,
        )
    )
)

_SYNONYMS = {
    "%": "percent pct", "pp": "ppt", "/": "per",
    "usd": "us$ $ dollar", "eur": "€ euro", "gbp": "£", "cny": "rmb yuan renminbi cn¥",
    "jpy": "yen jp¥", "inr": "₹ rupee rs", "aud": "a$ au$", "cad": "c$ ca$", "hkd": "hk$",
    "km": "kilometre kilometer", "m": "metre meter", "cm": "centimetre centimeter",
    "mm": "millimetre millimeter", "mi": "mile", "ft": "foot feet",
    "km2": "sqkm", "m2": "sqm", "ha": "hectare", "l": "litre liter",
    "kg": "kilogram kilogramme", "g": "gram gramme", "mg": "milligram", "lb": "pound",
    "μg": "ug microgram microgramme", "t": "tonne", "s": "second sec", "min": "minute",
    "h": "hour hr", "year": "yr", "w": "watt", "kw": "kilowatt", "mw": "megawatt",
    "kwh": "kilowatt-hour", "°": "degree", "°c": "celsius", "°f": "fahrenheit",
    "person": "people", "barrel": "bbl",
}  # fmt: skip
WORDS = {word: name for name, words in _SYNONYMS.items() for word in (name, *words.split())}
MONEY_WORDS = {"人民币": "cny"}
"""Names of money that stand in front of a number and are no sign."""
_CURRENCIES = ("usd", "eur", "gbp", "cny", "jpy", "inr", "aud", "cad", "hkd", "chf")
# A unit as asked, and what else says the same where it was asked for.
_AS_ASKED = {"pp": frozenset(("point", "pt", "%", "%-pt", "% pt"))}
# A name that may be either of several units.
_EITHER = {"¥": frozenset(("jpy", "cny")), "ton": frozenset(("t",))}

# What several words make; the patterns run over canonical words joined by single spaces.
_MONEY = "|".join(_CURRENCIES)
_PHRASES = tuple(
    (re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])"), name)
    for pattern, name in (
        ("/ cent", "%"),
        ("(?:percentage|%) point|percentage-point|%-point", "pp"),
        ("percentage", "%"),
        ("(?:us|american|united state) usd|usd usd", "usd"),
        ("cny cny", "cny"),
        ("australian usd", "aud"),
        ("canadian usd", "cad"),
        ("hong kong usd", "hkd"),
        ("lb sterling|british lb", "gbp"),
        ("metric (?:ton|t)", "t"),
        ("kw h", "kwh"),
        ("μ g", "μg"),
        ("(?:sq|square) ([a-z]+)", r"\g<1>2"),
        ("(?:cu|cubic) ([a-z]+)", r"\g<1>3"),
        ("([a-z]+) squared", r"\g<1>2"),
        ("([a-z]+) cubed", r"\g<1>3"),
        ("° (?:°c|c)", "°c"),
        ("° (?:°f|f)", "°f"),
        ("of (?:the|all|total)", "of"),
        # In prices of which year: what an answer may leave out stands behind "of".
        (rf"(constant|current) (\d{{4}} )?({_MONEY})", r"\3 of \2\1"),
        (rf"(\d{{4}}) ({_MONEY})", r"\2 of \1"),
        (rf"({_MONEY}) (?:(?:in|at) )?(?:constant )?(\d{{4}})(?: price)?", r"\1 of \2"),
    )
)
# Headers write "1000 ha" and "US$ '000"; behind a slash the thousand belongs to the unit.
_THOUSANDS = re.compile(
    r"(?<![\d/.,])(?<!/ )(?<!per )(?:1[ ,]?000|'000s?)(?![\d.,])", re.IGNORECASE
)
_FILLERS = frozenset(("in", "of", "the"))
# Words behind a number that make the text something else than a number with its unit.
_NO_UNIT_WORDS = (
    "or and not nor but to plus minus more less fewer than at least most maybe perhaps if vs"
    " versus either over under half third quarter tenth hundredth thousandth point times x mod"
    " pi sqrt sin cos tan log ln exp squared cubed factorial divided multiplied doubled halved"
    " is are was were be isn't wa wrong incorrect false instead rather so hence unless"
    " zero one two three four five six seven eight nine ten"
)
_NO_UNIT = frozenset(_NO_UNIT_WORDS.split())
_HAN_NO_UNIT = re.compile("[或和至到与及错]|不[对是]|并非")
_MAX_WORDS = 8
# The part of a unit that an answer may leave out: "% of GDP", "US$ per capita".
_TAIL = re.compile(r" (?:of |/ (?:capita|person|head|inhabitant|woman|year|month|day|\d))")
_PARTS = re.compile(r" (?=(?:of|/) )")
_YEAR = re.compile(r"(?:19|20)\d\d")

_TOKEN = re.compile(
    r"[ ]*(u\.s\.[ ]?\$|[a-z]{0,2}\$|[€£¥₹%‰]|°[cf]?|/|\d[\d,]*(?![a-z\d])"
    r"|[^\W\d_]+(?:[.’'-][^\W\d_]+)*\.?(?:\^?[23](?!\d))?)"
)
_DATE = re.compile(r" ?/ ?\d")
_LETTER = re.compile(r"( ?)([kKmMbBtT])(?![^\W\d_]|[\d.^])")


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit:
    """The unit that `text` names; a text that cannot be read stands for itself.

    >>> read_unit("million 2021 US$"), read_unit("square kilometres")
    (Unit(scale=1000000, name='usd of 2021'), Unit(scale=1, name='km2'))
    """
    plain = undress(_THOUSANDS.sub("thousand", text[:MAX_CHARS]))
    words = _words(plain) if plain else None
    if words is None:
        return Unit(1, " ".join(text.casefold().split()))
    scale, words = _take_scales(words)
    return Unit(scale or 1, _name(words))


def same_unit(asked: str, stated: str) -> bool:
    """Whether two canonical names agree: equal heads, and no tail that contradicts the other.

    "US$ per capita" agrees with "US$", "% of land" with "%" and with "% of land area"; "km/h"
    does not with "km", nor "% of GDP" with "% of land".
    """
    if asked == stated:
        return True
    if asked.startswith("/ ") != stated.startswith("/ "):  # "per 1,000 population" of what
        whole, part = sorted((asked, stated), key=lambda name: name.startswith("/ "))
        return _begins(f"/ {whole.partition(' / ')[2]}", part)
    head, other = unit_head(asked), unit_head(stated)
    if head != other:
        return other in _EITHER.get(head, ()) or head in _EITHER.get(other, ())
    return tails_agree(asked, stated)


def tails_agree(asked: str, stated: str) -> bool:
    """Whether each part of one tail is, or begins, a part of the other's; none agrees with any."""
    first, second = sorted((_tail(asked), _tail(stated)), key=len)
    return all(any(_begins(part, other) for other in second) for part in first)


def _tail(name: str) -> list[str]:
    return _PARTS.split(name)[1:] if name != unit_head(name) else []


def _begins(part: str, other: str) -> bool:
    """Whether one is the other with further words behind it: "of land", "of land area"."""
    return f"{part} ".startswith(f"{other} ") or f"{other} ".startswith(f"{part} ")


def unit_head(name: str) -> str:
    """A canonical name without the qualification that an answer may leave out."""
    tail = _TAIL.search(name)
    return name[: tail.start()] if tail else name


def money_name(sign: str) -> str:
    """The canonical name of a currency sign in front of a number."""
    sign = re.sub("[ .]", "", sign.lower())
    return MONEY_WORDS.get(sign) or WORDS.get(sign, sign)


@lru_cache(maxsize=4096)
def ending(suffix: str, money: bool, asked: str) -> tuple[int | None, str] | None:
    """(scale, unit) of what stands behind the digits; None where it is no unit.

    `money` says that a currency stands in front, `asked` is the canonical name asked for.
    """
    letter = _LETTER.match(suffix)
    letter_scale = None
    if letter and letter[2].lower() != asked and (money or letter.group() in ("k", "K", "M", "B")):
        letter_scale = _LETTERS[letter[2].lower()]
        suffix = suffix[letter.end() :]
    attached = suffix[:1].isalpha()
    words = None if _DATE.match(suffix) else _words(suffix)
    if words is None:
        return None
    if words and attached and not _may_touch(words[0], asked):
        return None
    scale, words = _take_scales(words)
    if letter_scale:
        scale = letter_scale * (scale or 1)
    name = _name(words)
    if name == asked or name in _AS_ASKED.get(asked, ()):
        return scale, asked
    return (scale, name) if _is_unit(name) else None


def is_unit(text: str) -> bool:
    """Whether `text` may stand behind a number as its unit."""
    return ending(f" {undress(text)}", money=False, asked="") is not None


def _is_unit(name: str) -> bool:
    parts = name.split(" ")
    if len(parts) > _MAX_WORDS or parts[-1] == "/" or not all(map(_is_unit_word, parts)):
        return False
    # A percent sign is never passed over as part of some noun: "5 km %", "5 % so".
    return not (RATIOS.keys() & parts and unit_head(name) not in RATIOS)


def _may_touch(word: str, asked: str) -> bool:
    """Whether a word may follow the digits without a space: "5km" but neither 5x nor 3rd."""
    if word == asked or not word.isascii():
        return True
    return len(word) > 1 and (word in WORDS or word in SCALES)


def _is_unit_word(word: str) -> bool:
    if len(word) == 1 and word.isalpha():
        return word in WORDS or "\u4e00" <= word <= "\u9fff"
    return word not in _NO_UNIT and (word.isascii() or not _HAN_NO_UNIT.search(word))


def _words(text: str) -> list[str] | None:
    """Canonical words of a unit; None where something else than words stands there."""
    if not text.isascii():
        text = _HAN.sub(lambda m: f" {_HAN_UNITS.get(m.group(), m.group())} ", text)
    text = text.casefold().replace("(", " ").replace(")", " ").rstrip()
    words: list[str] = []
    years: list[int] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        word = match[1]
        if word[0].isdigit() and words[-1:] != ["/"]:
            if not _YEAR.fullmatch(word):
                return None
            years.append(len(words))
        elif word.isdigit():
            word = f"{int(word):,}"
        words.append(_canonical(word))
        place = match.end()
    return words if all(_dates_prices(words, year) for year in years) else None


def _dates_prices(words: list[str], year: int) -> bool:
    """Whether the year at that place says of which year some money or its prices are."""
    last, around = year + 1 == len(words), words[max(0, year - 1) : year + 2]
    return any(word in _CURRENCIES for word in around[0 if last else 1 :]) or "price" in around[1:]


def _canonical(word: str) -> str:
    word = re.sub("[ .^]", "", word).replace("’", "'")
    if word in WORDS or word in SCALES:
        return WORDS.get(word, word)
    word = _singular(word)
    return WORDS.get(word, word)


def _singular(word: str) -> str:
    if len(word) < 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


def _take_scales(words: list[str]) -> tuple[int | None, list[str]]:
    """Takes scale words from the front, from behind a currency, or from the end."""
    words = list(words)
    scale = None
    while words and (words[0] in SCALES or words[0] in _FILLERS):
        word = words.pop(0)
        if word in SCALES:
            scale = (scale or 1) * SCALES[word]
    if scale is None:
        for place in (1, len(words) - 1):
            if 0 < place < len(words) and words[place] in SCALES and words[place - 1] != "/":
                return SCALES[words.pop(place)], words
    return scale, words


def _name(words: list[str]) -> str:
    name = " ".join(words)
    for pattern, replacement in _PHRASES:
        name = pattern.sub(replacement, name)
    return name
