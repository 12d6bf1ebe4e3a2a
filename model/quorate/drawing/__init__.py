"""How anything is drawn and written, whichever family it is of: words, shapes at places, tables.

Nothing is imported here: a table needs none of what a picture needs.
"""
