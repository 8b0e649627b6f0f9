"""One transaction around several writes: ``@whole`` over a function that calls others of the store.

All of it is kept, or none: a change of state and the message about it, a
batch of events and its share of the books.
"""

from healthd.store._transact import writes as whole

__all__ = ["whole"]
