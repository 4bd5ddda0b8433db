"""What a codebook holds: themes and their rules, targets of stance, and the codebook itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from framing.errors import listed
from framing.markup import html_table, paragraphs

CUE_CLASSES = ("praise", "blame", "relation", "portrayal", "predicate", "policy")
"""Classes of stance cues, in the order of their reliability."""
NEGATION = ("count", "drop", "only")
"""What may become of a term under negation."""


@dataclass(frozen=True)
class Rule:
    """A co-occurrence: one term of every group within one unit of text.

    Attributes
    ----------
    name
        What the rule is called in the evidence.
    groups
        Term lists, each of which must match.
    within
        ``"sentence"`` or ``"clause"``.
    inherit
        How many sentences back, in the same paragraph, the first group may stand instead.
    inherit_unless
        Terms that forbid inheriting when they stand in the sentence itself.
    none
        Terms none of which may stand in the unit.
    weight
        What the rule adds to the evidence of a sentence, see `Theme`.
    """

    name: str
    groups: tuple[tuple[str, ...], ...]
    within: str = "sentence"
    inherit: int = 0
    inherit_unless: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Theme:
    """A category that a sentence can raise.

    `terms` maps each sub-indicator to its terms (the name of a nested one holds its path,
    ``"economy/trade"``), `guards` are phrases in which a term does not count, `scope` is ``"any"`` or
    ``"parties"`` (a sentence that names states, none of them a party of the event, does not count).

    A sentence raises the theme when the weights of what is found in it add up to `threshold`.
    `weights` holds the terms whose weight is not 1. `negated` says what becomes of a term under
    negation: ``"count"``, ``"drop"``, or ``"only"`` (it counts nowhere else); `negations` holds the
    terms that differ from it.
    """

    name: str
    label: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    scope: str = "any"
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guards: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    threshold: float = 1.0
    negated: str = "count"
    weights: Mapping[str, float] = field(default_factory=dict)
    negations: Mapping[str, str] = field(default_factory=dict)

    def weight(self, term: str) -> float:
        """Return the weight of a term."""
        return self.weights.get(term, 1.0)

    def negation(self, term: str) -> str:
        """Return what becomes of a term under negation."""
        return self.negations.get(term, self.negated)


@dataclass(frozen=True)
class Target:
    """Something a text can be for or against.

    `kind` is ``"actor"`` (a state, a person), ``"relation"`` (the relation with an actor) or
    ``"policy"`` (a course of action). `aliases` name it, `relation` are phrases that refer to a
    relation without naming it, `guards` are phrases in which an alias does not count, and `cues`
    add to the cues of the codebook.
    """

    name: str
    label: str
    definition: str = ""
    kind: str = "actor"
    aliases: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    cues: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Codebook:
    """Themes, targets and cues with their version and hash.

    Use `load_codebook` to read one. `sha256` is the hash of the file's bytes; name, version and hash
    go into every result.
    """

    name: str
    version: str
    language: str
    licence: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    sources: tuple[str, ...] = ()
    themes: Mapping[str, Theme] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    cues: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    sha256: str = ""
    text: str = field(default="", repr=False)

    def __repr__(self) -> str:
        return (
            f"<Codebook {self.name} {self.version} ({self.language}): themes {listed(self.themes)}; "
            f"targets {listed(self.targets)}>"
        )

    def _repr_html_(self) -> str:
        rows = [
            ("theme", t.label or name, f"terms: {sum(map(len, t.terms.values()))}; rules: {len(t.rules)}", t.definition)
            for name, t in self.themes.items()
        ]
        rows += [
            ("target of stance", t.label or name, f"names: {len(t.aliases)}", t.definition)
            for name, t in self.targets.items()
        ]
        about = [": ".join(filter(None, [f"{self.name} {self.version}", self.description])), f"SHA-256 {self.sha256}"]
        return paragraphs(about) + html_table(("", "name", "holds", "definition"), rows, left=4)

    def __hash__(self) -> int:
        return hash((self.name, self.version, self.sha256))
