"""Codebooks: a researcher's concepts as data, read from TOML and checked."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from framing.errors import CodebookError, bad_value, listed, unknown_name
from framing.wordlists import states

DEFAULT = "diplomacy"
_HEAD = ("name", "version", "language", "licence", "authors", "description", "sources")
_THEME = (
    "label",
    "definition",
    "include",
    "exclude",
    "examples",
    "counter_examples",
    "scope",
    "terms",
    "not",
    "rules",
)
_RULE = ("name", "all", "within", "inherit", "inherit_unless")
_TARGET = ("label", "definition", "kind", "state", "aliases", "relation", "not", "theme", "cues")
CUE_CLASSES = ("praise", "blame", "relation", "portrayal", "predicate", "policy")
"""Classes of stance cues, in the order of their reliability."""


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
    """

    name: str
    groups: tuple[tuple[str, ...], ...]
    within: str = "sentence"
    inherit: int = 0
    inherit_unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Theme:
    """A category that a sentence can raise.

    `terms` maps each sub-indicator to its terms, `guards` are phrases in which a term does not
    count, `scope` is ``"any"`` or ``"parties"`` (a sentence that names states, none of them a party of
    the event, does not count).
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

    def __hash__(self) -> int:
        return hash((self.name, self.version, self.sha256))


def codebook_names() -> list[str]:
    """Return the names of the codebooks that ship with the package."""
    folder = resources.files("framing") / "codebooks"
    return sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml") and not f.name.startswith("_"))


def load_codebook(codebook: str | Path | Codebook | None = None) -> Codebook:
    """Load a codebook by name or from a file.

    Parameters
    ----------
    codebook
        The name of a shipped codebook, the path of a TOML file, a codebook (returned as it is), or
        ``None`` for the default, `DEFAULT`.

    Returns
    -------
    Codebook

    Raises
    ------
    CodebookError
        If there is none of that name, or the file cannot be read or says something that has no
        meaning; the message names the file and the place.
    """
    if isinstance(codebook, Codebook):
        return codebook
    name = str(codebook or DEFAULT)
    if name in codebook_names():
        raw = (resources.files("framing") / "codebooks" / f"{name}.toml").read_bytes()
        return _parse(raw, f"codebook {name}")
    path = Path(name)
    if not path.is_file():
        remedy = "A codebook of your own is given as the path of its TOML file."
        raise CodebookError(unknown_name("codebook", name, codebook_names(), remedy))
    return _parse(path.read_bytes(), str(path))


def _parse(raw: bytes, where: str) -> Codebook:
    try:
        text = raw.decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise CodebookError(f"{where}: not UTF-8 (position {error.start}); save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{where}: not valid TOML: {error}.") from error
    return _Reader(where, table).codebook(hashlib.sha256(raw).hexdigest(), text)


class _Reader:
    """Turns the table of a TOML file into a `Codebook`; every message names the place."""

    def __init__(self, where: str, table: dict[str, Any]):
        self.where = where
        self.table = table
        self.lists: dict[str, Any] = {}

    def fail(self, message: str) -> CodebookError:
        return CodebookError(f"{self.where}: {message}")

    def keys(self, place: str, table: Any, known: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self.fail(bad_value(f"[{place}]", "a table", table))
        for key in table:
            if key not in known:
                raise self.fail(f"in [{place}]: " + unknown_name("key", key, known))
        return table

    def codebook(self, sha256: str, text: str) -> Codebook:
        top = self.keys("top level", self.table, ("codebook", "lists", "themes", "targets", "cues"))
        head = self.keys("codebook", top.get("codebook", {}), _HEAD)
        for key in ("name", "version", "language"):
            if not isinstance(head.get(key), str):
                raise self.fail(bad_value(f"{key} in [codebook]", "text in quotes", head.get(key)))
        self.lists = self.section("lists")
        targets = {name: self.target(name, t) for name, t in self.section("targets").items()}
        themes = {name: self.theme(name, t) for name, t in self.section("themes").items()}
        for name in targets:
            for part in ("author", "quoted", "paraphrased", "directed", "portrayal", "n"):
                if f"{name}_{part}" in targets:
                    raise self.fail(f"the target {name}_{part!s} would hide a column of the target {name}; rename it.")
        if not themes and not targets:
            raise self.fail("holds no theme and no target; add a [themes.NAME] or a [targets.NAME].")
        return Codebook(
            name=head["name"], version=head["version"], language=head["language"],
            licence=self.words("codebook.licence", head.get("licence", "")),
            authors=self.strings("codebook.authors", head.get("authors", [])),
            description=self.words("codebook.description", head.get("description", "")),
            sources=self.strings("codebook.sources", head.get("sources", [])),
            themes=themes, targets=targets, cues=self.cues("cues", top.get("cues", {})),
            sha256=sha256, text=text,
        )  # fmt: skip

    def section(self, name: str) -> dict[str, Any]:
        section = self.table.get(name, {})
        if not isinstance(section, dict):
            raise self.fail(bad_value(f"[{name}]", "a table of tables", section))
        for key in section:
            if not key.replace("_", "").isalnum() or "__" in key:
                raise self.fail(bad_value(f"the name in [{name}.{key}]", "letters, digits and single _", key))
        return section

    def words(self, place: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self.fail(bad_value(place, "text in quotes", value))
        return " ".join(value.split())

    def strings(self, place: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(bad_value(place, "a list of texts in quotes", value))
        return tuple(value)

    def terms(self, place: str, value: Any, seen: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Read a list of terms; ``@lists.NAME`` and its like (targets, themes, states) stand for others."""
        found: list[str] = []
        if value == [] and not place.endswith((".not", "relation", "aliases", "inherit_unless")):
            raise self.fail(f"{place} is an empty list; it can never match.")
        for term in self.strings(place, value):
            if not term.strip():
                raise self.fail(f"{place} holds an empty term; remove it.")
            found += self.reference(place, term[1:], seen) if term.startswith("@") else [term]
        return tuple(dict.fromkeys(found))

    def reference(self, place: str, name: str, seen: tuple[str, ...]) -> tuple[str, ...]:
        if name in seen:
            raise self.fail(f"{place}: the reference @{name} leads back to itself: {' -> '.join([*seen, name])}.")
        section, _, key = name.partition(".")
        if section == "states":
            if key == "*":
                return tuple(term for names in states().values() for term in names)
            if key not in states():
                raise self.fail(f"{place}: " + unknown_name("state", key, states()))
            return states()[key]
        table = self.section(section) if section in ("lists", "themes", "targets") else {}
        if key not in table:
            known = [f"{s}.{k}" for s in ("lists", "themes", "targets") for k in self.section(s)]
            raise self.fail(f"{place}: " + unknown_name("reference", name, known))
        seen = (*seen, name)
        if section == "lists":
            return self.terms(f"lists.{key}", table[key], seen)
        if section == "targets":
            return self.target_aliases(key, table[key], seen)
        parts = self.subs(key, table[key])
        return tuple(t for sub, v in parts.items() for t in self.terms(f"themes.{key}.terms.{sub}", v, seen))

    def subs(self, name: str, table: Any) -> dict[str, Any]:
        """Return the terms of a theme by sub-indicator; a plain list is one sub-indicator of the theme's name."""
        subs = self.keys(f"themes.{name}", table, _THEME).get("terms", {})
        subs = {name: subs} if isinstance(subs, list) else subs
        if not isinstance(subs, dict):
            raise self.fail(bad_value(f"themes.{name}.terms", "a list of terms or a table of such lists", subs))
        return subs

    def theme(self, name: str, table: Any) -> Theme:
        place = f"themes.{name}"
        table = self.keys(place, table, _THEME)
        scope = table.get("scope", "any")
        if scope not in ("any", "parties"):
            raise self.fail(bad_value(f"{place}.scope", "'any' or 'parties'", scope))
        subs = self.subs(name, table)
        rules = table.get("rules", [])
        if not isinstance(rules, list):
            raise self.fail(bad_value(f"{place}.rules", "a list of tables ([[...]])", rules))
        if not subs and not rules:
            raise self.fail(f"{place} has neither terms nor rules; it can never match.")
        return Theme(
            name=name, label=self.words(f"{place}.label", table.get("label", name.replace("_", " "))), scope=scope,
            **{k: self.words(f"{place}.{k}", table.get(k, "")) for k in ("definition", "include", "exclude")},
            examples=self.strings(f"{place}.examples", table.get("examples", [])),
            counter_examples=self.strings(f"{place}.counter_examples", table.get("counter_examples", [])),
            terms={sub: self.terms(f"{place}.terms.{sub}", v) for sub, v in subs.items()},
            guards=self.terms(f"{place}.not", table.get("not", [])),
            rules=tuple(self.rule(f"{place}.rules", i, r) for i, r in enumerate(rules)),
        )  # fmt: skip

    def rule(self, place: str, number: int, table: Any) -> Rule:
        table = self.keys(place, table, _RULE)
        groups = table.get("all")
        if not isinstance(groups, list) or not groups:
            raise self.fail(bad_value(f"{place}.all", "a list of term lists", groups))
        within, inherit = table.get("within", "sentence"), table.get("inherit", 0)
        if within not in ("sentence", "clause"):
            raise self.fail(bad_value(f"{place}.within", "'sentence' or 'clause'", within))
        if not isinstance(inherit, int) or not 0 <= inherit <= 3:
            raise self.fail(bad_value(f"{place}.inherit", "a whole number from 0 to 3", inherit))
        return Rule(
            self.words(f"{place}.name", table.get("name", f"rule {number + 1}")),
            tuple(self.terms(f"{place}.all", g) for g in groups), within, inherit,
            self.terms(f"{place}.inherit_unless", table.get("inherit_unless", [])),
        )  # fmt: skip

    def target_aliases(self, name: str, table: Any, seen: tuple[str, ...] = ()) -> tuple[str, ...]:
        place = f"targets.{name}"
        table = self.keys(place, table, _TARGET)
        aliases = self.terms(f"{place}.aliases", table.get("aliases", []), seen)
        if "state" in table:
            aliases += self.reference(place, f"states.{table['state']}", ())
        if "theme" in table:
            aliases += self.reference(place, f"themes.{table['theme']}", seen)
        return tuple(dict.fromkeys(aliases))

    def target_guards(self, place: str, table: dict[str, Any]) -> tuple[str, ...]:
        """A target that is a theme's policy keeps the theme's guards."""
        own = self.terms(f"{place}.not", table.get("not", []))
        if "theme" not in table:
            return own
        theme = self.section("themes")[table["theme"]]
        return own + self.terms(f"themes.{table['theme']}.not", theme.get("not", []))

    def target(self, name: str, table: Any) -> Target:
        place = f"targets.{name}"
        aliases = self.target_aliases(name, table)
        if not aliases:
            raise self.fail(f"{place} has no aliases; give 'aliases', 'state' or 'theme'.")
        kind = table.get("kind", "actor")
        if kind not in ("actor", "relation", "policy"):
            raise self.fail(bad_value(f"{place}.kind", "'actor', 'relation' or 'policy'", kind))
        return Target(
            name=name, label=self.words(f"{place}.label", table.get("label", name.replace("_", " "))),
            definition=self.words(f"{place}.definition", table.get("definition", "")), kind=kind, aliases=aliases,
            relation=self.terms(f"{place}.relation", table.get("relation", [])),
            guards=self.target_guards(place, table),
            cues=self.cues(f"{place}.cues", table.get("cues", {})),
        )  # fmt: skip

    def cues(self, place: str, table: Any) -> dict[str, dict[str, tuple[str, ...]]]:
        table = self.keys(place, table, CUE_CLASSES)
        return {
            cls: {
                sign: self.terms(f"{place}.{cls}.{sign}", terms)
                for sign, terms in self.keys(f"{place}.{cls}", signs, ("positive", "negative")).items()
            }
            for cls, signs in table.items()
        }
