#!/usr/bin/env python3
"""What the real program refuses of a command, in both languages: commands_test.py PROGRAM

Each refusal ends with a status that is not 0, and says on the standard error one sentence and its code.
"""

import sys

from house import House
from sentences import faults_of_sentence

OPENING = ("category=research_staff", "body=Society of Samples", "body_kind=association", "office=director", "begins_on=2026-10-01")

# A code, the words of the command, what its sentence names.
CASES = (
    ("command.unknown", ("dance",), "dance"),
    ("command.unknown", ("pack", "dance"), "pack dance"),
    ("command.unknown_option", ("list", "measure", "--colour"), "--colour"),
    ("command.value_missing", ("list", "measure", "--as"), "--as"),
    ("command.pair_not_taken", ("search", "food", "state=draft"), "state=draft"),
    ("command.pair_not_taken", ("export", "measure", "unit=XA"), "unit=XA"),
    ("command.word_not_taken", ("list", "measure", "Any colour=red"), "Any colour=red"),
    ("command.word_not_taken", ("verify", "everything"), "everything"),
    ("command.port_malformed", ("serve", "--port", "eighty"), "eighty"),
    ("command.port_malformed", ("serve", "--port", "65536"), "65536"),
    ("command.no_token", ("list", "measure", "--as", "nobody.here"), "nobody.here"),
    ("account.name_malformed", ("list", "measure", "--as", "../demo-accounts.txt"), ""),
    ("query.value_malformed", ("list", "concurrent_post", "state=nonsense"), "state"),
    ("command.name_unknown", ("apply", "concurrent_post", "open", "person=Nobody Atall", *OPENING), "Nobody Atall"),
    ("command.name_unknown", ("import", "notice.txt", "--yes", "--unit", "No Such Office"), "No Such Office"),
)
# Commands that never ask for a data directory.
WITHOUT_DATA = {"dance", "pack"}


def main() -> int:
    failed = False
    with House(sys.argv[1]) as house:
        notice = house.folder / "notice.txt"
        notice.write_text("关于整改情况的通报\n一、整改情况\n一是建立制度。\n", encoding="utf-8")
        for served in (False, True):
            if served:
                house.serve()
            for code, words, named in CASES:
                if served and words[0] == "serve":
                    continue  # the data directory has its server
                data = () if words[0] in WITHOUT_DATA else ("--data", str(house.data))
                asked = (words[0], *data, *words[1:])
                for language in ("en", "zh"):
                    said = house.refused(*asked, language=language)
                    wrong = faults_of_sentence(said, code, named, language)
                    failed = failed or bool(wrong)
                    print(f"{'served' if served else 'alone'} {language} {' '.join(words)}: {said.strip()}", *wrong, sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
