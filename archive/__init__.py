"""Owns the disk and the database: originals by hash, the ledger, loading, publishing, fixity."""
