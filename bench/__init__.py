"""The same certificates made three ways, to know what printing them costs: `make bench`."""
