"""Where the work on a finding stands."""

from enum import StrEnum

from onevisit.core.text import Text


class State(StrEnum):
    """As the reform office decided. What the examination does not find any more is gone besides."""

    OPEN = "open"
    WORKING = "working"
    DONE = "done"
    WONT = "wont"

    @property
    def words(self) -> Text:
        """In the reader's language."""
        return _WORDS[self]


_WORDS = {
    State.OPEN: Text("还没有人管", "nobody sees to it yet"),
    State.WORKING: Text("正在改", "being worked on"),
    State.DONE: Text("说是改好了", "said to be done"),
    State.WONT: Text("不改", "will not be changed"),
}
