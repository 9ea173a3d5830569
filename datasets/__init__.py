"""Pictures with their labels, drawn and photographed: to train on and to measure with."""
