"""The shape of what every command prints as JSON: the envelope, and each command's `data`.

Published as JSON Schema in docs/schemas/; every output in the tests is validated against it. The keys are a promise
(docs/json.md): keys are added, never taken away or given another meaning without a new number in `schema`.
"""
