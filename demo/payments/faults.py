"""The demonstration's fault switch: how callbacks and answers go wrong. No real provider has this."""

from dataclasses import dataclass

# prompt: at once, again until it is taken · late: after five seconds · twice: two at once · never
# early: the order is paid, and called back, before the answer to its opening goes out
# bad-signature, other-amount, other-order: forged, and no true one follows
CALLBACKS = ("prompt", "late", "twice", "never", "early", "bad-signature", "other-amount", "other-order")
# done: at once · slow: pending at first · lost: done, but the first answer is lost (503)
REFUNDS = ("done", "slow", "lost")
# true · short: the last entry is missing · other-amount: the first entry has a yuan too much
STATEMENTS = ("true", "short", "other-amount")
FORGERIES = ("unpaid", "bad-signature", "other-amount")


@dataclass(slots=True)
class Faults:
    """What is set now; `on` false: everything is answered by 503."""

    callback: str = "prompt"
    refund: str = "done"
    statement: str = "true"
    on: bool = True

    def set(self, asked: dict[str, object]) -> bool:
        """Set what is named; False when a name or value is none of ours."""
        allowed = {
            "callback": CALLBACKS, "refund": REFUNDS, "statement": STATEMENTS
        }  # fmt: skip
        known = [
            isinstance(value, bool) if key == "on" else value in allowed.get(key, ()) for key, value in asked.items()
        ]
        if not known or not all(known):
            return False
        for key, value in asked.items():
            setattr(self, key, value)
        return True
