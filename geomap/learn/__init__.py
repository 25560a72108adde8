"""Trains what `geomap/models` holds: run by hand, reproducible from one command, never imported by the rest."""
