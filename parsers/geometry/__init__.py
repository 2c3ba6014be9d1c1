"""Pages as characters and rules, and the one way from them to grids and lines. Knows no format and no form."""
