"""Formulas of propositional logic as numbers: a circuit of ands, each equal part built once and known by its number.

A formula is a literal: a positive number is a variable or a gate, the negative one its negation. What is known is
simplified away, so that the solver sees only what is open. Pure Python, as building is most of the work.
"""

from collections.abc import Iterable, Iterator, Mapping

Formula = int
TRUE: Formula = 1
FALSE: Formula = -1


class Circuit:
    """Variables and gates, numbered; `gates[n]` are the literals that all hold where gate n does."""

    def __init__(self) -> None:
        """An empty circuit: number 1 is what always holds."""
        self.last = 1
        self.gates: dict[int, tuple[Formula, ...]] = {}
        self._numbers: dict[tuple[Formula, ...], int] = {}

    def variable(self) -> Formula:
        """A new variable."""
        self.last += 1
        return self.last

    def all(self, parts: Iterable[Formula]) -> Formula:
        """All of the parts."""
        given = set(parts)
        given.discard(TRUE)
        if FALSE in given or any(-part in given for part in given):
            return FALSE
        if len(given) < 2:
            return given.pop() if given else TRUE
        key = tuple(sorted(given))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self.variable()
            self.gates[number] = key
        return number

    def any(self, parts: Iterable[Formula]) -> Formula:
        """Any of the parts."""
        return -self.all([-part for part in parts])

    def implies(self, one: Formula, other: Formula) -> Formula:
        """Where one holds, so does the other."""
        return -self.all((one, -other))

    def at_most(self, most: int, parts: Iterable[Formula]) -> Formula:
        """At most so many of the parts; counted one after the other."""
        given = list(parts)
        if len(given) <= most:
            return TRUE
        over: list[Formula] = [TRUE, *[FALSE] * (most + 1)]  # over[k]: at least k so far
        for part in given:
            for k in range(most + 1, 0, -1):
                over[k] = self.any((over[k], self.all((part, over[k - 1]))))
        return -over[most + 1]

    def put(self, formula: Formula, given: Mapping[int, Formula], seen: dict[int, Formula]) -> Formula:
        """The formula with others in place of variables; `seen` remembers gates, of the same variables."""
        ahead = [abs(formula)]
        while ahead:
            number = ahead[-1]
            parts = self.gates.get(number, ())
            missing = [abs(part) for part in parts if abs(part) not in seen]
            if number in seen or not parts:
                seen.setdefault(number, given.get(number, number))
            elif missing:
                ahead += missing
                continue
            else:
                seen[number] = self.all(seen[part] if part > 0 else -seen[-part] for part in parts)
            ahead.pop()
        return seen[formula] if formula > 0 else -seen[-formula]

    def clauses(self, formula: Formula, known: set[int]) -> Iterator[list[Formula]]:
        """The gates under a formula as clauses, but for those in `known`, which grows."""
        ahead = [abs(formula)]
        while ahead:
            number = ahead.pop()
            if number in known or number not in self.gates:
                continue
            known.add(number)
            parts = self.gates[number]
            yield from ([-number, part] for part in parts)
            yield [number, *(-part for part in parts)]
            ahead += [abs(part) for part in parts]

    def holds(self, formula: Formula, values: Mapping[int, bool], seen: dict[int, bool]) -> bool:
        """Whether it holds where the variables have these values (none given: false); `seen` remembers gates."""
        ahead = [abs(formula)]
        while ahead:
            number = ahead[-1]
            if number in seen:
                ahead.pop()
            elif number not in self.gates:
                seen[number] = number == TRUE or values.get(number, False)
            else:
                parts = self.gates[number]
                missing = [abs(part) for part in parts if abs(part) not in seen]
                if missing:
                    ahead += missing
                else:
                    seen[number] = all(seen[abs(part)] == (part > 0) for part in parts)
        return seen[abs(formula)] == (formula > 0)
