"""Which generator has its turn, and who solves what it asks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from support import corpus_of, run_cli

from golong_data.contexts.workspace import Workspace
from golong_data.corpus import Corpus
from golong_data.errors import UserError
from golong_data.tasks import TASKS, get_task
from golong_data.tasks.forms import LIST, ask, drafted
from golong_data.tasks.generators import generate_by, serving, solve_by
from golong_data.tasks.knobs import Config, check_weights
from golong_data.tokens import get_tokenizer
from golong_data.types import Context, Draft, Generator, MetricSpec

CONTEXT = Context("", 0, (), ())


def workspace(pick: float) -> Workspace:
    corpus = corpus_of("factbook", "factbook-tables")
    return Workspace(corpus, get_tokenizer(), random.Random(0), 8192, pick, 0.5, lambda _: 8192)


def named(name: str, serves: Callable[[Corpus, int], bool], least: int = 1) -> Generator:
    """A generator whose gold is its name and whose solver knows questions that start so."""
    return Generator(
        lambda work, config: Draft(CONTEXT, {"question": name}, name, MetricSpec("f1")),
        lambda question, prompt: name if question.startswith(name) else None,
        f"what {name} needs",
        serves,
        least,
    )


GENERATORS = {
    "tables": named("tables", lambda corpus, i: corpus.is_table(i)),
    "prose": named("prose", lambda corpus, i: not corpus.is_table(i)),
    "none": named("none", lambda corpus, i: False),
    "many": named("many", lambda corpus, i: corpus.is_table(i), least=1_000),
}


def test_generators_have_their_turn_by_weight() -> None:
    """Of 1,000 even picks 3 in 4 go to a weight of 3, none to what the corpus cannot serve."""
    generate = generate_by(GENERATORS)
    weights = Config({"tables": 3, "prose": 1, "none": 5, "many": 5})
    drafts = [generate(workspace(i / 1000), weights) for i in range(1000)]
    assert Counter(draft.gold for draft in drafts) == {"tables": 750, "prose": 250}
    assert all(draft.subtask == draft.gold for draft in drafts)


def test_a_corpus_that_serves_none_is_named_with_what_is_needed() -> None:
    """The error says what would be needed."""
    with pytest.raises(UserError, match="no document") as raised:
        generate_by(GENERATORS)(workspace(0.5), Config({"none": 1, "many": 1}))
    assert "1000 documents with what many needs" in raised.value.remedy


def test_serving_documents() -> None:
    """All tables and nothing else; of a large corpus an even part is looked at."""
    corpus = corpus_of("factbook", "factbook-tables")
    found = serving(corpus, GENERATORS["tables"])
    assert sorted(found) == corpus.tables.tolist()
    assert len(serving(corpus, GENERATORS["prose"], most=50)) <= 50


def test_the_solver_is_that_of_the_question() -> None:
    """Each solver passes over what it does not know."""
    solve = solve_by(GENERATORS)
    assert solve("text\nQuestion: prose or not?\nAnswer.") == "prose"
    assert solve("text\nQuestion: other\n") is None


@pytest.mark.parametrize("weights", [{"tables": -1.0}, {"tables": 0.0}, {"tabels": 1.0}, {}])
def test_weights_that_choose_nothing(weights: dict[str, float]) -> None:
    """Unknown names, negative weights and none at all are refused."""
    with pytest.raises(ValueError, match="generator"):
        check_weights(weights, tuple(GENERATORS))


def test_a_question_says_its_form_and_mode_and_gives_no_example() -> None:
    """What shows the form is of the language's own words; a draft takes the form's metric."""
    asked = ask(LIST, Config(thinking=False), "Q", "F")
    assert asked == {
        "form": "list",
        "framing": "documents",
        "language": "en",
        "mode": "direct",
        "question": "Q",
        "answer_format": "F",
    }
    draft = drafted(Config(), asked, CONTEXT, ["c"])
    assert (draft.gold, draft.metric) == (("c",), LIST.metric)


@pytest.mark.parametrize("task", TASKS)
def test_every_task_says_what_it_needs(task: str) -> None:
    """Each generator by name, weighed in the config, needs in words."""
    built_in = get_task(task)
    assert built_in.generators
    assert set(built_in.config().generators) == set(built_in.generators)
    assert all(g.needs and g.least >= 0 for g in built_in.generators.values())


def test_list_tasks_counts_documents_of_a_corpus() -> None:
    """Per generator: how many of how many, as text and as JSON."""
    listed = run_cli("list", "tasks", "--corpus", "factbook-tables", "--json").json()
    numeric = next(row for row in listed if row["name"] == "numeric")
    assert numeric["generators"]["join"]["documents"] == 20
    assert numeric["generators"]["count"]["documents"] == 0
    shown = run_cli("list", "tasks", "--corpus", "factbook-tables")
    assert "join: 20 of 20 documents" in " ".join(shown.out.split())
    wrong = run_cli("list", "recipes", "--corpus", "factbook")
    assert wrong.code == 2
    assert "list tasks --corpus" in wrong.err
