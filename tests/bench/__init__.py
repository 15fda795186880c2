"""The benchmark: generated authorities, and what work on them costs, side by side in one run.

It prints ratios and is never a test: machines are noisy, and only what was measured beside each
other can be compared. ``python -m tests.bench`` prints the table.
"""
