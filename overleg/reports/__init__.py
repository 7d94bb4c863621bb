"""Het regiorapport: wat elk college elke maand en elke gemeenteraad twee keer per jaar krijgt over
de regiowerking, en of het er geplaatst is (regiodecreet van 3 februari 2023, artikel 8)."""
