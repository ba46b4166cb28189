"""The assets of the warehouse, one module per group.

Belongs here: what each step reads and writes, and what the UI shows of it. Does not belong here:
rules about text (`extraction`), about rows (`expectations`), or models (`dbt_project`).
"""
