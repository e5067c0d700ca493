"""What tools/packaging/abi.py says about changes. The first argument is its folder."""

import sys
import unittest

sys.path.insert(0, sys.argv.pop(1))
import abi  # noqa: E402

BASELINE = {
    "symbol _ZN10liveblocks4openEv",
    "size liveblocks::Options 128",
    "member liveblocks::Options 0: bool retry",
    "member liveblocks::Options 64: std::size_t capacity",
    "size liveblocks::Transport 64",
    "virtual liveblocks::Transport 0: _ZN10liveblocks9Transport4sendEv",
    "enumerator liveblocks::Errc expired = 3",
}


def changes(lost=(), added=()):
    return abi.broken(BASELINE, BASELINE - set(lost) | set(added))


class AbiTest(unittest.TestCase):
    def test_what_is_new_harms_nobody(self):
        self.assertEqual(changes(), [])
        self.assertEqual(changes(added=["symbol _ZN10liveblocks5closeEv"]), [])
        self.assertEqual(changes(added=["enumerator liveblocks::Errc tooOld = 4"]), [])
        self.assertEqual(changes(added=["size liveblocks::Room 8", "member liveblocks::Room 0: bool isNew"]), [])

    def test_whatever_is_lost_is_reported(self):
        for line in BASELINE:
            self.assertEqual(changes(lost=[line]), ["- " + line])

    def test_a_type_that_was_there_gets_nothing_new(self):
        for line in (
            "member liveblocks::Options 8: bool fitsIntoTheGap",
            "virtual liveblocks::Transport 1: _ZN10liveblocks9Transport4stopEv",
            "base liveblocks::Transport 0: liveblocks::Sender",
        ):
            self.assertEqual(changes(added=[line]), ["+ " + line])

    def test_names_with_blanks_are_told_apart(self):
        name = "liveblocks::Result<std::pair<int, bool> >"
        self.assertEqual(abi.subject(f"size {name} 64"), ("size", name))
        self.assertEqual(abi.subject(f"member {name} 0: std::map<int, bool> value"), ("member", name))


if __name__ == "__main__":
    unittest.main()
