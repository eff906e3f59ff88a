"""The SAT solver: asked whether formulas of a circuit can hold together, within a stated amount of work."""

from collections.abc import Iterable, Mapping, Set

from pysat.solvers import Glucose4

from onevisit.core.solving.circuit import Circuit, Formula
from onevisit.core.solving.translate import Translation

CONFLICTS = 2_000_000  # of the solver in one question; then it has not decided (it looks at this when it restarts)


class Solver:
    """Clauses of a circuit's formulas."""

    def __init__(self, logic: Circuit, formulas: Iterable[Formula]) -> None:
        """With these formulas, all of which hold."""
        self.logic = logic
        self._solver = Glucose4(bootstrap_with=[[1]])
        self._known: set[int] = set()
        for formula in formulas:
            self.add(formula)

    def add(self, formula: Formula) -> None:
        """One more that holds."""
        self.define(formula)
        self._solver.add_clause([formula])

    def define(self, *formulas: Formula) -> None:
        """What they mean, so that whoever is found later has a value for them."""
        for formula in formulas:
            for clause in self.logic.clauses(formula, self._known):
                self._solver.add_clause(clause)

    def solve(self, conflicts: int, *assumed: Formula) -> bool | None:
        """Whether all can hold, with what is assumed; None if that was not decided within so many conflicts."""
        self.define(*assumed)
        self._solver.conf_budget(conflicts)
        answer: bool | None = self._solver.solve_limited(assumptions=list(assumed))
        return answer

    def clashing(self) -> Iterable[Formula]:
        """Of what was assumed in the last question, some that cannot hold together."""
        return self._solver.get_core() or ()

    def true(self, among: Set[Formula]) -> frozenset[Formula]:
        """Which of these hold for the applicant that was found; of each its contrary is among them too."""
        found = among & frozenset(self._solver.get_model())
        if 2 * len(found) <= len(among):  # of variables that the solver never saw
            found |= {one for one in among if one < 0 and one not in found and -one not in found}
        return frozenset(found)

    def values(self) -> Mapping[int, bool]:
        """The variables' values for the applicant that was found."""
        return {abs(literal): literal > 0 for literal in self._solver.get_model()}


def solver_of(translation: Translation, formulas: Iterable[Formula]) -> Solver:
    """A solver in which every fact has one value, and these formulas hold."""
    return Solver(translation.logic, [*translation.rules(), *formulas])
