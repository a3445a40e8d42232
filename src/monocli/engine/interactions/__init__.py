"""Interactions between medicines: what is recorded, what follows from enzyme roles, what is said of one drug alone.

`check` answers for a list, pair by pair. `pairs` answers for two drugs: it finds the rules that hold for them
(`matches`), tells what each says (`findings`), derives from enzyme roles (`predicting`) and tells what stands twice
(`doubling`). `book` reads drugs and rules, `given` tells how the drugs of a list are given, `ordering` puts findings in
order. `single` answers for one name, `composing` for many lists fast.

Nothing is imported here: a command imports what it uses, so that one list never pays for a batch.
"""
