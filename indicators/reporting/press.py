"""The press of the service: composed from its records, under disclosure control, as every file."""

from .compose import compose, unwritten
from .disclosure import conceal
from .outputs import FORMATS
from .publishing import Press

PRESS = Press(
    unwritten=unwritten,
    compose=compose,
    conceal=conceal,
    write={name: format.render for name, format in FORMATS.items()},
)
