"""The shared kernel: what our services share and the chassis need not know of."""
