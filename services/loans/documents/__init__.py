"""What is printed: the agreement that goes with a loan, and labels to stick on devices. HTML here, PDF by common.pdf."""
