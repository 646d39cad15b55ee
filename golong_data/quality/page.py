"""The audit as one HTML page: generators, a heat-coloured table, an example of every policy.

The page is self-contained: styles inside, no script, nothing loaded from elsewhere. All
text that comes from rows is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from golong_data.quality.adversary import Learned
from golong_data.quality.audit import TOTAL, Audit, Cell, Column, Control, Example, named
from golong_data.quality.coverage import Coverage

STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; color: #1c2330;
  background: #fff; margin: 2rem auto; max-width: 78rem; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
p { max-width: 46rem; margin: .4rem 0; }
.muted { color: #5c6675; }
.verdict { display: inline-block; padding: .2rem .7rem; border-radius: 1rem;
  font-weight: 600; margin: .6rem 0; }
.good { background: #e3f4e8; color: #14602d; }
.bad { background: #fde5e3; color: #9a1c13; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin-top: .5rem; }
th, td { padding: .32rem .75rem; text-align: right; white-space: nowrap;
  border-bottom: 1px solid #e8ebf0; }
th { font-weight: 600; }
th:first-child { text-align: left; position: sticky; left: 0; background: #fff; }
thead th { white-space: normal; border-bottom: 2px solid #c9d0da; vertical-align: bottom; }
thead small, td small { display: block; white-space: nowrap; font-weight: 400;
  color: #5c6675; font-size: .78rem; }
tbody th { font-weight: 500; }
tbody th a { color: inherit; text-decoration: none; border-bottom: 1px dotted #8a94a3; }
tbody.controls td { background: #f5f8fc; }
tbody.controls th { color: #33507d; }
td.over { outline: 2px solid #c0281c; outline-offset: -2px; font-weight: 700; }
td.over small { color: inherit; font-weight: 500; }
td.none { color: #b4bcc8; }
td.zero { color: #8a93a1; }
tfoot th, tfoot td { border-top: 2px solid #c9d0da; border-bottom: 0; color: #5c6675;
  font-weight: 500; }
details { border: 1px solid #e1e5eb; border-radius: .5rem; margin: .45rem 0; }
summary { cursor: pointer; padding: .45rem .8rem; font-weight: 600; }
summary .paid { float: right; font-weight: 400; color: #5c6675; }
summary .paid.over { color: #b3261a; font-weight: 700; }
.example { border-top: 1px solid #e8ebf0; padding: .6rem .8rem; }
.example dl { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .25rem .75rem;
  margin: 0; }
.example dt { color: #5c6675; }
.example dd { margin: 0; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 14rem;
  overflow-y: auto; background: #f6f7f9; border-radius: .35rem; padding: .4rem .6rem;
  font: 12.5px/1.45 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
"""


def page(audit: Audit, title: str) -> str:
    """The whole document."""
    heading = escape(title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Reward audit: {heading}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>What cheating earns</h1>\n"
        f'<p class="muted">{heading} &middot; {audit.rows:,} rows &middot; rewards under the '
        f"profile <b>{escape(audit.profile)}</b></p>\n"
        f"{_verdict(audit)}\n"
        f"<h2>Generators</h2>\n"
        '<p class="muted">Candidates are what a policy can pick from. What was learned without '
        "the question is a gain over random candidates, with its standard error.</p>\n"
        f'<div class="scroll">\n{_generators(audit)}\n</div>\n<h2>Policies</h2>\n'
        "<p>Mean reward of policies that do not do the task. Two controls stand on top: the "
        "right answer as the prompt asks for it, and the right answer with slips of form. "
        "Click a policy for an example.</p>\n"
        f'<div class="scroll">\n{_table(audit)}\n</div>\n'
        '<p class="muted">A red frame marks a mean above its ceiling by more than luck can '
        "explain on so many rows. A dot means that the policy does not apply.</p>\n"
        f"<h2>Examples</h2>\n"
        '<p class="muted">Of each policy the completion that earned most, of the controls the '
        "one that earned least; long ones are cut in the middle.</p>\n"
        f"{_examples(audit)}\n</body>\n</html>\n"
    )


def _verdict(audit: Audit) -> str:
    if audit.passed:
        return '<p class="verdict good">No ceiling is passed</p>'
    short = [c for c in audit.controls if c.short]
    parts = []
    if audit.over:
        parts.append(f"{_count(len(audit.over), 'ceiling')} passed")
    if audit.leaks:
        parts.append(f"learned beyond the ceiling in {_count(len(audit.leaks), 'case')}")
    if audit.uncovered:
        parts.append(f"candidates missing in {_count(len(audit.uncovered), 'generator')}")
    if short:
        parts.append(f"the gold earns too little in {_count(len(short), 'task')}")
    return f'<p class="verdict bad">{escape("; ".join(parts).capitalize())}</p>'


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _generators(audit: Audit) -> str:
    """One row a generator: rows, candidates, its worst policy, what was learned."""
    learners = list(dict.fromkeys(found.learner for found in audit.learned))
    learned = {((g.task, g.subtask, g.metric), g.learner): g for g in audit.learned}
    head = "".join(
        f"<th>{escape(title)}</th>"
        for title in (
            *("generator", "metric", "rows", "with candidates", "gold among them", "worst policy"),
            *("mean", "ceiling"),
            *(f"learned: {name}" for name in learners),
        )
    )
    covered = {(found.task, found.subtask, found.metric): found for found in audit.coverage}
    rows_of = {c.column: c.n for c in audit.controls if c.name == "gold"}
    lines = []
    for column in audit.columns:
        task, subtask, metric = column
        cells = [cell for cell in audit.cells if cell.column == column]
        worst = max(cells, key=lambda cell: cell.mean - cell.limit, default=None)
        name = f"{task}, all of it" if subtask == TOTAL else named(task, subtask)
        lines.append(
            f"<tr><th>{_breakable(name)}</th>"
            f"<td>{escape(metric)}</td><td>{rows_of.get(column, 0):,}</td>"
            f"{_coverage_cells(covered.get(column))}{_worst_cells(worst)}"
            + "".join(_learned_cell(learned.get((column, name))) for name in learners)
            + "</tr>\n"
        )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(lines)}</tbody>\n</table>"


def _coverage_cells(found: Coverage | None) -> str:
    if found is None:
        return '<td class="none">&middot;</td>' * 2
    over = ' class="over"' if found.short else ""
    reason = f"<small>{escape(found.reason)}</small>" if found.reason else ""
    return f"<td{over}>{found.found:.0%}</td><td{over}>{found.gold:.0%}{reason}</td>"


def _worst_cells(cell: Cell | None) -> str:
    if cell is None:
        return '<td class="none">&middot;</td>' * 3
    over = ' class="over"' if cell.over else ""
    return f"<td>{_link(cell.policy)}</td><td{over}>{cell.mean:.3f}</td><td>{cell.ceiling:.2f}</td>"


def _learned_cell(found: Learned | None) -> str:
    if found is None or found.note:
        note = found.note.split(":")[0] if found else ""
        return f'<td class="none">&middot;<small>{escape(note)}</small></td>'
    over = ' class="over"' if found.over else ""
    return (
        f"<td{over}>{found.gain:+.3f} &plusmn; {found.error:.3f}"
        f"<small>ceiling {found.ceiling:.2f}</small></td>"
    )


def _table(audit: Audit) -> str:
    columns = audit.columns
    rows_of = {c.column: c.n for c in audit.controls if c.name == "gold"}
    head = "".join(_column_head(column, rows_of.get(column, 0)) for column in columns)
    controls = {(c.name, c.column): c for c in audit.controls}
    cells = {(c.policy, c.column): c for c in audit.cells}
    top = "".join(
        f"<tr><th>{_link(name)}</th>"
        + "".join(_control_cell(controls.get((name, column))) for column in columns)
        + "</tr>\n"
        for name in dict.fromkeys(c.name for c in audit.controls)
    )
    body = "".join(
        f"<tr><th>{_link(name)}</th>"
        + "".join(_heat_cell(cells.get((name, c)), audit.usual_ceiling(c)) for c in columns)
        + "</tr>\n"
        for name in audit.policies
    )
    foot = "".join(f"<td>{audit.usual_ceiling(column):.2f}</td>" for column in columns)
    return (
        f"<table>\n<thead><tr><th>policy</th>{head}</tr></thead>\n"
        f'<tbody class="controls">\n{top}</tbody>\n<tbody>\n{body}</tbody>\n'
        f"<tfoot><tr><th>ceiling</th>{foot}</tr></tfoot>\n</table>"
    )


def _column_head(column: Column, rows: int) -> str:
    task, subtask, metric = column
    below = "all of it" if subtask == TOTAL else subtask
    name = f"{_breakable(task)}<br>{_breakable(below)}" if below else _breakable(task)
    return f"<th>{name}<small>{escape(metric)}<br>{rows:,} rows</small></th>"


def _breakable(name: str) -> str:
    """A name that may be broken behind underscores."""
    return escape(name).replace("_", "_<wbr>")


def _link(name: str) -> str:
    return f'<a href="#{_anchor(name)}">{escape(name)}</a>'


def _anchor(name: str) -> str:
    return "p-" + "".join(char if char.isalnum() else "-" for char in name.lower())


def _control_cell(control: Control | None) -> str:
    if control is None:
        return '<td class="none">&middot;</td>'
    over = ' class="over"' if control.short else ""
    return f"<td{over}>{control.mean:.3f}</td>"


def _heat_cell(cell: Cell | None, ceiling: float) -> str:
    if cell is None:
        return '<td class="none">&middot;</td>'
    own = (
        f"<small>ceiling {cell.ceiling:.2f}</small>"
        if cell.mean and cell.ceiling != ceiling
        else ""
    )
    if not cell.mean:
        return f'<td class="zero">{cell.mean:.3f}{own}</td>'
    # Red only where something is wrong; lightness falls with the reward, so that dark text
    # stays readable on every shade.
    hue, deep = (6, 27) if cell.over else (42, 26)
    shade = 97 - deep * min(cell.mean, 1.0)
    over = ' class="over"' if cell.over else ""
    return f'<td{over} style="background: hsl({hue} 88% {shade:.0f}%)">{cell.mean:.3f}{own}</td>'


def _examples(audit: Audit) -> str:
    parts = []
    for name in dict.fromkeys(c.name for c in audit.controls):
        mine = [c for c in audit.controls if c.name == name and c.subtask != TOTAL]
        entries = [(f"{named(c.task, c.subtask)}, {c.metric}", c.example, c.short) for c in mine]
        parts.append(_policy(name, min(c.mean for c in mine), "least mean", entries))
    for name in audit.policies:
        cells = [c for c in audit.cells if c.policy == name and c.subtask != TOTAL]
        entries = [(f"{c.name}, {c.metric}", c.example, c.over) for c in cells]
        parts.append(_policy(name, max(c.mean for c in cells), "highest mean", entries))
    return "\n".join(parts)


def _policy(name: str, mean: float, what: str, entries: Sequence[tuple[str, Example, bool]]) -> str:
    flagged = " over" if any(over for _, _, over in entries) else ""
    shown = "\n".join(_example(task, example) for task, example, _ in entries)
    return (
        f'<details>\n<summary>{escape(name)}<span class="paid{flagged}">{what} {mean:.3f}</span>'
        f'</summary>\n<div id="{_anchor(name)}">\n{shown}\n</div>\n</details>'
    )


def _example(task: str, example: Example) -> str:
    pairs = (
        ("task", escape(task)),
        ("row", escape(example.row)),
        ("question", f"<pre>{escape(example.question)}</pre>"),
        ("gold", f"<pre>{escape(example.gold)}</pre>"),
        ("completion", f"<pre>{escape(example.completion)}</pre>"),
        ("reward", f"{example.paid:.3f}"),
    )
    inner = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in pairs)
    return f'<div class="example"><dl>{inner}</dl></div>'
