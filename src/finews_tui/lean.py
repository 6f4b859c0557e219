"""What typing offers, as lean as it can be had: a short command need not load typing for its types.

Loading it takes as long as finding a word among a hundred thousand posts, and each ``NamedTuple``
of it compiles the type of every field. A type checker sees the real ones; at run time these do the
same for tuples, and next to nothing for what only a checker reads.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, NamedTuple, Protocol, TypeVar, get_args, overload
else:
    from collections import namedtuple

    Any = object
    _OF_EVERY_CLASS = {"__module__", "__qualname__", "__annotations__"}

    class _Naming(type):
        """Makes a named tuple of a class whose annotations are the names of its fields."""

        def __new__(kind, name, bases, body):
            if not bases:
                return super().__new__(kind, name, bases, body)
            fields = body["__annotations__"]
            made = namedtuple(
                name,
                fields,
                defaults=[body[field] for field in fields if field in body],
                module=body["__module__"],
            )
            made.__qualname__ = body["__qualname__"]
            for attribute in body.keys() - _OF_EVERY_CLASS - fields.keys():
                setattr(made, attribute, body[attribute])
            return made

    class NamedTuple(metaclass=_Naming):
        """The base of named tuples."""

    class Protocol:
        """The base of what only a checker compares."""

    class Literal:
        """One of some values: at run time their tuple."""

        def __class_getitem__(cls, values):
            return values if isinstance(values, tuple) else (values,)

    def get_args(literal):
        """Return the values of a ``Literal``."""
        return literal

    def TypeVar(name, **_):
        """Return something that a checker takes for a type."""
        return name

    def overload(function):
        """Return what a checker takes for one of several signatures."""
        return function


__all__ = ["Any", "Literal", "NamedTuple", "Protocol", "TypeVar", "get_args", "overload"]
