#!/usr/bin/env python3
"""`duban pack new` and `duban pack check`: pack_test.py PROGRAM

A new pack passes the check where nothing stands beside it; what its sample says is held to what its controls find.
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

CONTROL = """-- register: canteen_entry · kind: fact · scope: entry
-- title: {zh: 未来的日期, en: A day to come}
-- reasons: {to_come: {zh: 日期未到, en: the day is to come}}
select id, 'to_come' as reason, happens_on from canteen_entry where happens_on > today()
"""


class Packs(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="duban-packs-")
        self.addCleanup(scratch.cleanup)
        self.pack = pathlib.Path(scratch.name) / "canteen"
        self.sample = self.pack / "sample" / "canteen.yaml"

    def said(self, verb: str, status: int) -> str:
        ended = subprocess.run([PROGRAM, "pack", verb, str(self.pack)], text=True, capture_output=True, check=False)
        self.assertEqual(ended.returncode, status, ended.stdout + ended.stderr)
        return ended.stdout

    def test_new_pack_passes_where_nothing_stands_beside_it(self):
        self.said("new", 0)
        self.assertTrue(self.sample.exists())
        self.said("check", 0)

    def test_sample_is_held_to_what_the_controls_find(self):
        self.said("new", 0)
        (self.pack / "controls" / "to_come.sql").write_text(CONTROL, encoding="utf-8")
        self.assertIn("[pack.controls_unshown]", self.said("check", 0))
        text = self.sample.read_text(encoding="utf-8")
        self.sample.write_text(text + "finds: {to_come: on_file}\n", encoding="utf-8")
        self.assertRegex(self.said("check", 1), r"sample/canteen\.yaml:\d+:\d+: .*\[sample\.not_found\]")
        self.sample.write_text(text.replace("2026-06-15", "2026-07-15"), encoding="utf-8")
        self.assertRegex(self.said("check", 1), r"sample/canteen\.yaml:\d+:\d+: .*\[sample\.found\]")
        self.sample.write_text(text.replace("2026-06-15", "2026-07-15") + "finds: {to_come: on_file}\n", encoding="utf-8")
        self.assertNotIn("[pack.controls_unshown]", self.said("check", 0))


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
