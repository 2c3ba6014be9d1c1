"""Every format, every cell: reports made from figures in all ways that offices make them, read and held to the figures.

`subjects` are the figures, `wordings` what offices make of the form's labels and rows, `makers/` the formats with
their looks, `plan` which of these meet, `verdict` what a reading got wrong, `__main__` all of it with its figures.
"""
