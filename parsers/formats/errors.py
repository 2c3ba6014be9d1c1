"""What can be wrong with a file before anybody asks what stands in it."""

from __future__ import annotations


class DocumentUnreadableError(Exception):
    """The bytes cannot be turned into a document.

    `final`: no other reader of the same format would do better (a lock, a cap), so that none need try.
    """

    def __init__(self, code: str, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.final = final
