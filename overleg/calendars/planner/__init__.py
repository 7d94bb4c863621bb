"""The year planner: a year of several bodies side by side, and what no longer fits."""
