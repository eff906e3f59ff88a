"""The ledger's arithmetic holds, and whatever is done to a chain is found and named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onevisit.core.ledger import (
    CaseHead,
    Head,
    Link,
    canonical,
    digest_of,
    hash_of,
    merkle_root,
    moment,
    next_link,
    origin,
    seal,
)
from onevisit.core.tampering import Fault, Finding, verify_chain

CASE = UUID("01900000-0000-7000-8000-000000000001")
START = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def chain(length: int) -> tuple[list[Link], Head]:
    head, links = Head(0, origin(CASE)), []
    for number in range(1, length + 1):
        at = START + timedelta(minutes=number)
        link = next_link(head, at, "procedure.accepted", {"who": "李审批", "n": number}, bytes([number]) * 16)
        links.append(link)
        head = Head(link.seq, link.hash)
    return links, head


def in_order(links: list[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.seq)


def rehash(link: Link) -> Link:
    return replace(link, hash=hash_of(link.previous, link.seq, link.at, link.kind, link.digest))


def forged(seq: int, previous: bytes) -> Link:
    return next_link(Head(seq - 1, previous), START, "procedure.granted", {"who": "nobody"}, b"\x00" * 16)


def faults(links: list[Link], head: Head) -> set[tuple[Fault, int]]:
    return {(finding.fault, finding.seq) for finding in verify_chain(CASE, in_order(links), head)}


def test_one_spelling():
    assert canonical({"b": 1, "a": ["中", None, True]}) == '{"a":["中",null,true],"b":1}'.encode()
    shanghai = START.astimezone(tz=None)
    assert moment(START) == moment(shanghai) == "2026-11-24T01:30:00.000000+00:00"
    with pytest.raises(ValueError, match="zone"):
        moment(datetime(2026, 11, 24))  # noqa: DTZ001


def test_hash_by_hand():
    links, head = chain(2)
    body, salt = b'{"n":2,"who":"' + "李审批".encode() + b'"}', b"\x02" * 16
    digest = sha256(salt + body).digest()
    header = sha256(b"2026-11-24T01:32:00.000000+00:00\nprocedure.accepted").digest()
    assert head.hash == sha256(links[0].hash + (2).to_bytes(8, "big") + header + digest).digest()


@given(st.integers(0, 12))
def test_untouched_chains_hold(length):
    links, head = chain(length)
    assert verify_chain(CASE, links, head) == []


LAWFUL = {"who": "李审批", "basis": [{"law": "个人信息保护法", "article": "47"}], "data": {"seq": 3}}


def erased(record: dict[str, object]) -> set[tuple[Fault, int]]:
    """What is found when the third of five entries is erased, and that is recorded so."""
    links, head = chain(5)
    links.append(next_link(head, START, "entry.erased", record, b"\x06" * 16))
    links[2] = replace(links[2], body=None, salt=None)
    return faults(links, Head(6, links[5].hash))


def test_an_erasure_by_law_is_no_fault():
    assert erased(LAWFUL) == set()


@pytest.mark.parametrize(
    "record",
    [
        {},
        LAWFUL | {"who": ""},
        LAWFUL | {"basis": []},
        LAWFUL | {"basis": [{"law": "个人信息保护法", "article": ""}]},
        LAWFUL | {"data": {}},
        LAWFUL | {"data": {"seq": 2}},
        LAWFUL | {"data": {"seq": 7}},
    ],
)
def test_an_erasure_is_recorded_with_who_and_by_which_article(record):
    assert erased(record) == {(Fault.ERASED, 3)}


def test_an_erasure_without_a_record():
    links, head = chain(5)
    links[2] = replace(links[2], body=None, salt=None)
    assert faults(links, head) == {(Fault.ERASED, 3)}
    links[2] = replace(links[2], body=b"{}", salt=None)
    assert faults(links, head) == {(Fault.CHANGED, 3)}


@settings(max_examples=300)
@given(st.integers(2, 12), st.data())
def test_one_change_is_found_and_named(length, data):
    links, head = chain(length)
    n = data.draw(st.integers(1, length))
    link, how = links[n - 1], data.draw(st.sampled_from(["body", "digest", "rewritten", "time", "kind", "hash"]))
    body = canonical({"who": "李审批", "n": n + 100})
    other = replace(link, body=body, digest=digest_of(link.salt, body))
    links[n - 1] = {
        "body": replace(link, body=body),
        "digest": other,
        "rewritten": rehash(other),
        "time": replace(link, at=link.at + timedelta(microseconds=1)),
        "kind": replace(link, kind="procedure.granted"),
        "hash": replace(link, hash=bytes(32)),
    }[how]
    found = faults(links, head)
    if how == "rewritten" and n == length:
        assert found == {(Fault.HEAD, n)}  # the entry or the head: nothing after them can say which
    else:
        assert found == {(Fault.CHANGED, n)}


@settings(max_examples=300)
@given(st.integers(2, 12), st.booleans(), st.data())
def test_a_removed_entry_is_named(length, renumbered, data):
    links, head = chain(length)
    n = data.draw(st.integers(1, length))
    del links[n - 1]
    if renumbered:
        links = [replace(link, seq=seq) for seq, link in enumerate(links, start=1)]
    expected = Fault.CUT_OFF if n == length else Fault.REMOVED
    assert faults(links, head) == {(expected, n)}


@given(st.integers(2, 12), st.data())
def test_a_cut_off_tail_is_named(length, data):
    links, head = chain(length)
    left = data.draw(st.integers(0, length - 1))
    assert faults(links[:left], head) == {(Fault.CUT_OFF, n) for n in range(left + 1, length + 1)}


@settings(max_examples=300)
@given(st.integers(1, 12), st.booleans(), st.data())
def test_an_inserted_entry_is_named(length, fits, data):
    links, head = chain(length)
    n = data.draw(st.integers(1, length + 1))
    previous = (links[n - 2].hash if n > 1 else origin(CASE)) if fits else bytes(32)
    shifted = [replace(link, seq=link.seq + 1) for link in links[n - 1 :]]
    assert faults([*links[: n - 1], forged(n, previous), *shifted], head) == {(Fault.INSERTED, n)}


@given(st.integers(3, 12), st.data())
def test_exchanged_entries_are_named(length, data):
    links, head = chain(length)
    a, b = data.draw(st.lists(st.integers(1, length), min_size=2, max_size=2, unique=True))
    links[a - 1], links[b - 1] = replace(links[a - 1], seq=b), replace(links[b - 1], seq=a)
    assert faults(links, head) == {(Fault.MOVED, a), (Fault.MOVED, b)}


@given(st.integers(1, 8), st.data())
def test_a_doctored_head_is_found(length, data):
    links, head = chain(length)
    assert faults(links, Head(head.seq, bytes(32))) == {(Fault.HEAD, length)}
    back = data.draw(st.integers(0, length - 1))
    named = links[back - 1].hash if back else origin(CASE)
    assert faults(links, Head(back, named)) == {(Fault.INSERTED, n) for n in range(back + 1, length + 1)}


def test_an_entry_of_another_case_is_a_stranger():
    links, head = chain(3)
    other = UUID(int=7)
    first = next_link(Head(0, origin(other)), START, "procedure.accepted", {"n": 1}, b"\x01" * 16)
    assert verify_chain(CASE, [first, *links[1:]], head) == [
        Finding(Fault.CHANGED, 1, "of another chain"),
        Finding(Fault.CHANGED, 1, "rewritten"),
    ]


@settings(max_examples=200)
@given(st.integers(1, 8), st.data())
def test_no_tampering_goes_unseen(length, data):
    """Whatever is done, short of a whole new tail with its head, something is found."""
    links, head = chain(length)
    kept = list(links)
    for _ in range(data.draw(st.integers(1, 3))):
        act = data.draw(st.sampled_from(["drop", "change", "add", "swap"]))
        n = data.draw(st.integers(0, max(len(kept) - 1, 0)))
        if act == "drop" and kept:
            del kept[n]
        elif act == "change" and kept:
            kept[n] = rehash(replace(kept[n], digest=sha256(kept[n].digest).digest()))
        elif act == "add":
            kept.append(forged(len(kept) + 5, data.draw(st.sampled_from([bytes(32), head.hash]))))
        elif len(kept) > 1:
            m = (n + 1) % len(kept)
            kept[n], kept[m] = replace(kept[n], seq=kept[m].seq), replace(kept[m], seq=kept[n].seq)
    changed = {(link.seq, link.hash, link.digest) for link in kept} != {(x.seq, x.hash, x.digest) for x in links}
    assert bool(verify_chain(CASE, in_order(kept), head)) == changed


@given(st.lists(st.binary(max_size=4), max_size=9), st.data())
def test_merkle_root_depends_on_every_leaf(leaves, data):
    root = merkle_root(leaves)
    if leaves:
        n = data.draw(st.integers(0, len(leaves) - 1))
        other = [*leaves[:n], leaves[n] + b"!", *leaves[n + 1 :]]
        assert merkle_root(other) != root
        assert merkle_root(leaves[:-1]) != root


def test_checkpoints_name_their_heads_in_one_order():
    heads = [CaseHead("b", 2, "22"), CaseHead("a", 1, "11")]
    made = seal(1, START, heads, bytes(32))
    assert made.root_holds
    assert made.message() == seal(1, START, heads[::-1], bytes(32)).message()
    assert not replace(made, heads=made.heads[:1]).root_holds
