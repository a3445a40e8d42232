"""Interactions between medicines: what is recorded, what follows from enzyme roles, what is said of one drug alone.

`index` holds the records, `pairs` answers for two drugs, `predicting` derives from enzyme roles, `check` answers for
a list, `single` for one name, `lists` reads lists from lines of text, `composing` answers many lists fast.

Nothing is imported here: a command imports what it uses, so that one list never pays for a batch.
"""
