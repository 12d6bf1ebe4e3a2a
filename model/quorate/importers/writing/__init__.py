"""How a cluster goes out: as a file of the native format, with remarks as comments."""

from quorate.importers.writing.native_text import native_text

__all__ = ["native_text"]
