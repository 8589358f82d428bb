"""Stacks are switched."""

import greenlet


def double(x):
    while True:
        x = greenlet.getcurrent().parent.switch(2 * x)


worker = greenlet.greenlet(double)
assert [worker.switch(1), worker.switch(5)] == [2, 10]
print("greenlet: switches")
