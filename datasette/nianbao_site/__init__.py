"""What the pages show: configuration, the data of each page, and how a value is printed."""
