#!/usr/bin/env python3
"""What the program writes of its own start, migrations and end, as an operator's collector reads it: log_test.py PROGRAM"""

import json
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = ""
WAIT_S = 60
ADMINISTRATORS = ("--system", "Sysa Sample", "--security", "Seca Sample", "--audit", "Auda Sample")


class Log(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="duban-log.")
        self.data = pathlib.Path(self.folder.name) / "data"
        made = subprocess.run([PROGRAM, "init", "--yes", "--data", str(self.data), *ADMINISTRATORS], capture_output=True, text=True, check=True)
        self.assertEqual(made.stderr, "", "a new database is made, not migrated")

    def tearDown(self) -> None:
        self.folder.cleanup()

    def served(self, end: signal.Signals) -> tuple[int, list[dict]]:
        """The port that was served on until `end`, and the lines of the log; each has to be JSON with its time."""
        note = self.data / "serve.json"
        with subprocess.Popen(
            [PROGRAM, "serve", "--data", str(self.data), "--port", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as server:
            given_up = time.monotonic() + WAIT_S
            while not note.exists() and server.poll() is None and time.monotonic() < given_up:
                time.sleep(0.02)
            port = json.loads(note.read_text(encoding="utf-8"))["port"] if note.exists() else 0
            # The note is written before the server waits for signals, and they are kept until it does.
            server.send_signal(end)
            _, text = server.communicate(timeout=WAIT_S)
        self.assertEqual(server.returncode, 0, text)
        lines = [json.loads(line) for line in text.splitlines()]
        for line in lines:
            self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        return port, lines

    def test_start_and_end_are_told(self) -> None:
        port, lines = self.served(signal.SIGTERM)
        events = [line for line in lines if "event" in line]
        self.assertEqual([line["event"] for line in events], ["started", "stopping", "stopped"])
        started, stopping, stopped = events
        version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(f"duban {started['version']}\n", version)
        self.assertEqual((started["data"], started["database"], started["tls"]), ("house", "sqlite", False))
        self.assertEqual((started["address"], started["port"]), ("127.0.0.1", port))
        self.assertGreater(started["position"], 0)
        self.assertEqual(stopping["signal"], "SIGTERM")
        self.assertEqual(stopped["position"], started["position"])

    def test_the_signal_is_told(self) -> None:
        _, lines = self.served(signal.SIGINT)
        self.assertIn("SIGINT", [line.get("signal") for line in lines])

    def test_a_migration_is_told_once(self) -> None:
        # As a program left it that had no search yet.
        with sqlite3.connect(self.data / "duban.db") as database:
            database.execute("drop table d_search")
            database.execute("drop table d_search_text")
            self.assertEqual(database.execute("delete from d_migration where room = 'search'").rowcount, 1)
        _, lines = self.served(signal.SIGTERM)
        self.assertEqual(lines[0]["event"], "migrated")
        self.assertEqual((lines[0]["room"], lines[0]["from"]), ("search", 0))
        self.assertGreater(lines[0]["to"], 0)
        _, lines = self.served(signal.SIGTERM)
        self.assertNotIn("migrated", [line.get("event") for line in lines])


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
