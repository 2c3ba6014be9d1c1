"""The formats, each with its looks: what makes a file of a story."""
