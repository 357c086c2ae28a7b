#!/usr/bin/env python3
"""The checks of this folder catch what they are for: each is shown a project with one fault."""
import pathlib
import tempfile
import unittest

import check_problems
import check_rooms
import check_text
import problem_codes


class Project(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def rooms(self):
        return list(check_rooms.faults(self.root / "src"))


class Rooms(Project):
    def test_a_room_may_include_what_lies_below(self):
        self.write("src/journal/journal.cpp", '#include "store/store.h"\n#include "journal/internal/x.h"\n')
        self.assertEqual(self.rooms(), [])

    def test_an_arrow_upwards_is_named_with_its_line(self):
        self.write("src/store/store.cpp", '\n#include "journal/journal.h"\n')
        self.assertEqual(self.rooms(), ["src/store/store.cpp:2: store may not include journal"])

    def test_internal_headers_of_others_are_refused(self):
        self.write("src/journal/journal.cpp", '#include "store/internal/lanes.h"\n')
        self.assertIn("internal to store", self.rooms()[0])

    def test_a_forbidden_link_is_named(self):
        self.write("src/http/CMakeLists.txt", "duban_room(http\n    PUBLIC duban::core duban::store)\n")
        self.assertEqual(self.rooms(), ["src/http/CMakeLists.txt:2: http may not link store"])

    def test_a_room_without_a_row_is_refused(self):
        self.write("src/drawer/drawer.h", "")
        self.assertIn("is no room", self.rooms()[0])

    def test_the_arrows_have_no_circle(self):
        table, placed = check_rooms.closed_table(), set()
        while len(placed) < len(table):
            ready = {room for room, below in table.items() if below <= placed} - placed
            self.assertTrue(ready, "a circle among " + ", ".join(sorted(set(table) - placed)))
            placed |= ready


class Texts(Project):
    def chinese(self, name, text):
        return list(check_text.chinese(name, self.write(name, text), text))

    def test_chinese_in_a_literal_of_an_engine_room_is_refused(self):
        self.assertEqual(len(self.chinese("src/store/a.cpp", 'auto a = "销号";  // fine: 销号\n')), 1)
        self.assertEqual(len(self.chinese("src/store/a.cpp", 'auto a = "\\u9500";\n')), 1)

    def test_comments_and_language_rooms_may_speak_chinese(self):
        self.assertEqual(self.chinese("src/store/a.cpp", "/* 销号\n */ int a; // 督办\n"), [])
        self.assertEqual(self.chinese("src/reading/a.cpp", 'auto a = "一是";\n'), [])

    def test_a_slash_inside_a_literal_begins_no_comment(self):
        self.assertEqual(len(self.chinese("src/http/a.cpp", 'auto a = "http://"; auto b = "。";\n')), 1)

    def test_long_files_and_unfinished_words_are_refused(self):
        path = pathlib.Path("a.cpp")
        self.assertEqual(len(list(check_text.length("a.cpp", path, "\n" * 501))), 1)
        self.assertEqual(len(list(check_text.words("a.cpp", "// FIX" + "ME: later\n"))), 1)
        self.assertEqual(len(list(check_text.drawers("src/core/utils.h"))), 1)


class Problems(Project):
    def setUp(self):
        super().setUp()
        kinds = "".join(f'kind.{kind}: "A kind."\n' for kind in problem_codes.KINDS)
        self.sentences = {"zh": kinds, "en": kinds}
        self.write("src/core/a.cpp", "")

    def faults(self):
        for tag, text in self.sentences.items():
            self.write(f"locales/{tag}/problems.yaml", text)
        return check_problems.faults_of(self.root)

    def test_a_code_needs_a_sentence_in_every_language(self):
        self.write("src/core/a.cpp", 'throw Problem{ProblemKind::Invalid, "row.locked"};\n')
        self.write("src/core/a_test.cpp", 'refused("row.locked");\n')
        self.sentences["en"] += 'row.locked: "It is closed."\n'
        self.assertEqual(self.faults(), ["src/core/a.cpp:1: row.locked has no sentence in zh"])

    def test_a_sentence_needs_a_code(self):
        self.sentences["en"] += 'row.locked: "It is closed."\n'
        self.assertEqual(self.faults(), ["locales/en/problems.yaml: nothing throws row.locked"])

    def test_languages_fill_the_same_placeholders(self):
        self.write("src/core/a.cpp", 'fault("row.locked");\n')
        self.write("src/core/a_test.cpp", 'refused("row.locked");\n')
        self.sentences["en"] += 'row.locked: "{number} is closed."\n'
        self.sentences["zh"] += 'row.locked: "It is closed."\n'
        self.assertEqual(self.faults(), ["row.locked: zh and en name different placeholders"])

    def test_a_throw_fills_what_its_sentence_names(self):
        throws = ('throw core::Problem{Kind::Conflict, "row.locked", {{"number", text}}};\n'
                  'throw core::Problem{\n    Kind::Conflict, "row.locked"\n};\nauto a = b({{"number", c}});\n'
                  'errors.push_back({at(row), "row.locked", {{"count", one}}, {}});\nfault(pointer, "row.locked", errors);\n')
        self.assertEqual(problem_codes.unfilled_in(throws, {"row.locked": "{number} is closed."}),
                         [(line, "row.locked", "number") for line in (3, 6, 7)])

    def test_a_code_is_thrown_by_a_test_or_has_a_reason(self):
        self.write("src/core/a.cpp", 'fault("row.locked");\n')
        for tag in self.sentences:
            self.sentences[tag] += 'row.locked: "It is closed."\n'
        self.assertIn("no test throws row.locked", self.faults()[0])
        self.write("tests/unthrown_codes.txt", "row.locked: the disk would have to fail\n")
        self.assertEqual(self.faults(), [])
        self.write("tests/scenarios/a_test.cpp", 'refuse(409, "row.locked");\n')
        self.assertIn("take it out", self.faults()[0])
        self.write("tests/unthrown_codes.txt", "row.locked\n")
        self.assertIn("write it as", self.faults()[0])

    def test_names_of_queries_files_and_roles_are_no_codes(self):
        text = ('constexpr store::Query kFind{"row.find_one",\n    "select 1"};\n'
                'const Query q{"row.find_two", sql};\nopen("pack.yaml"); may("office.reviewer");\n'
                'log("lane.started");  // not a code\n')
        self.assertEqual(problem_codes.codes_of(text), {})


if __name__ == "__main__":
    unittest.main()
