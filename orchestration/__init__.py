"""Dagster wiring and the command line: how articles become a published warehouse.

Belongs here: assets, checks, resources, jobs, schedules, sensors, and the `dispatches` command.
Does not belong here: reading events or figures from text (`extraction`), data rules
(`expectations`), or models (`dbt_project`).
"""
