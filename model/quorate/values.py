"""Data classes that cost a twentieth of the time to make.

The library's `dataclass` writes and compiles the source of each method of each class, a quarter of
a millisecond a class, and whoever asks one question waits for some hundred and fifty classes. Here
the methods of all classes are the same few, which read the fields. What they do is the same; only
that a class has no signature to look at.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

__all__ = ["dataclass"]

_Fields: TypeAlias = tuple[Field[Any], ...]

if TYPE_CHECKING:
    # Who checks types knows the library's.
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, eq=True):
        """As the library's, with those of its arguments that are used here."""

        def made(cls: type) -> type:
            return _with_methods(cls, frozen=frozen, eq=eq)

        return made if cls is None else made(cls)


def _with_methods(cls: type, *, frozen: bool, eq: bool) -> type:
    """The class, with the methods that it does not write itself."""
    # The library would put the signature there, which takes long to find out.
    cls.__doc__ = cls.__doc__ or cls.__name__
    # This reads the annotations, and writes no method.
    cls = dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    fields = dataclasses.fields(cls)
    methods: dict[str, Any] = {"__init__": _initializer(cls, fields), "__repr__": _text(fields)}
    if eq:
        values = _compared(fields)
        methods |= {"__eq__": _equality(values), "__hash__": _hash(values) if frozen else None}
    if frozen:
        methods |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    for name, method in methods.items():
        # Python gives a class that writes its own equality the hash None.
        if vars(cls).get(name) is None:
            setattr(cls, name, method)
    return cls


def _initializer(cls: type, fields: _Fields) -> Callable[..., None]:
    names = tuple(field.name for field in fields)
    known = frozenset(names)
    given = {field.name: field.default for field in fields if field.default is not MISSING}
    factories = [
        (field.name, field.default_factory)
        for field in fields
        if field.default_factory is not MISSING
    ]
    is_checked = hasattr(cls, "__post_init__")

    def initialize(self: Any, /, *arguments: Any, **named: Any) -> None:
        values = self.__dict__
        if named or len(arguments) != len(names):
            taken = dict(zip(names, arguments, strict=False))
            values.update(given)
            values.update((name, make()) for name, make in factories if name not in taken | named)
            values.update(named)
            values.update(taken)
            if values.keys() != known or len(taken | named) != len(arguments) + len(named):
                raise TypeError(f"{cls.__name__}() {_objection(names, arguments, named, values)}")
        else:
            values.update(zip(names, arguments, strict=True))
        if is_checked:
            self.__post_init__()

    return initialize


def _objection(
    names: tuple[str, ...],
    arguments: tuple[Any, ...],
    named: dict[str, Any],
    values: dict[str, Any],
) -> str:
    """What is wrong with the arguments."""
    if len(arguments) > len(names):
        return f"takes {len(names)} arguments but {len(arguments)} were given"
    for name in named:
        if name not in names:
            return f"got an unexpected keyword argument {name!r}"
        if name in names[: len(arguments)]:
            return f"got multiple values for argument {name!r}"
    return f"is not given {', '.join(repr(name) for name in names if name not in values)}"


def _text(fields: _Fields) -> Callable[[Any], str]:
    names = [field.name for field in fields if field.repr]

    def text(self: Any) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({said})"

    return text


def _compared(fields: _Fields) -> Callable[[Any], tuple[Any, ...]]:
    """Reads the values of the fields in which equal instances are equal."""
    names = [field.name for field in fields if field.compare]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda instance: tuple(getattr(instance, name) for name in names)


def _equality(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, Any], Any]:
    def equality(self: Any, other: Any) -> Any:
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    return equality


def _hash(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], int]:
    return lambda instance: hash(values(instance))


def _refuse_to_set(_: Any, name: str, __: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
