"""Walkers: they look at what is open to whom and where, choose trips, and know nothing of how the plan groups steps."""

import random
from collections.abc import Callable, Iterator

from django.db import transaction

from tests.walker.world import LONGEST, World

Trip = dict[str, str]  # party → hall


class MoreVisits(AssertionError):
    """No way of walking has as few visits as the plan promises."""


class FewerVisits(AssertionError):
    """A way of walking has fewer visits than the plan says."""


def trips(world: World) -> Iterator[Trip]:
    """Arrivals that let some open step be done: whoever of its people is not there yet comes to one of its places."""
    seen: list[Trip] = []
    for step in world.now.open:
        here = {world.now.here[party] for party in step.parties if party in world.now.here}
        for place in step.places:
            trip = {party: place for party in step.parties if party not in world.now.here}
            if trip and here <= {place} and trip not in seen:
                seen.append(trip)
                yield trip


def find(world: World, worst: int, total: int) -> bool:
    """Whether some way through the case has at most so many visits of anybody, and in all. Takes everything back."""
    return _Search(world, worst, total).go()


class _Search:
    """All ways of walking within a budget. Waiting is only worth it until something opens."""

    def __init__(self, world: World, worst: int, total: int) -> None:
        self.world, self.worst, self.total = world, worst, total
        self.seen: set[object] = set()

    def go(self) -> bool:
        world = self.world
        if not self._possible():
            return False
        if not world.left:
            with _TakenBack(world):
                world.finish()
            return True
        if world.now.key in self.seen:
            return False
        self.seen.add(world.now.key)
        return any(self._try(move) for move in self._moves())

    def _possible(self) -> bool:
        """Whether the budget can still do: who has something left and is not out now comes once more at least."""
        now = self.world.now
        again = {party for _, _, party in self.world.left if party not in now.here}
        least = [now.visits.get(party, 0) + (party in again) for party in self.world.people]
        return not now.lost and max(least) <= self.worst and sum(least) <= self.total

    def _moves(self) -> Iterator[Callable[[], None]]:
        world = self.world
        for trip in list(trips(world)):
            yield lambda trip=trip: world.arrive(trip)  # type: ignore[misc]
        if any(world.now.here.get(party, step.places[0]) not in step.places or len(step.parties) > 1
               for step in world.now.open for party in step.parties):  # fmt: skip
            yield world.leave
        if world.now.coming:
            yield lambda: sleep_until_more(world)

    def _try(self, move: Callable[[], None]) -> bool:
        with _TakenBack(self.world):
            move()
            return self.go()


def sleep_until_more(world: World) -> None:
    """Days pass until something has opened that was not open."""
    known = {(step.service, step.step, step.parties) for step in world.now.open}
    while world.now.coming and world.now.day < LONGEST:
        world.sleep()
        if {(step.service, step.step, step.parties) for step in world.now.open} - known:
            return


class _TakenBack:
    """Whatever happens inside is undone, in the database and in the world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __enter__(self) -> None:
        self.before, self.point = self.world.now.copy(), transaction.savepoint()

    def __exit__(self, *_: object) -> None:
        transaction.savepoint_rollback(self.point)
        transaction.savepoint_commit(self.point)
        self.world.now = self.before


def stroll(world: World, chance: random.Random) -> tuple[int, int] | None:
    """A random way through the case, day by day: visits of the worst-off person, and of all; None if it got lost."""
    with _TakenBack(world):
        while world.left:
            now = world.now
            options = list(trips(world))
            if now.lost or now.day > LONGEST or not (options or now.coming or now.here):
                return None
            if options and chance.random() < 0.6:
                world.arrive(chance.choice(options))
            elif now.here and chance.random() < 0.3:
                world.leave()
            else:
                world.sleep()
        counts = world.now.visits.values()
        return max(counts, default=0), sum(counts)


def keeps_its_promise(world: World, promised: tuple[int, int]) -> None:
    """Raise MoreVisits if the case cannot be walked through with the promised visits (worst-off, all)."""
    if not find(world, *promised):
        raise MoreVisits(f"nobody gets through with {promised}")


def promises_the_least(world: World, promised: tuple[int, int]) -> None:
    """Raise FewerVisits if the case can be walked through with fewer: a lower worst-off, or as low and fewer in all."""
    worst, total = promised
    if find(world, worst - 1, 10**6) or find(world, worst, total - 1):
        raise FewerVisits(f"there is a way with fewer than {promised}")
