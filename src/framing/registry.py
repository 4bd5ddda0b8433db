"""A small, strict registry: names to objects, with entry points loaded on first use."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Generic, TypeVar

from framing.errors import FramingError, unknown_name

T = TypeVar("T")


class Registry(Generic[T]):
    """Objects under names; a taken name and an unknown name are both errors.

    Parameters
    ----------
    kind
        What is registered, for messages, e.g. ``"extractor"``.
    group
        Entry point group from which other packages may add to the registry; read at the
        first look-up, never at import.
    """

    def __init__(self, kind: str, group: str | None = None):
        self.kind = kind
        self.group = group
        self._objects: dict[str, T] = {}
        self._loaded = group is None

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that registers an object under `name`."""
        if name in self._objects:
            raise FramingError(f"the {self.kind} name {name!r} is taken; choose another name.")

        def keep(obj: T) -> T:
            self._objects[name] = obj
            return obj

        return keep

    def _load(self) -> None:
        self._loaded = True
        for point in entry_points(group=self.group):
            if point.name not in self._objects:
                self.register(point.name)(point.load())

    def names(self) -> list[str]:
        """Return all names, in the order of registration."""
        if not self._loaded:
            self._load()
        return list(self._objects)

    def get(self, name: str) -> T:
        """Return the object under `name`; raise `FramingError` that lists the known names."""
        if name not in self.names():
            raise FramingError(unknown_name(self.kind, name, self.names()))
        return self._objects[name]
