"""Het journaal: who did what when."""
