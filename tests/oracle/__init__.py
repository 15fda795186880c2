"""Every indicator a second time, slow and obvious, in plain Python over plain records.

It shares no code with the product: neither its queries nor its date arithmetic nor its models.
"""
