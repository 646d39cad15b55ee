r"""Reads a number with its unit exactly, out of the text of an answer.

`read_number` takes a text that is one number and nothing else (with or without a currency
sign, scale words and a unit) and gives its parts as exact fractions; a text that is
anything else gives None. `read_unit` reads the unit that a question asked for in the same
way, so that both speak of units by one canonical name.

What is read: 1,234.5 and 1 234.5 (thin spaces too) and 1{,}234; 3/4, ½, 1 1/2,
\frac{3}{4}, \frac34; 1.5e6, 1.5 x 10^6, 1.5 \times 10^{6}, 10⁶; -5, −5, "minus 5", -$5;
LaTeX dressing (\text, \left, $...$, \$, \%); "about", "approximately", ≈ in front, which say
nothing against the value. What is not: a decimal comma, number words, ranges, bounds ("over
5", "5+"), lists, ordinals. (5) is five: round brackets are no minus sign.

Scale words are hundred, dozen, thousand, million (mn, mln), billion (bn), trillion (tn), 千,
万, 亿 and their kind. Of the letters, k, K, M and B count where they touch the digits (5k,
1.2M), and behind a currency sign k, m, b and t in either case ($1.2 m). A letter that is the
unit asked for is that unit: where "K" is asked for, 300K is kelvin.

Patterns run on at most `MAX_CHARS` characters and exponents are at most `MAX_EXPONENT`, so
that no input is expensive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from golong_data.metrics.text import fold

MAX_CHARS = 400
MAX_EXPONENT = 400

RATIOS = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}
"""Units that are themselves a number, by canonical name."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; its magnitude is `value` times `scale`, in `unit`."""

    value: Fraction
    scale: int | None = None
    """What the scale words multiply to; None where there are none."""
    currency: str = ""
    """Canonical name of the currency sign in front of the number."""
    unit: str = ""
    """Canonical name of the unit behind it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit such as "million US$": its scale and the canonical name of the rest."""

    scale: int = 1
    name: str = ""


_SCALES = {
    "hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "mn": 10**6,
    "mln": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12,
    "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9,
    "万亿": 10**12,
}  # fmt: skip
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}

_HAN_UNITS = {
    "个百分点": "pp", "百分点": "pp", "平方公里": "km2", "平方千米": "km2", "平方米": "m2",
    "立方米": "m3", "人民币": "cny", "美元": "usd", "欧元": "eur", "日元": "jpy",
    "英镑": "gbp", "港元": "hkd", "公里": "km", "千米": "km", "公斤": "kg", "千克": "kg",
    "公顷": "ha", "吨": "t", "米": "m", "元": "cny",
}  # fmt: skip
_HAN = re.compile(
    "|".join(
        sorted(
            [*_HAN_UNITS, *(word for word in _SCALES if not word.isascii())],
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
    "t": "tonne", "s": "second sec", "min": "minute", "h": "hour hr", "year": "yr",
    "w": "watt", "kw": "kilowatt", "mw": "megawatt", "kwh": "kilowatt-hour",
    "°": "degree", "°c": "celsius", "°f": "fahrenheit", "person": "people", "barrel": "bbl",
}  # fmt: skip
_WORDS = {word: name for name, words in _SYNONYMS.items() for word in (name, *words.split())}

# What several words make; the patterns run over canonical words joined by single spaces.
_PHRASES = tuple(
    (re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])"), name)
    for pattern, name in (
        ("/ cent", "%"),
        ("(?:percentage|%) point|percentage-point|%-point", "pp"),
        ("percentage", "%"),
        ("(?:us|american|united state) usd|usd usd", "usd"),
        ("australian usd", "aud"),
        ("canadian usd", "cad"),
        ("hong kong usd", "hkd"),
        ("lb sterling|british lb", "gbp"),
        ("metric ton", "t"),
        ("kw h", "kwh"),
        ("(?:sq|square) ([a-z]+)", r"\g<1>2"),
        ("(?:cu|cubic) ([a-z]+)", r"\g<1>3"),
        ("([a-z]+) squared", r"\g<1>2"),
        ("([a-z]+) cubed", r"\g<1>3"),
        ("° (?:°c|c)", "°c"),
        ("° (?:°f|f)", "°f"),
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
    " pi sqrt sin cos tan log ln exp"
)
_NO_UNIT = frozenset(_NO_UNIT_WORDS.split())
_HAN_NO_UNIT = frozenset("或和至到与及")
_MAX_WORDS = 8
# The part of a unit that an answer may leave out: "% of GDP", "US$ per capita".
_TAIL = re.compile(r" (?:of |/ (?:capita|person|head|inhabitant|year|month|day|\d))")

_TOKEN = re.compile(
    r"[ ]*(u\.s\.[ ]?\$|[a-z]{0,2}\$|[€£¥₹%‰]|°[cf]?|/|\d[\d,]*(?![a-z\d])"
    r"|[^\W\d_]+(?:[.’'-][^\W\d_]+)*\.?(?:\^?[23](?!\d))?)"
)
_MONEY = (
    r"(?:u\.s\.[ ]?\$|[a-z]{0,2}\$|[€£₹]|(?:cn|jp)?¥"
    r"|(?:usd|eur|gbp|jpy|cny|rmb|inr|aud|cad|chf)(?![a-z])|rs\.?(?![a-z]))"
)
_INTEGER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ ]\d{3})+|\d+)"
_DECIMAL = rf"(?:{_INTEGER}(?:\.\d*)?|\.\d+)"
_NUMBER = re.compile(
    rf"""(?:(?:[~≈=]|about\b|approximately\b|approx\b\.?|around\b|roughly\b|circa\b|ca\.
            |exactly\b|大?约|大概)[ ]*)*
    (?P<sign>[+-]|minus[ ]|negative[ ]|负)?[ ]*
    (?P<percent>百分之)?
    (?P<money>{_MONEY})?[ ]*
    (?P<sign2>[+-])?[ ]*
    (?: (?:(?P<whole>\d+)[ ]+)? (?P<top>{_INTEGER})[ ]*/[ ]*(?P<bottom>{_INTEGER})
      | (?:(?P<factor>{_DECIMAL})[ ]*[×x*·⋅][ ]*)?
        10[ ]?(?:\^|\*\*)[ ]?\(?(?P<power>[+-]?\d{{1,4}})(?!\d)\)?
      | (?P<digits>{_DECIMAL})(?:e(?P<e>[+-]?\d{{1,4}})(?!\d))?
    )
    (?P<suffix>.*)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DATE = re.compile(r" ?/ ?\d")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)

_SYMBOLS = str.maketrans(
    dict.fromkeys("−‐‑‒–—﹣", "-") | dict.fromkeys("≃≅∼", "≈") | {"\t": " ", "＄": "$"}
)
_DOLLARS = re.compile(r"(?<![A-Za-z])\$\$?([^$]+)(?<!US)\$\$?")
_FRACTION = re.compile(r"\\[dtc]?frac[ ]*(?:\{([^{}]+)\}|(\d))[ ]*(?:\{([^{}]+)\}|(\d))")
_NOTHING = re.compile(
    r"\\(?:(?:left|right|displaystyle|[Bb]igg?[lr]?)(?![A-Za-z])|[!()\[\]]"
    r"|(?:text(?:bf|it|rm|sf|normal)?|math(?:rm|bf|it|sf)|operatorname|[mh]box|bf|rm)[ ]*(?=\{))"
)
_SPACE = re.compile(r"\\(?:[,;:> ]|q?quad(?![A-Za-z]))|(?<=[^ ])~")
_COMMANDS = {
    r"\times": "×", r"\cdot": "·", r"\approx": "≈", r"\sim": "≈", r"\%": "%", r"\pounds": "£",
    r"\euro": "€", r"^\circ": "°", r"^{\circ}": "°", r"\circ": "°", r"\degree": "°",
}  # fmt: skip
_COMMAND = re.compile("|".join(re.escape(name) + "(?![A-Za-z])" for name in _COMMANDS))
_EXPONENT = re.compile(r"\^[ ]*\{([^{}]*)\}")


def read_number(text: str, asked: str = "") -> Number | None:
    """The number that `text` is, or None. `asked`: canonical name of the unit asked for.

    >>> read_number("US$ 1.2 billion")
    Number(value=Fraction(6, 5), scale=1000000000, currency='usd', unit='')
    """
    if len(text) > MAX_CHARS:
        return None
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return Number(_decimal(text))
    match = _NUMBER.fullmatch(undress(text))
    if match is None:
        return None
    value = _value(match)
    money = match["money"] or ""
    if money:
        money = re.sub("[ .]", "", money.lower())
        money = _WORDS.get(money, money)
    ending = _ending(match["suffix"], bool(money), asked)
    if value is None or ending is None or (match["percent"] and ending != (None, "")):
        return None
    scale, unit = ending
    return Number(value, scale, money, "%" if match["percent"] else unit)


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit:
    """The unit that `text` names; a text that cannot be read stands for itself.

    >>> read_unit("million US$"), read_unit("square kilometres")
    (Unit(scale=1000000, name='usd'), Unit(scale=1, name='km2'))
    """
    plain = undress(_THOUSANDS.sub("thousand", text[:MAX_CHARS]))
    words = _words(plain) if plain else None
    if words is None:
        return Unit(1, " ".join(text.casefold().split()))
    scale, words = _take_scales(words)
    return Unit(scale or 1, _name(words))


def same_unit(asked: str, stated: str) -> bool:
    """Whether two canonical names agree: equal, or one leaves out what "of" or "per" adds.

    "US$ per capita" agrees with "US$", "% of GDP" with "%"; "km/h" does not with "km".
    """
    if asked == stated:
        return True
    if "¥" in (asked, stated):
        return bool({asked, stated} & {"jpy", "cny"})
    head, other = unit_head(asked), unit_head(stated)
    return head == other and (head == asked or other == stated)


def unit_head(name: str) -> str:
    """A canonical name without the qualification that an answer may leave out."""
    tail = _TAIL.search(name)
    return name[: tail.start()] if tail else name


def undress(text: str) -> str:
    r"""`text` as one plain line: LaTeX and typographic forms replaced, spaces single.

    The empty string where a LaTeX command is left that has no plain form.
    """
    text = fold(text).translate(_SYMBOLS).strip()
    if "\\" in text or "{" in text or "$" in text:
        text = _without_latex(text)
    text = re.sub(" +", " ", text).rstrip(" .。\"'“”`*_").lstrip(" \"'“”`*_")
    if text[:1] == "(" and text.find(")") == len(text) - 1:
        text = text[1:-1].strip()
    return "" if "\\" in text else text


def _without_latex(text: str) -> str:
    text = text.replace("{,}", ",").replace("\\$", "\0")
    text = _DOLLARS.sub(r" \1 ", text).replace("\0", "$")
    text = _SPACE.sub(" ", _NOTHING.sub("", text))
    text = _FRACTION.sub(lambda m: f" {m[1] or m[2]}/{m[3] or m[4]} ", text)
    text = _COMMAND.sub(lambda m: _COMMANDS[m.group()], text)
    return _EXPONENT.sub(r"^\1 ", text).replace("{", "").replace("}", "")


def _decimal(digits: str) -> Fraction:
    whole, _, part = digits.replace(",", "").replace(" ", "").partition(".")
    return Fraction(int(whole + part), 10 ** len(part)) if part else Fraction(int(whole))


def _value(match: re.Match[str]) -> Fraction | None:
    if match["top"]:
        bottom = _decimal(match["bottom"])
        if not bottom:
            return None
        value = _decimal(match["top"]) / bottom
        if match["whole"]:
            if value >= 1:
                return None  # "3 5/4" is no mixed number
            value += int(match["whole"])
    else:
        value = _decimal(match["digits"] or match["factor"] or "1")
        exponent = int(match["e"] or match["power"] or 0)
        if abs(exponent) > MAX_EXPONENT:
            return None
        value *= Fraction(10) ** exponent
    negative = (match["sign"] or "+") != "+"
    return -value if negative != (match["sign2"] == "-") else value


@lru_cache(maxsize=4096)
def _ending(suffix: str, money: bool, asked: str) -> tuple[int | None, str] | None:
    """(scale, unit) of what stands behind the digits; None where it is no unit."""
    letter = re.match(r"( ?)([kKmMbBtT])(?![^\W\d_]|[\d.^])", suffix)
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
    if name == asked:
        return scale, name
    parts = name.split(" ")
    if (
        len(parts) > _MAX_WORDS
        or parts[-1] == "/"
        or not all(_is_unit_word(word) for word in parts)
    ):
        return None
    # A percent sign is never passed over as part of some noun: "5 km %", "5 % so".
    if RATIOS.keys() & parts and unit_head(name) not in RATIOS:
        return None
    return scale, name


def _may_touch(word: str, asked: str) -> bool:
    """Whether a word may follow the digits without a space: "5km" but neither 5x nor 3rd."""
    if word == asked or not word.isascii():
        return True
    return len(word) > 1 and (word in _WORDS or word in _SCALES)


def _is_unit_word(word: str) -> bool:
    if len(word) == 1 and word.isalpha():
        return word in _WORDS or "\u4e00" <= word <= "\u9fff"
    return word not in _NO_UNIT and _HAN_NO_UNIT.isdisjoint(word)


def _words(text: str) -> list[str] | None:
    """Canonical words of a unit; None where something else than words stands there."""
    text = _HAN.sub(lambda m: f" {_HAN_UNITS.get(m.group(), m.group())} ", text)
    text = text.casefold().replace("(", " ").replace(")", " ").rstrip()
    words: list[str] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        word = match[1]
        if word[0].isdigit() and words[-1:] != ["/"]:
            return None
        words.append(_canonical(word))
        place = match.end()
    return words


def _canonical(word: str) -> str:
    word = re.sub("[ .^]", "", word).replace("’", "'")
    if word in _WORDS or word in _SCALES:
        return _WORDS.get(word, word)
    word = _singular(word)
    return _WORDS.get(word, word)


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
    while words and (words[0] in _SCALES or words[0] in _FILLERS):
        word = words.pop(0)
        if word in _SCALES:
            scale = (scale or 1) * _SCALES[word]
    if scale is None:
        for place in (1, len(words) - 1):
            if 0 < place < len(words) and words[place] in _SCALES and words[place - 1] != "/":
                return _SCALES[words.pop(place)], words
    return scale, words


def _name(words: list[str]) -> str:
    name = " ".join(words)
    for pattern, replacement in _PHRASES:
        name = pattern.sub(replacement, name)
    return name
