"""The web server's hooks."""

import gc

from config import gunicorn


def test_what_a_worker_has_loaded_is_left_out_when_garbage_is_looked_for():
    gunicorn.post_worker_init(None)
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10
