"""The counter-example loop: an applicant whom no scheme covers, his best plan exactly, its scheme for all others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from onevisit.core.conditions import evaluate
from onevisit.core.facts import Facts
from onevisit.core.planning.core import Core, core_of
from onevisit.core.planning.graph import Classes, Graph
from onevisit.core.planning.options import Context
from onevisit.core.planning.worlds import worlds_of
from onevisit.core.proving.covering import Cover, Scheme, scheme_of, signature
from onevisit.core.proving.ordering import Ordering
from onevisit.core.proving.reality import Nobody, Reality
from onevisit.core.proving.universe import Universe, universe_of
from onevisit.core.solving.circuit import Formula
from onevisit.core.solving.solver import CONFLICTS, Solver, solver_of
from onevisit.core.solving.translate import Translation

MOST_IMPOSSIBLE = 1_000  # combinations that nobody has, left out one by one; of more, nothing is claimed


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found: nobody comes more than `worst` times, and this applicant so often."""

    worst: int
    facts: Facts
    core: Core
    cores: tuple[Core, ...]  # the plans that the schemes are of
    schemes: tuple[Scheme, ...]
    singles: tuple[Facts, ...]  # applicants whose plan is good for those alike only
    proved: bool  # false: the solver did not decide in time, or was told to stop; then somebody may come more often
    rounds: int


@dataclass(slots=True)
class Search:
    """One event in one channel."""

    graph: Graph
    context: Context
    conflicts: int = CONFLICTS
    translation: Translation = field(init=False)
    orderings: list[Ordering] = field(init=False)  # one for each way in which late facts may turn out
    reality: Reality = field(init=False)
    impossible: list[Formula] = field(default_factory=list)  # of which nobody is, as comparisons of facts say
    doubtful: bool = False  # whether something was not decided

    def __post_init__(self) -> None:
        """Read the event for everybody."""
        self.context = self.graph.context(self.context)
        self.translation = Translation(self.graph.domains)
        self.orderings = [Ordering(self._universe(turned)) for turned in self._turned()]
        self.reality = Reality(self.graph)

    def _turned(self) -> Iterable[dict[int, int]]:
        """The ways in which late facts may turn out: their classes, by their places."""
        places = self.graph.learning.facts
        ways = product(*(self.graph.domains[p].possible for p in places))
        return (dict(zip(places, way, strict=True)) for way in ways)

    def _universe(self, turned: dict[int, int]) -> Universe:
        keys = {self.graph.domains[p].key: k for p, k in turned.items()}
        return universe_of(self.graph, self.context, self.translation.turned(keys), turned)

    def run(self, enough: int | None = None) -> Found | None:
        """The worst applicant, and why nobody is worse off; None if there is nobody, or none found (`doubtful`).

        `enough`: stop at the first who comes more often than that.
        """
        solver = self._solver()
        found: Found | None = None
        schemes: dict[Scheme, tuple[Core, ...]] = {}
        singles: list[Facts] = []
        rounds = 0
        while answer := solver.solve(self.conflicts):
            rounds += 1
            values = self._fullest(solver) if rounds == 1 else solver.values()
            facts = self._real(values)
            if facts is None:
                if len(self.impossible) > MOST_IMPOSSIBLE:
                    break
                solver.add(-self.impossible[-1])
                continue
            cores = self._cores(facts)
            facts, core = max(cores.values(), key=lambda one: one[1].choice.cost[0])
            worst = core.choice.cost[0]
            scheme = scheme_of({world: own for world, (_, own) in cores.items()}, self.orderings)
            schemes[scheme] = tuple(own for _, own in cores.values())
            if found is None or worst > found.worst:
                found = Found(worst, facts, core, (), (), (), proved=False, rounds=0)
                if enough is not None and worst > enough:
                    break
                solver = self._solver(worst, schemes, singles)
            else:
                solver.add(-self._cover(scheme, found.worst))
            if not self.translation.logic.holds(self._cover(scheme, found.worst), values, {}):
                singles.append(facts)
                solver.add(-self._alike(facts))
        self.doubtful |= answer is not False
        if found is None:
            return None
        return replace(
            found,
            cores=tuple(core for own in schemes.values() for core in own),
            schemes=tuple(schemes),
            singles=tuple(singles),
            proved=not self.doubtful,
            rounds=rounds,
        )

    def all_covered(self, worst: int, schemes: Iterable[Scheme], singles: Iterable[Facts]) -> bool:
        """Whether for every applicant one of the schemes or single plans is good enough: a proof, checked again."""
        solver = self._solver(worst, schemes, singles)
        while answer := solver.solve(self.conflicts):
            if self._real(solver.values()) is not None or self.doubtful or len(self.impossible) > MOST_IMPOSSIBLE:
                return False
            solver.add(-self.impossible[-1])
        return answer is False

    def _cores(self, facts: Facts) -> dict[int, tuple[Facts, Core]]:
        """Somebody's plan in each way in which things may turn out for him: by the world's number, with his facts."""
        classes = self.graph.classify(facts)
        real = worlds_of(self.graph, self._one_of(classes)) if self.graph.learning.facts else (classes,)
        found: dict[int, tuple[Facts, Core]] = {}
        for number, ordering in enumerate(self.orderings):
            turned = ordering.universe.turned
            own = tuple(turned.get(p, k) for p, k in enumerate(classes))
            if own in real:
                late = self.graph.facts_at(own, turned)
                found[number] = ({**facts, **late}, core_of(self.graph, own, self.context))
        return found

    def _one_of(self, classes: Classes) -> Classes:
        """These classes with a way in which things may turn out; the solver leaves open which."""
        for ordering in self.orderings:
            own = tuple(ordering.universe.turned.get(p, k) for p, k in enumerate(classes))
            if all(evaluate(condition, self.graph.facts_at(own, at)) for at, condition in self.graph.constraints):
                return own
        return classes

    def _real(self, values: Mapping[int, bool]) -> Facts | None:
        """Facts of the applicant that the solver found; if nobody can be so, None, and why is remembered."""
        translation = self.translation
        found = self.reality.of(translation.classes(values))
        if not isinstance(found, Nobody):
            return found
        keys = list(translation.domains)
        self.doubtful |= not found.sure
        self.impossible.append(
            translation.logic.all(translation.is_class(keys[p], k) for p, k in found.together.items())
        )
        return None

    def _solver(self, worst: int = 0, schemes: Iterable[Scheme] = (), singles: Iterable[Facts] = ()) -> Solver:
        formulas = [self.translation.logic.any(self._possible(ordering) for ordering in self.orderings)]
        formulas += [-self._cover(scheme, worst) for scheme in schemes]
        formulas += [-self._alike(facts) for facts in singles]
        return solver_of(self.translation, [*formulas, *(-one for one in self.impossible)])

    def _possible(self, ordering: Ordering) -> Formula:
        """For whom things may turn out so."""
        translation = ordering.universe.translation
        return translation.logic.all(translation.formula(condition) for _, condition in self.graph.constraints)

    def _cover(self, scheme: Scheme, most: int) -> Formula:
        """For whom the scheme is good enough, however things turn out."""
        logic = self.translation.logic
        covers = ((self._possible(one), Cover(one, scheme, most, logic).formula()) for one in self.orderings)
        return logic.all(logic.implies(possible, cover) for possible, cover in covers)

    def _alike(self, facts: Facts) -> Formula:
        """Those for whom all holds that holds for this applicant, however things turn out."""
        logic = self.translation.logic
        values = self.translation.values(self.graph.facts_at(self.graph.classify(facts)))
        seen: dict[int, bool] = {}
        parts = [part for one in self.orderings for part in (*signature(one.universe), self._possible(one))]
        return logic.all(one if logic.holds(one, values, seen) else -one for one in parts)

    def _fullest(self, solver: Solver) -> Mapping[int, bool]:
        """An applicant with as many acts as is quickly found: his scheme has a place for most of what others have."""
        values = solver.values()
        kept: list[Formula] = []
        for act in (act for one in self.orderings for act in one.universe.acts):
            if not act.agency and abs(act.active) != 1:
                if self.translation.logic.holds(act.active, values, {}):
                    kept.append(act.active)
                elif solver.solve(self.conflicts, *kept, act.active):
                    values = solver.values()
                    kept.append(act.active)
        return values
