"""What is put in the index, of which things, and who was meant to read it at that moment.

Everything here is read in batches: so many statements for a hundred things as for one.
"""
