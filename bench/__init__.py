"""How fast we are, beside the bare library on the same work: one module per claim; `python -m bench`."""
