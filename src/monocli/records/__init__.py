"""The shape of the library's data, as TypedDicts: what the YAML holds after defaults are filled in.

Types only. At run time a record is a plain dict read from the compiled library, so that nothing is decoded at
start-up; pydantic validates these same types when data is checked or compiled (`monocli.library.validate`).
"""
