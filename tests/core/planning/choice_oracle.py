"""Brute force for sources and modes: every combination, its cost counted straight from the catalogue.

Shares with the planner only the visit solver (compared on its own elsewhere) and the expansion of steps into acts.
"""

from itertools import product
from math import prod
from typing import Any

from onevisit.core.catalogue import AcceptKind, Mode, ModeKind
from onevisit.core.planning.services import ServiceState
from onevisit.core.planning.visits import NoArrangement, solve
from tests.core.planning.problems import problem_from_json

PAPER_BY = {
    AcceptKind.COPY: {ModeKind.COUNTER, ModeKind.COURIER, ModeKind.GOVERNMENT_COMES},
    AcceptKind.ORIGINAL: {ModeKind.COUNTER, ModeKind.GOVERNMENT_COMES},
}
Cost = tuple[int, ...]
MOST = 3000
TOO_MANY: Cost = (-1,)  # more combinations than a test should try


def best_cost(states: tuple[ServiceState, ...], *, walk_in: bool, down: set[str], held: set[str]) -> Cost | None:
    """The least (worst visits, all, trips, originals, copies, uploads, days) over every combination."""
    acts = [(state.key, n) for state in states for n in range(len(state.acts))]
    of = {state.key: state for state in states}
    places = tuple(dict.fromkeys(p for s in states for a in s.acts for m in a.step.modes for p in m.at))
    mode_choices = [_modes(of[k].acts[n], walk_in, places) for k, n in acts]
    needs = [(state, need) for state in states for need in state.needs]
    source_choices = [_sources(state, need, states, walk_in, down, held) for state, need in needs]
    if prod(map(len, [*mode_choices, *source_choices])) > MOST:
        return TOO_MANY
    fitting = [
        any(_fits(kind, m) for kind, *_ in source_choices[i] for m in _modes_at(state, need, acts, mode_choices))
        for i, (state, need) in enumerate(needs)
    ]
    best: Cost | None = None
    for modes in product(*mode_choices):
        by_act = dict(zip(acts, modes, strict=True))
        for sources in product(*source_choices):
            usable = all(
                not fitting[i] or not need.targets or _fits(source[0], by_act[(state.key, need.targets[0])])
                for i, ((state, need), source) in enumerate(zip(needs, sources, strict=True))
            )
            if usable:
                cost = _cost(states, by_act, needs, sources)
                if cost is not None and (best is None or cost < best):
                    best = cost
    return best


def _modes(act: Any, walk_in: bool, places: tuple[str, ...]) -> list[Mode | None]:
    if act.agency:
        return [None]
    kept = [m for m in act.modes if not (walk_in and m.kind in (ModeKind.ONLINE, ModeKind.TERMINAL))]
    if not kept and walk_in and places:
        kept = [Mode(ModeKind.COUNTER, act.modes[0].basis, places)]
    return list(kept or act.modes[:1])


def _modes_at(state: ServiceState, need: Any, acts: list[Any], choices: list[Any]) -> list[Mode]:
    if not need.targets:
        return []
    return list(choices[acts.index((state.key, need.targets[0]))])


def _fits(kind: AcceptKind, mode: Mode | None) -> bool:
    return mode is None or kind not in PAPER_BY or mode.kind in PAPER_BY[kind]


def _sources(state: ServiceState, need: Any, states: Any, walk_in: bool, down: set[str], held: set[str]) -> list[Any]:
    """(kind as counted, producer or "", carried by hand, is an output)."""
    found: list[Any] = []
    for k in need.accepts:
        accept = state.service.evidence[need.requirement].accepts[k]
        kind, ref = accept.kind, accept.ref
        if kind is AcceptKind.OUTPUT:
            for other in states:
                for licence, internal in other.outputs:
                    if other is not state and licence == ref:
                        by_hand = AcceptKind.ORIGINAL if walk_in else AcceptKind.UPLOAD
                        found.append((AcceptKind.OUTPUT if internal else by_hand, other.key, not internal))
        elif kind in (AcceptKind.LICENCE, AcceptKind.EARLIER):
            found += [(kind, "", False)] if (ref or need.evidence) in held else []
        elif kind is AcceptKind.RESOURCE:
            found += [(kind, "", False)] if ref not in down else []
        elif not (walk_in and kind is AcceptKind.UPLOAD):
            found.append((kind, "", False))
    return found or [(AcceptKind.COPY if walk_in else AcceptKind.UPLOAD, "", False)]


def _cost(states: Any, by_act: dict[Any, Any], needs: list[Any], sources: tuple[Any, ...]) -> Cost | None:
    edges: set[tuple[Any, Any]] = set()
    of = {state.key: state for state in states}
    for state in states:
        for n, act in enumerate(state.acts):
            edges |= {((state.key, a), (state.key, n)) for a in act.after}
        for k in state.ordered_after:
            earlier = state.service.sequences[k].after
            if earlier in of:
                targets = state.begins or range(len(state.acts))
                edges |= {((earlier, a), (state.key, n)) for a in of[earlier].decides for n in targets}
    papers: dict[AcceptKind, set[Any]] = {k: set() for k in AcceptKind}
    fetched = set()
    for (state, need), (kind, producer, by_hand) in zip(needs, sources, strict=True):
        key = (need.evidence, need.party)
        papers[kind].add((key, producer))
        if producer and not by_hand:
            edges |= {((producer, a), (state.key, n)) for a in of[producer].decides for n in need.waiting}
        if producer and by_hand:
            edges |= {((producer, a), (state.key, n)) for a in of[producer].ends for n in need.targets[:1]}
        if not producer and need.evidence.startswith("trip-") and kind in (
            AcceptKind.UPLOAD, AcceptKind.COPY, AcceptKind.ORIGINAL
        ):  # fmt: skip
            fetched.add(key)
    length = _ends({(s.key, n): a.days for s in states for n, a in enumerate(s.acts)}, edges)
    if length is None:
        return None
    visits = _visits(of, by_act, edges)
    if visits is None:
        return None
    third = sum(len(of[k].acts[n].persons) for (k, n), m in by_act.items() if m and m.kind is ModeKind.THIRD_PARTY)
    sizes = [len(papers[k]) for k in (AcceptKind.ORIGINAL, AcceptKind.COPY, AcceptKind.UPLOAD)]
    return (*visits, third + len(fetched), *sizes, length)


def _ends(days: dict[Any, int], edges: set[tuple[Any, Any]]) -> int | None:
    """The longest path; None if there is a circle (paths longer than all acts)."""
    end = dict(days)
    for _ in range(len(days) + 1):
        changed = False
        for a, b in edges:
            if end[a] + days[b] > end[b]:
                end[b] = end[a] + days[b]
                changed = True
        if not changed:
            break
    reached: dict[Any, set[Any]] = {n: {b for a, b in edges if a == n} for n in days}
    for _ in days:
        for n in days:
            reached[n] |= {c for b in reached[n] for c in reached[b]}
    return None if any(n in reached[n] for n in days) else max(end.values(), default=0)


def _visits(of: Any, by_act: dict[Any, Any], edges: set[tuple[Any, Any]]) -> tuple[int, int] | None:
    """Order between acts in person by walking every path."""
    present = {a for a, m in by_act.items() if m is not None and m.kind.in_person}
    name = {a: f"{a[0]}.{a[1]}" for a in by_act}
    order = []

    def walk(start: Any, here: Any, wait: int) -> None:
        for a, b in edges:
            if a == here:
                total = wait + of[here[0]].acts[here[1]].days
                if b in present:
                    order.append([name[start], name[b], "split", total] if total else [name[start], name[b], "instant"])
                else:
                    walk(start, b, total)

    for act in present:
        walk(act, act, 0)
    steps = {name[a]: {"who": of[a[0]].acts[a[1]].persons, "at": by_act[a].at} for a in present}
    try:
        answer = solve(problem_from_json({"steps": steps, "order": order}))
    except NoArrangement:
        return None
    return answer.worst, answer.total
