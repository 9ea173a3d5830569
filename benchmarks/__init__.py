"""Accuracy, latency and memory, printed as tables; `python -m benchmarks --help`."""
