"""Exports of Windows failover clusters: what their cmdlets print, as JSON or as text."""

from quorate.importers.windows_exports.reading import read_export
from quorate.importers.windows_exports.script import export_script

__all__ = ["export_script", "read_export"]
