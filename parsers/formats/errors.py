"""What can be wrong with a file before anybody asks what stands in it."""

from __future__ import annotations


class DocumentUnreadableError(Exception):
    """The bytes cannot be turned into a document."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
