"""One sample: a pure function of (recipe, corpus, index).

Its generator is seeded by a hash of recipe name, seed, length, index and attempt, so any
row can be made alone, in any order, by any worker, with the same bytes.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from golong_data.contexts.windows import GAP, count_cached
from golong_data.contexts.workspace import Workspace
from golong_data.errors import UserError
from golong_data.languages import languages
from golong_data.metrics.answer import reads_marker
from golong_data.metrics.hygiene import gold_problem
from golong_data.prompts import Frame, frame, template_path
from golong_data.recipes import slug
from golong_data.strict import strict
from golong_data.tasks import get_task
from golong_data.tokens import Tokenizer, get_tokenizer
from golong_data.types import Context, Draft, Evidence, Message, Recipe, Refused, Sample, Task

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

ATTEMPTS = 32
"""Draws for one row before it is given up."""

PATIENCE = 10
"""Draws with the generator whose turn it is, before any generator may step in."""

FULL = 0.98
"""Least share of the asked length, wherever the corpus is large enough."""

_GOLDEN, _PLASTIC = 0.6180339887498949, 0.7548776662466927
"""Steps of two additive low-discrepancy sequences (1/golden ratio, 1/plastic number)."""

_MARK = "\ue001"  # private use, stands for the content while a chat frame is taken


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one index gave: a sample, or none, and why draws were refused."""

    index: int
    sample: Sample | None
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Maker:
    """A recipe with all it needs at hand."""

    recipe: Recipe
    task: Task
    config: Any
    corpus: Corpus
    tokenizer: Tokenizer
    before: str
    """What the chat template puts before the user's message."""
    after: str
    """What it puts behind it, up to where the answer starts."""

    def make(self, index: int) -> Outcome:
        """The sample at an index. Raises UserError where the corpus cannot serve at all."""
        refused: Counter[str] = Counter()
        for attempt in range(ATTEMPTS):
            try:
                draft, parts, n_tokens = self._draft(index, attempt)
                _require_sound_gold(draft)
            except Refused as refusal:
                refused[str(refusal)] += 1
                continue
            return Outcome(index, self._sample(index, draft, parts, n_tokens), dict(refused))
        return Outcome(index, None, dict(refused))

    def _draft(self, index: int, attempt: int) -> tuple[Draft, Frame, int]:
        """A draft whose rendered prompt has the promised length, with its exact length."""
        spare = 0
        for _ in range(8):
            draft = self._generate(index, attempt, spare)
            parts = frame(self.recipe.template, draft.question)
            if self._adds_up(parts, draft.context):
                return draft, parts, self._around(parts) + draft.context.n_tokens
            # Counts do not add up, for this tokenizer or over many messages: count the whole
            # and come closer.
            n_tokens = self.tokenizer.count(self.tokenizer.render(messages(parts, draft.context)))
            if self.recipe.ctx * FULL <= n_tokens <= self.recipe.ctx:
                return draft, parts, n_tokens
            spare += self.recipe.ctx - n_tokens - self.recipe.ctx // 200
        raise Refused("the length could not be met")

    def _generate(self, index: int, attempt: int, spare: int) -> Draft:
        rng = random.Random(stable_hash(self.recipe, index, attempt))
        offset = random.Random(stable_hash(self.recipe, -1, 0))
        pick = (offset.random() + index * _GOLDEN) % 1.0
        depth = (offset.random() + index * _PLASTIC) % 1.0

        def room(question: Mapping[str, str]) -> int:
            return self.recipe.ctx - self._around(frame(self.recipe.template, question)) + spare

        work = Workspace(
            corpus=self.corpus,
            tokenizer=self.tokenizer,
            rng=rng,
            ctx=self.recipe.ctx,
            pick=pick if attempt < PATIENCE else rng.random(),
            depth=depth,
            room=room,
        )
        draft: Draft = self.task.generate(work, self.config)
        return draft

    def _around(self, parts: Frame) -> int:
        """Tokens of everything but the context."""
        head = count_cached(self.tokenizer, self.before + parts.head)
        return head + count_cached(self.tokenizer, parts.tail + self.after)

    def _adds_up(self, parts: Frame, context: Context) -> bool:
        opening = self.before + parts.head
        whole = not context.turns
        return whole and self.corpus.additive and (not opening or opening.endswith("\n"))

    def _sample(self, index: int, draft: Draft, parts: Frame, n_tokens: int) -> Sample:
        recipe = self.recipe
        return Sample(
            id=f"{slug(recipe)}-s{recipe.seed}-{index:06}",
            task=recipe.task,
            capability=self.task.capability,
            recipe=recipe.name,
            prompt=messages(parts, draft.context),
            question=draft.question["question"],
            gold=draft.gold,
            metric=draft.metric,
            language=draft.language,
            ctx=recipe.ctx,
            n_tokens=n_tokens,
            tokenizer=recipe.tokenizer,
            evidence=_evidence(draft.context, _opening(parts, draft.context)),
            seed=recipe.seed,
            index=index,
            subtask=draft.subtask,
            counterfactual=draft.counterfactual,
            difficulty=draft.difficulty,
            doc_ids=draft.context.doc_ids,
        )


def _require_sound_gold(draft: Draft) -> None:
    """Refuses a gold that no answer, or a wrong one, could earn in full."""
    problem = gold_problem(draft.metric.name, draft.gold, draft.metric.args, draft.metric.form)
    if problem is not None:
        # Counted by kind of problem, not by what each gold says.
        raise Refused(f"gold {problem.partition(':')[0]}")


def messages(parts: Frame, context: Context) -> tuple[Message, ...]:
    """The chat messages of a prompt; their contents joined by blank lines are its text.

    One user message, unless the context is cut into turns: then what the template puts before
    the context is the system message, each turn is a message, and the question ends the chat.
    """
    if not context.turns:
        return (Message("user", parts.head + context.text + parts.tail),)
    system = (Message("system", parts.head.rstrip()),) if parts.head else ()
    ends = [offset for offset, _ in context.turns[1:]] + [len(context.text)]
    turns = tuple(
        Message(role, context.text[start:end].removesuffix(GAP))
        for (start, role), end in zip(context.turns, ends, strict=True)
    )
    return (*system, *turns, Message("user", parts.tail))


def _opening(parts: Frame, context: Context) -> int:
    """Characters of the prompt's text that stand before the context."""
    if context.turns and parts.head:
        return len(parts.head.rstrip()) + len(GAP)
    return len(parts.head)


def _evidence(context: Context, shift: int) -> tuple[Evidence, ...]:
    ordered = sorted(context.evidence, key=lambda span: span.start)
    return tuple(
        Evidence(s.doc_id, s.start + shift, s.end + shift, context.text[s.start : s.end])
        for s in ordered
    )


def stable_hash(recipe: Recipe, index: int, attempt: int) -> int:
    """The seed of one draw; independent of PYTHONHASHSEED, unlike for neighbouring seeds."""
    parts = (recipe.name, recipe.seed, recipe.ctx, index, attempt)
    key = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=16).digest(), "big")


def resolve(recipe: Recipe) -> tuple[Task, Any, Tokenizer]:
    """Task, its arguments and tokenizer of a recipe: all that it names but the corpus.

    Raises UserError for whatever it names wrongly, its template too.
    """
    task = get_task(recipe.task)
    config = strict(task.config, recipe.args, where=f"recipe {recipe.name}: args")
    if recipe.template:
        template_path(recipe.template)
    said = languages().get(getattr(config, "language", ""))
    if said and not reads_marker(said.marker):
        raise UserError(
            f'no metric reads an answer behind the marker "{said.marker}".',
            where=f"templates/prompts/languages.yaml: {config.language}: marker",
            remedy="Take the marker of another language, or add its word to MARKERS of "
            "golong_data/metrics/answer.py.",
        )
    return task, config, get_tokenizer(recipe.tokenizer)


def maker_for(recipe: Recipe, corpus: Corpus) -> Maker:
    """A recipe joined to an open corpus. Raises UserError for whatever it names wrongly."""
    return _joined(recipe, corpus, *resolve(recipe))


def _joined(recipe: Recipe, corpus: Corpus, task: Task, config: Any, tokenizer: Tokenizer) -> Maker:
    before, _, after = tokenizer.render([Message("user", _MARK)]).partition(_MARK)
    return Maker(recipe, task, config, corpus, tokenizer, before, after)


def open_maker(
    recipe: Recipe,
    *,
    workers: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
) -> Maker:
    """Opens what a recipe names, cheap checks first and the corpus last.

    Corpora that are not in the cache yet are ingested with so many workers.
    """
    from golong_data.corpus import open_corpus

    task, config, tokenizer = resolve(recipe)
    corpus = open_corpus(
        recipe.corpus,
        tokenizer=tokenizer,
        where=recipe.where,
        workers=workers,
        progress=progress,
    )
    if not len(corpus):
        raise UserError(
            "no document of the corpus meets this filter.",
            where=f"where: {recipe.where}",
            remedy="Loosen the filter, or name another --corpus.",
        )
    return _joined(recipe, corpus, task, config, tokenizer)


def make_sample(maker: Maker, index: int) -> Sample:
    """The sample at an index. Raises Refused with the commonest reason where no draw gives one."""
    outcome = maker.make(index)
    if outcome.sample is None:
        raise Refused(max(outcome.refused, key=lambda reason: outcome.refused[reason]))
    return outcome.sample
