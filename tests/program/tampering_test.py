#!/usr/bin/env python3
"""What is changed with the sqlite3 shell behind the program's back, and what `duban verify` says of it:
tampering_test.py PROGRAM

A demonstration is served, an approval is worked in it, the data directory is copied. Then, one at a time, something in
a copy is changed, and the real `duban verify` has to name exactly that: every line it says is expected here. What was
altered in a declaration is not served either.
"""

import re
import sys

from house import ENTRIES, Copy, House
from rewriting import rewrite_last
from sentences import WORDS, is_sentence

LINE = re.compile(r"^✗ (.*) \[([a-z_]+\.[a-z_]+)\]$", re.MULTILINE)


class Story:
    """An approval by two reviewers, and another that waits: the newest record of the journal."""

    def __init__(self, house: House):
        entry = house.act("unit.clerk", house.open("Society of Samples"), "file")
        entry = house.act("office.reviewer", entry, "approve")
        self.approved = house.act("office.reviewer2", entry, "approve")
        self.number = self.approved["number"]
        house.send("unit.clerk", f"{ENTRIES}/{entry['id']}/certificate")  # signs a checkpoint
        self.waiting = house.act("unit.clerk", house.open("Waiting Society"), "file")

    def position(self, copy: Copy, action: str, which: str = "min") -> int:
        """Of the record of the approved entry that `action` left."""
        entry = self.approved["id"].replace("-", "")
        return int(copy.sql(f"select {which}(position) from d_record where entry = x'{entry}' and action = '{action}';"))


def replace(copy: Copy, position: int, column: str, what: str, by: str) -> None:
    """`what` and `by` are expressions over the column's text, `it`; exactly one record has to change by it."""
    changed = copy.sql(
        f"update d_record set {column} = cast(replace(it, {what}, {by}) as blob) from (select position as at, "
        f"cast({column} as text) as it from d_record) where position = at and at = {position} and instr(it, {what}) > 0;"
        "select changes();")
    assert changed == "1", f"{what} does not stand in the {column} of record {position}"


def as_id(digits: str) -> str:
    """As ids are shown: 8-4-4-4-12."""
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def change(copy: Copy, statement: str) -> None:
    assert copy.sql(f"{statement};select changes();") == "1", statement


# Each alters one thing in a copy and says what has to be named: of each line the code and the words that stand in it.

def a_row(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    change(copy, f"update concurrent_post set paid = 1 where number = '{story.number}'")
    return [("table.field_altered", "concurrent_post", story.number, "paid")]


def a_byte_of_a_leaf(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    place = story.position(copy, "file")
    replace(copy, place, "leaf", "'\"state_after\":\"review\"'", "'\"state_after\":\"reviev\"'")
    return [("journal.leaf_altered", f"d_record 1/{place} ")]


def a_salt(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    place = story.position(copy, "open")
    before_salt = "'\"body\":{\"s\":\"'"
    salt = f"substr(it, instr(it, {before_salt}), length({before_salt}) + 22)"
    replace(copy, place, "blob", salt, f"{before_salt} || 'AAAAAAAAAAAAAAAAAAAAAA'")
    return [("journal.blob_altered", f"d_record 1/{place} ", "body")]


def a_value_in_a_blob(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    place = story.position(copy, "open")
    replace(copy, place, "blob", "'\"research_staff\"'", "'\"civil_servant\"'")
    return [("journal.blob_altered", f"d_record 1/{place} ", "category")]


def a_row_of_the_tree(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    change(copy, "update d_tree set hash = randomblob(32) where org = 1 and level = 3 and idx = 2")
    return [("journal.tree_altered", "d_tree 1/3/2 ")]


def an_adopted_declaration(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    digest = copy.sql("select digest from d_declaration where pack = 'foundation';")
    place = copy.sql("select position from d_record where register = 'pack' and instr(cast(leaf as text), "
                     f"'\"declaration\":\"{digest}\"') > 0;")
    change(copy, "update d_declaration set bundle = replace(bundle, 'apart_from: [open, amend, file]', 'apart_from: [open]') "
                 "where pack = 'foundation' and instr(bundle, 'apart_from: [open, amend, file]') > 0")
    return [("declaration.altered", "foundation", digest, place)]


def the_date_of_a_post(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    signed_under = "(select post from d_signature order by at_ms limit 1)"
    post = copy.sql(f"select lower(hex({signed_under}));")
    change(copy, f"update d_post set starts_on = '2020-02-01' where id = {signed_under}")
    return [("directory.row_altered", f"d_post {as_id(post)} starts_on", "2020-02-01")]


def a_signer(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    first = "(select id from d_signature order by at_ms limit 1)"
    signer, other = copy.sql(
        f"select lower(hex(person)) from d_signature where id = {first};"
        "select lower(hex(id)) from d_person where id not in (select person from d_signature) limit 1;").splitlines()
    change(copy, f"update d_signature set person = x'{other}' where id = {first}")
    return [("table.row_unrecorded", "d_signature", f"{story.number}/approve/{as_id(other)}/"),
            ("table.row_missing", "d_signature", f"{story.number}/approve/{as_id(signer)}/")]


def a_signer_in_a_leaf(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    place = story.position(copy, "approve", "max")
    signer = "substr(it, instr(it, '\"person\":\"'), 46)"
    replace(copy, place, "leaf", signer, f"'\"person\":\"{story.approved['opened_by']}'")
    return [("journal.leaf_altered", f"d_record 1/{place} ")]


def a_dropped_record(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    place = story.position(copy, "file")
    change(copy, f"delete from d_record where position = {place}")
    # And what came of it: the next record's revision and number, the step in the entry's history.
    return [("journal.record_missing", f"d_record 1/{place}"), ("record.revision_gap", str(place + 1)),
            ("record.identity_altered", str(place + 1), "number"), ("table.row_unrecorded", "d_step", f"{story.number}/2")]


def a_skipped_state(copy: Copy, story: Story) -> list[tuple[str, ...]]:
    """By whoever computes every hash anew, and takes out what was signed after it."""
    def skip(leaf: dict) -> None:
        assert leaf["entry"] == story.waiting["id"] and leaf["state_before"] == "draft", leaf
        leaf["state_before"] = "review"
    place = rewrite_last(copy, skip)
    copy.sql(f"delete from d_checkpoint where size > {place};"
             "update d_step set state_before = 'review' where action = 'file' and entry = "
             f"x'{story.waiting['id'].replace('-', '')}';")
    return [("record.state_skipped", str(place)), ("step.wrong_state", str(place))]


CASES = (a_row, a_byte_of_a_leaf, a_salt, a_value_in_a_blob, a_row_of_the_tree, an_adopted_declaration, the_date_of_a_post,
         a_signer, a_signer_in_a_leaf, a_dropped_record, a_skipped_state)


def faults_in(said: str, expected: list[tuple[str, ...]], language: str) -> list[str]:
    """What is wrong with the answer of `duban verify`: its lines are those expected, in sentences of the language."""
    lines = LINE.findall(said)
    wrong = [f"{language}: {len(lines)} lines, {len(expected)} expected"] if len(lines) != len(expected) else []
    for (sentence, code), (expected_code, *words) in zip(lines, expected):
        wrong += [f"{language}: [{expected_code}] expected in its place"] if code != expected_code else []
        wrong += [f"{language}: [{code}] does not name {word}" for word in words if word not in sentence]
        wrong += [f"{language}: [{code}] is no sentence"] if not is_sentence(sentence, language) else []
    return wrong


def main() -> int:
    failed = False
    with House(sys.argv[1]) as house:
        house.serve()
        story = Story(house)
        house.run("verify", "--data", str(house.data))
        house.stop()
        untouched = house.copy("untouched")
        untouched.verify(0)
        for case in CASES:
            copy = house.copy(case.__name__)
            expected = case(copy, story)
            for language in WORDS:
                said = copy.verify(1, language)
                wrong = faults_in(said, expected, language)
                if case is an_adopted_declaration:
                    refused = house.refused("serve", "--data", str(copy.data), "--port", "0", language=language)
                    wrong += [] if "[serve.declaration_altered]" in refused and "foundation" in refused else [refused]
                failed = failed or bool(wrong)
                print("\n".join([f"{case.__name__}: {'ok' if not wrong else 'WRONG'}", said, *wrong]))
            copy.remove()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
