"""What models write around their thinking and at the end of a turn: one table.

A *family* is one way to delimit thinking. All that its openings and closings have in common
is that a closing of the family ends what an opening of the family began. The group of a
pattern that matched last says what was found: a family of tags, or family_kind.

Families, by who writes them:

- ``<think>`` (DeepSeek R1, Qwen3, GLM, Hunyuan, MiniMax, Nemotron, Phi-4, SmolLM3, Granite 3.3),
  ``<seed:think>`` (Seed-OSS), ``<longcat_think>``; ``<thinking>`` (Claude's prompts),
  ``<thought>`` (EXAONE Deep, Marco-o1), ``◁think▷`` (Kimi), ``[THINK]`` (Magistral),
  ``<|begin_of_thought|>`` (OpenThinker), ``<|START_THINKING|>`` (Cohere);
- ``<reasoning>``, ``<analysis>``, ``<scratchpad>``, ``<reflection>`` and the like, which
  prompts ask for;
- channels: ``<|channel|>analysis<|message|>`` (gpt-oss, where the answer is what follows the
  header of the channel "final") and ``<|channel>thought ... <channel|>`` (Gemma 4).

Names in angle brackets are read in any case, with attributes and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

OPENED = "<think opened>"
"""Stands before a completion whose prompt opened the thinking in a way that is not known:
the closing of any family ends it."""

TAGS: Mapping[str, str] = {
    # Name of the family -> names of its tags.
    "think": r"(?:[a-z]{1,12}[:_-])?think(?:ing)?|thoughts?|thought_process",
    "reasoning": "reasoning|reason|rationale|chain_of_thought|cot",
    "analysis": "analysis",
    "scratchpad": "scratch_?pad|inner_monologue",
    "reflection": "reflection|reflect|seed:cot_budget_reflect",
}
_NAMES = "|".join(f"(?P<{family}>{names})" for family, names in TAGS.items())
_ATTRIBUTES = r"(?:\s{1,9}[\w:-]{1,30}\s{0,3}=[^<>]{0,200}(?<!/)|[ ]opened)?"
_THOUGHT = "(?:thought|think|thinking|reasoning)"
_BAR = "[|｜]"
_OF = "[_▁]?of[_▁]?"
_ENDS = (
    "im_end|endoftext|eot_id|eom_id|end_of_text|return|call|end|eos|eot|end_of_turn|"
    "end_of_turn_token|end_response|end_of_solution|end_of_role|endofprompt|end▁of▁sentence"
)
_TURNS = "user|system|assistant|tool|observation|start_of_turn_token|start_of_role"

# One pattern for each first character, for the search for a single one is fast.
ANGLE = re.compile(
    rf"""<(?:
    (?i:(?=[\s/]{{0,7}}[a-z][a-z:_-])\s{{0,3}}(?P<slash>/?)\s{{0,3}}(?:{_NAMES}){_ATTRIBUTES}\s{{0,3}}>)
  | \|channel\|>
    (?P<final>\s{{0,3}}final\b[^<]{{0,60}}(?:<\|constrain\|>[^<]{{0,60}})?<\|message\|>)?
    (?:\s{{0,3}}(?:analysis|commentary)\b[^<]{{0,60}}<\|message\|>)?(?P<channel>)
  | (?P<gemma_open>\|channel>(?:thought\b)?)
  | (?P<gemma_close>channel\|>)
  | (?i:{_BAR}(?:
        (?P<token_open>(?:begin|start){_OF}{_THOUGHT}|{_THOUGHT}(?:_start|_begin)?|start_thinking)
      | (?P<token_close>end{_OF}{_THOUGHT}|/{_THOUGHT}|{_THOUGHT}_end|end_thinking
          |start_response|begin{_OF}solution)
      | (?P<end_token>{_ENDS})
      | (?P<turn_token>im_start|start_header_id|start|{_TURNS})
    ){_BAR}>)
  | (?P<end_tag>/s>|(?i:eos|eot|end_of_turn)>|turn\|>)
  | (?P<turn_tag>start_of_turn>|\|turn>)
    )""",
    re.VERBOSE,
)
BRACKET = re.compile(
    r"\[(?:(?P<magistral_open>THINK)|(?P<magistral_close>/THINK)"
    r"|(?P<end_bracket>EOS|EOT|END FINAL RESPONSE|/?INST))\]"
)
ARROW = re.compile(r"◁(?:(?P<kimi_open>think)|(?P<kimi_close>/think))▷")
DELIMITERS = (("<", ANGLE), ("[", BRACKET), ("◁", ARROW))
"""(character that a pattern begins with, the pattern)"""

HEADER = re.compile(
    r"\s*(?:<s>|<bos>|<[|｜](?i:begin[_▁]of[_▁](?:text|sentence)|startoftext)[|｜]>"
    r"|(?:<\|im_start\|>|<\|start\|>|<start_of_turn>|<\|turn>)(?:assistant|model)?"
    r"|<\|start_header_id\|>\s?assistant\s?<\|end_header_id\|>"
    r"|<\|START_OF_TURN_TOKEN\|>|<\|CHATBOT_TOKEN\|>|<[|｜](?i:assistant)[|｜]>)\s*"
)
"""What stands before a turn of the model itself; several may follow one another."""

SPOKEN_START = "acH"
"""The letters that the following begin with, blanks aside."""
SPOKEN = (
    # What is left of gpt-oss's channels where a tokenizer has dropped its special tokens.
    (re.compile(r"\s*(?:analysis|commentary)(?=\S)"), r"assistantfinal(?:\s?json(?=\s?[{\[]))?"),
    (re.compile(r"\s*Here(?: is|'s|’s) my thought process:"), r"Here(?: is|'s|’s) my response:"),
    (re.compile(r"\s*Here are my reasoning steps:"), r"\[BEGIN FINAL RESPONSE\]"),
)
"""Families in plain words (gpt-oss stripped, Granite 3.2, Apriel): how a completion begins, and
what its answer stands behind. Anybody may begin like that, so both have to be there."""

CUT_OFF = re.compile(
    # "analysisWe need to": no word, and no list of names that begin like that.
    r"\s*analysis(?:[A-Z][a-z'’]{0,20}[ ,]|[\"“(])[^\n ]{0,40}[^\n]{0,40} "
    r"|\s*(?:analysis|commentary)(?=\S)[\s\S]*assistant(?:analysis|commentary)"
)
"""How a stripped completion of gpt-oss begins that never came to its final channel."""

WRAPPER = re.compile(r"\s*<(response|output|final_answer|solution)>", re.IGNORECASE)
"""Wraps an answer as a whole (Granite 3.3, Marco-o1); ``<answer>`` is a marker: see `answer`."""

BOX_TOKENS = ("<|begin_of_box|>", "<|end_of_box|>")
"""Stand around an answer of GLM's."""
