"""近邻台: the counter program of a community party-mass service station.

The house is drawn in ARCHITECTURE.md; an import only ever points down that picture.
"""

__version__ = "0.1.0"
