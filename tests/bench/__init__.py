"""The benchmark: outside the test run, since seconds promise nothing; `make bench` prints its table."""
