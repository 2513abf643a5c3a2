"""The plans of a synthetic nation: plan, actions, need, targets, occupancy and costs."""

import datetime as dt
from itertools import product

import numpy as np
import polars as pl

from benchmarks.dice import Dice, Ints, april_first, codes_of_places, ids, where
