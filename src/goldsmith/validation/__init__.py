"""The data contract: Great Expectations decides on a narrow profile of the records.

`profile` makes one row a record, `suites` says what is expected, `checking` runs it, `report`
shows it.
"""
