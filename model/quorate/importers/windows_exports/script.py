"""The script that gathers a cluster's configuration where it runs."""

from importlib import resources


def export_script() -> str:
    """The text of the script, for Windows PowerShell 5.1 and PowerShell 7."""
    file = resources.files("quorate.importers.windows_exports") / "export_cluster.ps1"
    return file.read_text(encoding="utf-8")
