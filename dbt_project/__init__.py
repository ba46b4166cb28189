"""The dbt project: staging views over the landing schema, and the marts that readers query.

Belongs here: SQL models, their documentation and tests, seeds, the profile. No Python: the package
only lets the project travel in the installed distribution.
"""
