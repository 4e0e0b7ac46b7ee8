"""Kill, restart and flood everything while messages come in, then compare."""
