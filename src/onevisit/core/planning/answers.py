"""Yes or no of formulas under what is known, by the solver; what it has once found out is not asked of it again.

An answer yes comes with somebody of whom it is true, an answer no with the part of what was assumed that makes it so:
either answers the same question for everybody whom it fits.
"""

from collections import defaultdict
from collections.abc import Iterable

from onevisit.core.solving.circuit import FALSE, TRUE, Formula
from onevisit.core.solving.solver import Solver, solver_of
from onevisit.core.solving.translate import Translation

CONFLICTS = 20_000  # of the solver in one question on the way to a page
KEPT = 12  # answers of each kind that are remembered of one formula

Assumed = frozenset[Formula]


class Undecided(Exception):
    """The solver did not decide within its limit."""


class Answers:
    """Questions to one solver, over one circuit."""

    def __init__(self, translation: Translation, rules: Iterable[Formula] = ()) -> None:
        self.logic = translation.logic
        self._solver: Solver = solver_of(translation, rules)
        self._of: set[Formula] = {TRUE}  # what may be assumed, and its contrary: so much is remembered of somebody
        self._yes: dict[Formula, list[Assumed]] = defaultdict(list)
        self._no: dict[Formula, list[Assumed]] = defaultdict(list)

    def may_assume(self, formulas: Iterable[Formula]) -> None:
        """That these, or their contrary, are assumed in later questions."""
        more = {one for one in formulas if one not in (TRUE, FALSE)}
        self._solver.define(*more)
        self._of |= more | {-one for one in more}

    def somebody(self, formula: Formula, assumed: Assumed) -> Assumed | None:
        """What may be assumed of somebody for whom the formula holds; None if there is nobody. Raises `Undecided`."""
        if formula == FALSE:
            return None
        yes, no = self._yes[formula], self._no[formula]
        for one in yes:
            if assumed <= one:
                return one
        if any(one <= assumed for one in no):
            return None
        answer = self._solver.solve(CONFLICTS, *assumed, formula)
        if answer is None:
            raise Undecided
        if answer:
            found = self._solver.true(self._of)
            yes.insert(0, found)
            del yes[KEPT:]
            return found
        no.insert(0, frozenset(self._solver.clashing()) - {formula})
        del no[KEPT:]
        return None

    def clashing(self, assumed: Assumed) -> frozenset[Formula]:
        """Of what is assumed, some that cannot hold together; none, if all can, or if that was not decided."""
        try:
            if self.somebody(TRUE, assumed) is not None:
                return frozenset()
        except Undecided:
            return frozenset()
        return next(one for one in self._no[TRUE] if one <= assumed)
