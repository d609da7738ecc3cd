"""What Benchmarks/run is made of. Standard library only; `Benchmarks/run --help` says what it does."""
