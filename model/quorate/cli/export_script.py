"""quorate export-script: the script that makes an export of a Windows cluster."""

import click


@click.command()
def export_script() -> None:
    """Print a PowerShell script that writes a cluster's configuration as JSON.

    Run it on a node of the cluster; it reads and changes nothing.
    """
    from quorate.importers import export_script as script  # noqa: PLC0415

    click.echo(script(), nl=False)
