"""Numbers with their units, read exactly."""

from __future__ import annotations

import doctest
import time
from fractions import Fraction
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.metrics import bounds, numbers, plain, scalar, units
from golong_data.metrics.numbers import MAX_EXPONENT, Number, read_number
from golong_data.metrics.plain import MAX_CHARS, undress
from golong_data.metrics.units import Unit, read_unit, same_unit, unit_head

NO_HANG = 30.0  # seconds; says only that a call returns
PROPERTY = settings(max_examples=100, deadline=None, database=None)
MILLION, BILLION = 10**6, 10**9


@pytest.mark.parametrize("module", [bounds, numbers, plain, scalar, units])
def test_examples_in_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42", "42"),
        ("+42", "42"),
        ("042", "42"),
        ("42.", "42"),
        (".5", "0.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1 234.5", "1234.5"),
        ("1\u2009234\u202f567", "1234567"),
        ("1\u00a0234", "1234"),
        ("1{,}234", "1234"),
        (r"1,\!234", "1234"),
        (r"1\,234", "1234"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("- 5", "-5"),
        ("minus 5", "-5"),
        ("negative 5", "-5"),
        ("负5", "-5"),
        ("(5)", "5"),
        ("３／４", "3/4"),
        ("3/4", "3/4"),
        ("-3/4", "-3/4"),
        ("½", "1/2"),
        ("3½", "7/2"),
        ("1 1/2", "3/2"),
        (r"\frac{3}{4}", "3/4"),
        (r"\dfrac34", "3/4"),
        (r"\tfrac{3}4", "3/4"),
        (r"-\frac{3}{4}", "-3/4"),
        (r"\frac{-3}{4}", "-3/4"),
        (r"1\frac{1}{2}", "3/2"),
        (r"\frac{1,000}{3}", "1000/3"),
        ("1.5e6", "1500000"),
        ("1.5E-3", "0.0015"),
        ("1.5 x 10^6", "1500000"),
        ("1.5 * 10**6", "1500000"),
        ("1.5×10⁶", "1500000"),
        ("1.5×10⁻³", "0.0015"),
        (r"1.5 \times 10^6", "1500000"),
        (r"1.5 \cdot 10^{-3}", "0.0015"),
        ("10^6", "1000000"),
        ("10⁶", "1000000"),
        ("$42$", "42"),
        (r"\(42\)", "42"),
        (r"\text{42}", "42"),
        (r"\mathbf{42}", "42"),
        (r"\left(42\right)", "42"),
        ("**42**", "42"),
        ("`42`", "42"),
        ("approximately 42", "42"),
        ("about 42", "42"),
        ("approx. 42", "42"),
        ("≈ 42", "42"),
        (r"\approx 42", "42"),
        ("~42", "42"),
        ("约42", "42"),
        ("exactly 42", "42"),
    ],
)
def test_plain_numbers(text: str, value: str) -> None:
    assert read_number(text) == Number(Fraction(value))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5%", Number(Fraction("12.5"), unit="%")),
        (r"12.5\%", Number(Fraction("12.5"), unit="%")),
        ("12.5 percent", Number(Fraction("12.5"), unit="%")),
        ("12.5 per cent", Number(Fraction("12.5"), unit="%")),
        ("百分之12.5", Number(Fraction("12.5"), unit="%")),
        ("3 percentage points", Number(Fraction(3), unit="pp")),
        ("3 pp", Number(Fraction(3), unit="pp")),
        ("3个百分点", Number(Fraction(3), unit="pp")),
        ("5% of GDP", Number(Fraction(5), unit="% of gdp")),
        ("$5", Number(Fraction(5), currency="usd")),
        (r"\$5", Number(Fraction(5), currency="usd")),
        ("US$ 5", Number(Fraction(5), currency="usd")),
        ("U.S.$5", Number(Fraction(5), currency="usd")),
        ("-$5", Number(Fraction(-5), currency="usd")),
        ("$-5", Number(Fraction(-5), currency="usd")),
        ("€5", Number(Fraction(5), currency="eur")),
        ("USD 5", Number(Fraction(5), currency="usd")),
        ("HK$5", Number(Fraction(5), currency="hkd")),
        ("5 USD", Number(Fraction(5), unit="usd")),
        ("5 dollars", Number(Fraction(5), unit="usd")),
        ("5 U.S. dollars", Number(Fraction(5), unit="usd")),
        ("$1.2 million", Number(Fraction("1.2"), MILLION, "usd")),
        (r"$\$1.2$ million", Number(Fraction("1.2"), MILLION, "usd")),
        ("$1,200$ million US$", Number(Fraction(1200), MILLION, unit="usd")),
        ("1,200 US$ million", Number(Fraction(1200), MILLION, unit="usd")),
        ("1200 (million US$)", Number(Fraction(1200), MILLION, unit="usd")),
        (r"1.2 \text{ billion}", Number(Fraction("1.2"), BILLION)),
        ("1.2 thousand million", Number(Fraction("1.2"), BILLION)),
        ("1.2million", Number(Fraction("1.2"), MILLION)),
        ("3 hundred", Number(Fraction(3), 100)),
        ("2 dozen", Number(Fraction(2), 12)),
        ("1.2 bn", Number(Fraction("1.2"), BILLION)),
        ("5 mln", Number(Fraction(5), MILLION)),
        ("5k", Number(Fraction(5), 1000)),
        ("5K", Number(Fraction(5), 1000)),
        ("1.2M", Number(Fraction("1.2"), MILLION)),
        ("3B", Number(Fraction(3), BILLION)),
        ("$1.2m", Number(Fraction("1.2"), MILLION, "usd")),
        ("$1.2 B", Number(Fraction("1.2"), BILLION, "usd")),
        ("€5T", Number(Fraction(5), 10**12, "eur")),
        ("12.5亿美元", Number(Fraction("12.5"), 10**8, unit="usd")),
        ("3万人", Number(Fraction(3), 10**4, unit="person")),
        ("5 km", Number(Fraction(5), unit="km")),
        ("5km", Number(Fraction(5), unit="km")),
        ("5 kilometres", Number(Fraction(5), unit="km")),
        ("5 km²", Number(Fraction(5), unit="km2")),
        (r"5 \text{ km}^2", Number(Fraction(5), unit="km2")),
        ("5 sq. km", Number(Fraction(5), unit="km2")),
        ("5 square kilometers", Number(Fraction(5), unit="km2")),
        ("5 cubic metres", Number(Fraction(5), unit="m3")),
        ("60 km/h", Number(Fraction(60), unit="km / h")),
        ("60 kilometres per hour", Number(Fraction(60), unit="km / h")),
        ("12 births/1,000 population", Number(Fraction(12), unit="birth / 1,000 population")),
        (r"5^\circ", Number(Fraction(5), unit="°")),
        ("5 degrees Celsius", Number(Fraction(5), unit="°c")),
        ("42 countries", Number(Fraction(42), unit="country")),
        ("42 人", Number(Fraction(42), unit="person")),
        ("1亿2000万元", Number(Fraction(120_000_000), 1, unit="cny")),
        ("1亿2千万元", Number(Fraction(120_000_000), 1, unit="cny")),
        ("1万2000元", Number(Fraction(12_000), 1, unit="cny")),
        ("1万零50元", Number(Fraction(10_050), 1, unit="cny")),
        ("共1.2亿元", Number(Fraction("1.2"), 10**8, unit="cny")),
        ("人民币1.2亿元", Number(Fraction("1.2"), 10**8, "cny", "cny")),
        ("1 million 200 thousand US$", Number(Fraction(1_200_000), 1, unit="usd")),
        ("US$ million 5", Number(Fraction(5), MILLION, "usd")),
        ("5 million 2021 US$", Number(Fraction(5), MILLION, unit="usd of 2021")),
        ("5 constant 2015 US$", Number(Fraction(5), unit="usd of 2015 constant")),
        ("5 US$ (2015)", Number(Fraction(5), unit="usd of 2015")),
        ("5 µg/m³", Number(Fraction(5), unit="μg / m3")),
    ],
)
def test_numbers_with_units(text: str, number: Number) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "$", "%", "km", "forty-two", "one", "x", "\\", "{}", "()", "."),
        *("41, 42", "41 or 42", "41 and 42", "42 or more", "42 maybe", "42 not 43", "42或43"),
        *("40-42", "40–42", "40 to 42", "42 ± 1", r"42 \pm 1", "over 42", "42+", "> 42", "<42"),
        *("12,5", "1,23", "1,2345", "1.2.3", "1.234.567", "1_000", "1:30", "3/4/2020", "١٢"),
        *("5x", "5 x", "5a", "5m", "3rd", "42nd", "42 pi", "2 sin x", "5e", "5/0", "3 5/4", "5/"),
        *(r"\{42\}", r"\sqrt{2}", r"\frac{\sqrt2}{2}", r"\frac{42}{}", "2^{10}", "42!", "|42|"),
        *("5%%", "5 % so", "5 km %", "42\n43", "42 half", "42 point 5", "百分之5 km"),
        *("3万5", "1亿2", "1万20000", "2000万1亿", "--5", "- -5", "5 2021"),
        *("42 is wrong", "42 squared", "6 times seven", "42 divided", "5 2021 km", "42不对"),
        *("9" * (MAX_CHARS + 1), "1e99999", f"1e{MAX_EXPONENT + 1}", "10^999999999999"),
    ],
)
def test_what_is_no_single_number(text: str) -> None:
    assert read_number(text) is None


def test_a_letter_that_is_the_unit_asked_for_is_no_scale() -> None:
    assert read_number("300K", "k") == Number(Fraction(300), unit="k")
    assert read_number("300 K", "k") == Number(Fraction(300), unit="k")
    assert read_number("5m", "m") == Number(Fraction(5), unit="m")
    assert read_number("5 T", "t") == Number(Fraction(5), unit="t")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", Unit()),
        ("million US$", Unit(MILLION, "usd")),
        ("million 2021 US$", Unit(MILLION, "usd of 2021")),
        ("thousand metric tonnes", Unit(1000, "t")),
        ("万元", Unit(10**4, "cny")),
        ("万人", Unit(10**4, "person")),
        ("(2010 = 100)", Unit(1, "(2010 = 100)")),
        ("in millions of U.S. dollars", Unit(MILLION, "usd")),
        ("US$ (millions)", Unit(MILLION, "usd")),
        ("US$ million", Unit(MILLION, "usd")),
        ("Thousand tonnes", Unit(1000, "t")),
        ("1000 ha", Unit(1000, "ha")),
        ("1,000 metric tons", Unit(1000, "t")),
        ("US$ '000", Unit(1000, "usd")),
        ("births/1,000 population", Unit(1, "birth / 1,000 population")),
        ("deaths per 1,000", Unit(1, "death / 1,000")),
        ("per 1,000 population", Unit(1, "/ 1,000 population")),
        ("%", Unit(1, "%")),
        ("Percent", Unit(1, "%")),
        ("% of GDP", Unit(1, "% of gdp")),
        ("percentage points", Unit(1, "pp")),
        ("sq km", Unit(1, "km2")),
        ("km²", Unit(1, "km2")),
        ("people per sq. km", Unit(1, "person / km2")),
        ("US$ per capita", Unit(1, "usd / capita")),
        ("pounds sterling", Unit(1, "gbp")),
        ("Australian dollars", Unit(1, "aud")),
        ("°C", Unit(1, "°c")),
        ("K", Unit(1, "k")),
        ("亿元", Unit(10**8, "cny")),
        ("countries", Unit(1, "country")),
        ("\\odd{ }", Unit(1, "\\odd{ }")),
    ],
)
def test_units(text: str, unit: Unit) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("asked", "stated", "same"),
    [
        ("km", "km", True),
        ("km", "kg", False),
        ("km2", "km", False),
        ("km / h", "km", False),
        ("km / h", "/ h", True),
        ("km / h", "/ s", False),
        ("% of land", "% of land area", True),
        ("% of land", "% of landfill", False),
        ("l of pure alcohol / capita", "l of pure alcohol", True),
        ("l of pure alcohol / capita", "l / capita", True),
        ("l of pure alcohol / capita", "l of beer", False),
        ("usd of 2021", "usd", True),
        ("usd of 2021", "usd of 2015", False),
        ("usd of 2021", "usd of 2021 constant", True),
        ("t", "ton", True),
        ("usd / capita", "usd", True),
        ("% of gdp", "%", True),
        ("%", "% of gdp", True),
        ("% of gdp", "% of area", False),
        ("birth / 1,000 population", "birth", True),
        ("jpy", "¥", True),
        ("cny", "¥", True),
        ("usd", "¥", False),
    ],
)
def test_same_unit(asked: str, stated: str, same: bool) -> None:
    assert same_unit(asked, stated) is same


def test_unit_head() -> None:
    assert unit_head("usd / capita") == "usd"
    assert unit_head("km / h") == "km / h"


DIGITS = st.integers(-(10**30), 10**30)
WORDS = r"\frac{ \text{ \times \, {,} US$ km percent million 百分之 百万 about".split()
SIGNS = "0123456789.,+-−/%$€^*×x()[]{}\\ ~≈=eEkKMBT½²⁶万亿个\0\n\u0300\ud800"
PIECES = st.sampled_from([*WORDS, *SIGNS, " million", " per "])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))


@PROPERTY
@given(value=DIGITS, places=st.integers(0, 12))
def test_decimals_are_exact(value: int, places: int) -> None:
    sign, digits = "-" * (value < 0), str(abs(value)).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    expected = Number(Fraction(value, 10**places))
    assert read_number(f"{sign}{whole}.{part}") == expected
    assert read_number(f"{sign}{int(whole):,}.{part}") == expected
    assert read_number(f"{sign}{int(whole):,}.{part}".replace(",", "\u202f")) == expected
    assert read_number(f"{value}e-{places}") == expected


@PROPERTY
@given(top=DIGITS, bottom=st.integers(1, 10**6))
def test_fractions_are_exact(top: int, bottom: int) -> None:
    expected = Number(Fraction(top, bottom))
    assert read_number(f"{top}/{bottom}") == expected
    assert read_number(rf"\frac{{{top}}}{{{bottom}}}") == expected


@PROPERTY
@given(text=TEXTS, asked=st.sampled_from(["", "k", "usd", "%"]))
def test_reading_is_total(text: str, asked: str) -> None:
    read_number(text, asked)
    read_unit(text)
    assert "\\" not in undress(text)


@PROPERTY
@given(first=DIGITS, second=DIGITS, between=st.sampled_from([", ", " or ", " and ", "; ", " to "]))
def test_two_numbers_are_none(first: int, second: int, between: str) -> None:
    assert read_number(f"{first}{between}{second}") is None


@pytest.mark.parametrize(
    "piece", ["1,111", "1 111 ", "1/", "=", "~ ", "(", "$", "-", "a ", "{", "10^"]
)
def test_cost_is_bounded(piece: str) -> None:
    started = time.monotonic()
    for length in (MAX_CHARS, 100_000):
        text = (piece * length)[:length]
        for _ in range(5):
            read_number(text)
            read_unit(text)
    assert time.monotonic() - started < NO_HANG


@PROPERTY
@given(text=TEXTS)
def test_what_nobody_sees_says_nothing(text: str) -> None:
    assert read_number("\u200b" + "\u2060".join(text) + "\u202c") == read_number(text)


@pytest.mark.parametrize(
    ("text", "fraction"),
    [("84/2", True), (r"\frac{84}{2}", True), ("½", True), ("0 1/2", True), ("1 1/2", False)],
)
def test_a_division_that_is_still_to_do_is_known(text: str, fraction: bool) -> None:
    number = read_number(text)
    assert number is not None
    assert number.fraction is fraction
