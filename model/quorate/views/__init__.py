"""How a result reads: text, data, a picture and a table, all pure functions of values.

Nothing is imported here: a table needs none of what a picture needs.
"""
