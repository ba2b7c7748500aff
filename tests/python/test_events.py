"""What a stream of Server-Sent Events says."""

import unittest

from nbasync.events import parse


class ParseTest(unittest.TestCase):
    def test_fields_comments_and_unknown_ones(self):
        lines = [b": hello\n", b"retry: 2000\n", b"\n", b"id: 7\r\n", b"event: started\r\n", b"data: {\"a\":\r\n", b"data:1}\r\n", b"\r\n"]
        self.assertEqual(list(parse(lines)), [{"id": "7", "event": "started", "data": {"a": 1}}])

    def test_what_is_cut_off_is_not_told(self):
        self.assertEqual(list(parse([b"id: 7\n", b"data: {}\n"])), [])

    def test_an_event_without_a_name_is_a_message(self):
        self.assertEqual([event["event"] for event in parse([b"data: 1\n", b"\n"])], ["message"])


if __name__ == "__main__":
    unittest.main()
