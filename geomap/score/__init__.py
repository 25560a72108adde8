"""Our answers held against answers that people wrote."""
