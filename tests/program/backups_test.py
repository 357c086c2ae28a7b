#!/usr/bin/env python3
"""The real program backed up while it serves, and put back: backups_test.py PROGRAM

Checkpoints are fetched into one file, as docs/operating.md says; the server has to be told of lost records before it
serves, and whoever kept a checkpoint of them afterwards.
"""

import shutil
import sys
import time
import unittest
import urllib.request

from house import House

PROGRAM = ""
WAIT_S = 60


class Backups(unittest.TestCase):
    def setUp(self) -> None:
        self.house = House(PROGRAM)
        self.addCleanup(self.house.__exit__)
        self.kept = self.house.folder / "data.keys" / "checkpoint"
        self.elsewhere = self.house.folder / "checkpoints"
        self.data = ("--data", str(self.house.data))

    def fetch(self) -> None:
        """`curl … >> checkpoints`, once the server keeps it beside the key too."""
        with urllib.request.urlopen(f"{self.house.base}/log/1/checkpoint") as answer:
            note = answer.read().decode()
        with self.elsewhere.open("a", encoding="utf-8") as file:
            file.write(note)
        given_up = time.monotonic() + WAIT_S
        while not self.kept.exists() or self.kept.read_text(encoding="utf-8") != note:
            self.assertLess(time.monotonic(), given_up, "the newest checkpoint is not kept beside the key")
            time.sleep(0.02)

    def test_backup_beside_a_server_is_put_back_and_nothing_is_lost_unseen(self) -> None:
        house, backup = self.house, self.house.folder / "backup"
        house.serve()
        self.fetch()
        house.open("Before the backup")
        self.fetch()
        house.run("backup", *self.data, "--to", str(backup))
        house.run("verify", *self.data, "--checkpoint", str(self.elsewhere))
        self.assertIn("[store.in_use]", house.refused("restore", *self.data, "--from", str(backup), language="en"))
        house.open("After the backup")
        self.fetch()
        house.stop()

        lost = house.refused("restore", *self.data, "--from", str(backup), language="en")
        self.assertIn("[restore.records_lost]", lost)
        for name in ("duban.db-wal", "duban.db-shm"):
            (house.data / name).unlink(missing_ok=True)
        shutil.copyfile(backup / "duban.db", house.data / "duban.db")
        for language in ("en", "zh"):
            refused = house.refused("serve", *self.data, "--port", "0", language=language)
            self.assertIn("[serve.records_lost]", refused)
            self.assertIn("duban restore --restored", refused)
        house.run("restore", *self.data, "--restored", "--accept-loss", "The director, in writing")
        house.serve()
        told = house.run("verify", *self.data, "--checkpoint", str(self.elsewhere), status=1)
        self.assertEqual(told.count("[checkpoint.given_up]"), 1, told)
        house.stop()
        house.run("verify", *self.data)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
