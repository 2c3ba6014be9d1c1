"""Files made to break readers, generated when the tests run, and what each of them deserves."""
