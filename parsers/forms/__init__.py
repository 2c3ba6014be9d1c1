"""The statutory forms: what their tables print, loaded from the data files beside this module.

`FORMS` are the forms by name; `codes()`, `outcomes()` and `routes()` are what the archive lists for people.
"""

from __future__ import annotations

from parsers.forms.codes import Code, Outcome, Route, codes, outcomes, routes
from parsers.forms.model import FORMS, MONEY, Banner, Column, Form, Item, ProactiveRow, RequestRow

__all__ = [
    "FORMS",
    "MONEY",
    "Banner",
    "Code",
    "Column",
    "Form",
    "Item",
    "Outcome",
    "ProactiveRow",
    "RequestRow",
    "Route",
    "codes",
    "outcomes",
    "routes",
]
