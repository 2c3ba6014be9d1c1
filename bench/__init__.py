"""How fast we are, beside the bare library on the same files: one module per claim; `python -m bench`."""
