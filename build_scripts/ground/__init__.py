"""The ground a developer stands on: an interpreter, system libraries, an environment.

Standard library only, and Python 3.9 syntax: these modules run before anything is installed, under
whatever `python3` the machine has, so that they can name the Python that is missing.
"""
