"""What our services share and a frame need not know: who may see what, free text, phones, personal fields, PDF."""
