"""Branch and bound over the ways to put steps into groups (one place, one moment): the search behind visits.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Wait = int | None  # least working days of a split; None = instant


@dataclass(slots=True)
class Ties:
    """The order among steps, closed transitively: `after[a]` = steps not before a, with splits and their waits."""

    after: list[int]  # bit masks
    strict: list[int]
    wait: list[dict[int, int]]  # wait[a][b] = least days from a to b

    @classmethod
    def closed(cls, size: int, direct: Sequence[tuple[int, int, Wait]]) -> "Ties":
        """The transitive closure of direct edges: strictly later if any edge on the way is a split."""
        after = [0] * size
        strict = [0] * size
        wait: list[dict[int, int]] = [{} for _ in range(size)]
        for a, b, days in direct:
            after[a] |= 1 << b
            strict[a] |= 0 if days is None else 1 << b
            wait[a][b] = max(wait[a].get(b, 0), days or 0)
        for middle in range(size):
            for a in range(size):
                if not after[a] >> middle & 1:
                    continue
                through_strict = strict[a] >> middle & 1
                after[a] |= after[middle]
                strict[a] |= after[middle] if through_strict else strict[middle]
                base = wait[a][middle]
                for b, days in list(wait[middle].items()):
                    wait[a][b] = max(wait[a].get(b, 0), base + days)
        return cls(after, strict, wait)

    def strictly(self, a: int, b: int) -> bool:
        """Whether b is strictly later than a."""
        return bool(self.strict[a] >> b & 1)


@dataclass(slots=True)
class Tables:
    """A visit problem in numbers."""

    persons: list[str]
    places: list[str]
    who: list[int]
    at: list[int]
    window: list[tuple[int, int] | None]
    ties: Ties

    def only(self, kept: Sequence[int]) -> "Tables":
        """The same problem with only these steps; the order by way of others is kept."""
        new = {s: k for k, s in enumerate(kept)}

        def mask(old: int) -> int:
            return sum(1 << k for s, k in new.items() if old >> s & 1)

        ties = Ties(
            [mask(self.ties.after[s]) for s in kept],
            [mask(self.ties.strict[s]) for s in kept],
            [{new[b]: days for b, days in self.ties.wait[s].items() if b in new} for s in kept],
        )
        pick = [[values[s] for s in kept] for values in (self.who, self.at)]
        return Tables(self.persons, self.places, pick[0], pick[1], [self.window[s] for s in kept], ties)

    def longest_chain(self, steps: Sequence[int]) -> list[int]:
        """The longest chain of steps of which each is strictly later than the one before."""
        best: dict[int, list[int]] = {}
        for step in sorted(steps, key=lambda s: self.ties.strict[s].bit_count()):
            tails = (best[b] for b in best if self.ties.strictly(step, b))
            best[step] = [step, *max(tails, key=len, default=[])]
        return max(best.values(), key=len, default=[])

    def apart(self, steps: Sequence[int]) -> list[int]:
        """Steps of a person of which no two can share a visit, as many as are easily found: a chain, other places."""
        chosen = self.longest_chain(steps)
        for step in sorted(steps, key=lambda s: (self.at[s].bit_count(), s)):
            if all(self._never_shared(step, other) for other in chosen):
                chosen = [*chosen, step]
        return chosen

    def _never_shared(self, a: int, b: int) -> bool:
        return a != b and (self.ties.strictly(a, b) or self.ties.strictly(b, a) or not self.at[a] & self.at[b])


@dataclass(slots=True)
class Group:
    """Steps at one place at one moment."""

    members: int  # bit mask of steps
    people: int
    at: int  # places that serve all of them
    first: int
    last: int


@dataclass(slots=True)
class Search:
    """The least (worst, total) over all groupings; after `best`, `worst` and `total` describe it."""

    tables: Tables
    worst: int = 0
    total: int = 0
    _groups: list[Group] = field(default_factory=list)
    _found: list[Group] | None = None
    _floor: list[int] = field(default_factory=list)
    _order: list[int] = field(default_factory=list)
    _earliest: int = 0
    _windows: bool = False

    def best(self) -> list[Group] | None:
        """The groups of the best arrangement; None if there is no legal one."""
        tables, ties = self.tables, self.tables.ties
        if any(ties.strictly(s, s) for s in range(len(tables.who))):
            return None
        waits = sum(max(w.values(), default=0) for w in ties.wait)
        lasts = [w[1] for w in tables.window if w]
        self._windows = bool(lasts)
        self._earliest = min([0, *lasts]) - waits if lasts else 0
        self._order = sorted(range(len(tables.who)), key=lambda s: (-(ties.after[s].bit_count()), s))
        people = range(len(tables.persons))
        steps_of = [[s for s, who in enumerate(tables.who) if who >> k & 1] for k in people]
        self._floor = [len(tables.apart(steps)) for steps in steps_of]
        self.worst = self.total = 10**9
        self._place(0, [0] * len(tables.persons))
        return self._found

    def _bound(self, counts: list[int]) -> tuple[int, int]:
        least = [max(pair) for pair in zip(counts, self._floor, strict=True)]
        return max(least, default=0), sum(least)

    def _place(self, depth: int, counts: list[int]) -> bool:
        """Put the steps from `depth` on into groups; True = nothing better can exist, stop."""
        if self._bound(counts) >= (self.worst, self.total):
            return False
        if depth == len(self._order):
            self._found = [Group(g.members, g.people, g.at, g.first, g.last) for g in self._groups]
            self.worst, self.total = max(counts, default=0), sum(counts)
            return self._bound([0] * len(counts)) >= (self.worst, self.total)
        step = self._order[depth]
        joint_left = any(self.tables.who[s].bit_count() > 1 for s in self._order[depth:])
        for place in range(len(self._groups)):
            old = self._groups[place]
            joined = self._joined(old, step, joint_left)
            if joined is None:
                continue
            self._groups[place] = joined
            if self._legal() and self._place(depth + 1, self._more(counts, joined.people & ~old.people)):
                return True
            self._groups[place] = old
        who = self.tables.who[step]
        first, last = self.tables.window[step] or (self._earliest, 10**9)
        self._groups.append(Group(1 << step, who, self.tables.at[step], first, last))
        if self._legal() and self._place(depth + 1, self._more(counts, who)):
            return True
        self._groups.pop()
        return False

    @staticmethod
    def _more(counts: list[int], people: int) -> list[int]:
        return [count + (people >> k & 1) for k, count in enumerate(counts)]

    def _joined(self, group: Group, step: int, joint_left: bool) -> Group | None:
        """The group with the step in it, if they can share a place and a day and it may save a visit."""
        tables = self.tables
        who = tables.who[step]
        if not who or not (who & group.people or joint_left):
            return None
        at = group.at & tables.at[step]
        first, last = tables.window[step] or (self._earliest, 10**9)
        first, last = max(first, group.first), min(last, group.last)
        if not at or first > last or tables.ties.strict[step] & group.members:
            return None
        return Group(group.members | 1 << step, group.people | who, at, first, last)

    def _links(self, groups: list[Group]) -> tuple[list[int], list[int], list[tuple[int, int, int]]]:
        """Order among groups: which follow which, strictly or not (closed), and the waits between them."""
        ties = self.tables.ties
        size = len(groups)
        after, strict = [0] * size, [0] * size
        waits: list[tuple[int, int, int]] = []
        for a, group in enumerate(groups):
            for step in bits(group.members):
                for b, other in enumerate(groups):
                    if ties.after[step] & other.members:
                        after[a] |= 1 << b
                        days = max(d for s, d in ties.wait[step].items() if other.members >> s & 1)
                        waits.append((a, b, days))
                        strict[a] |= 1 << b if ties.strict[step] & other.members else 0
        for middle in range(size):
            for a in range(size):
                if after[a] >> middle & 1:
                    strict[a] |= after[middle] if strict[a] >> middle & 1 else strict[middle]
                    after[a] |= after[middle]
        return after, strict, waits

    def _legal(self) -> bool:
        """No circle through a split, no person twice at one moment, every window can be kept."""
        groups = self._groups
        after, strict, waits = self._links(groups)
        for a in range(len(groups)):
            if strict[a] >> a & 1:
                return False
            for b in range(a):
                mutual = after[a] >> b & 1 and after[b] >> a & 1
                if mutual and groups[a].people & groups[b].people:
                    return False
        return not self._windows or self._days(groups, waits, self._earliest) is not None

    @staticmethod
    def _days(groups: list[Group], waits: list[tuple[int, int, int]], earliest: int) -> list[int] | None:
        """The earliest day of each group not before `earliest`; None if a window closes before it."""
        day = [max(group.first, earliest) for group in groups]
        for _ in range(len(groups) + 1):
            changed = False
            for a, b, wait in waits:
                if day[a] + wait > day[b]:
                    day[b] = day[a] + wait
                    changed = True
            if not changed:
                break
        return day if all(d <= g.last for d, g in zip(day, groups, strict=True)) else None

    def moments(self, groups: list[Group]) -> Iterator[tuple[int, int, int | None, int, list[int]]]:
        """The groups in order: (moment, day, place, people, steps). Groups bound both ways share a moment."""
        after, _, waits = self._links(groups)
        day = self._days(groups, waits, 0) or self._days(groups, waits, self._earliest) or [0] * len(groups)
        left = set(range(len(groups)))
        number = 0
        while left:
            free = [a for a in left if not any(after[b] >> a & 1 and not after[a] >> b & 1 for b in left if b != a)]
            first = min(free, key=lambda a: (day[a], a))
            together = [a for a in sorted(left) if a == first or (after[a] >> first & 1 and after[first] >> a & 1)]
            for a in together:
                group = groups[a]
                place = (group.at & -group.at).bit_length() - 1 if group.at else None
                yield number, day[a], place, group.people, list(bits(group.members))
            left -= set(together)
            number += 1


def bits(mask: int) -> Iterator[int]:
    """The positions of the ones in a mask."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
