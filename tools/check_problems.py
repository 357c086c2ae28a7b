#!/usr/bin/env python3
"""Fails when a code that the program throws has no sentence in some language, when a sentence has
no code, when two languages do not fill the same {placeholders}, when a throw leaves one of them unfilled,
or when no test throws a code that tests/unthrown_codes.txt does not give a reason for.

    tools/check_problems.py [PROJECT]     --list prints every code with its place
                                          --unthrown those that no test throws

A dotted literal that is no problem code carries the comment "not a code" on its line.
"""
import pathlib
import sys

from problem_codes import KINDS, codes_in_tests, codes_of_source, placeholders, program_files, sentences_of, unfilled_in, unthrown_of

TAGS = ("zh", "en")


def unthrown_faults(project: pathlib.Path, codes: dict[str, str]) -> list[str]:
    """A code that no test throws has a reason; a reason is of a code that there is and none throws."""
    thrown = codes_in_tests(project)
    reasons, faults = unthrown_of(project / "tests" / "unthrown_codes.txt")
    faults += [f"{place}: no test throws {code}; write one, or say in tests/unthrown_codes.txt why not"
               for code, place in sorted(codes.items()) if code not in thrown and code not in reasons]
    faults += [f"tests/unthrown_codes.txt: {code} is thrown by a test, or by nothing; take it out"
               for code in sorted(reasons) if code in thrown or code not in codes]
    return faults


def faults_of(project: pathlib.Path) -> list[str]:
    codes = codes_of_source(project / "src")
    wanted = {**codes, **{f"kind.{kind}": "src/core/problem.h" for kind in KINDS}}
    by_tag, faults = {}, []
    for tag in TAGS:
        path = project / "locales" / tag / "problems.yaml"
        by_tag[tag], wrong = sentences_of(path)
        faults += wrong
        faults += [f"{place}: {code} has no sentence in {tag}"
                   for code, place in sorted(wanted.items()) if code not in by_tag[tag]]
        faults += [f"locales/{tag}/problems.yaml: nothing throws {code}"
                   for code in sorted(by_tag[tag]) if code not in wanted]
    faults += unthrown_faults(project, codes)
    first, *others = TAGS
    for tag in others:
        for code in sorted(by_tag[first].keys() & by_tag[tag].keys()):
            if placeholders(by_tag[first][code]) != placeholders(by_tag[tag][code]):
                faults.append(f"{code}: {first} and {tag} name different placeholders")
    for path in program_files(project / "src"):
        text = path.read_text(encoding="utf-8")
        faults += [f"{path.relative_to(project)}:{line}: {code} is thrown without a value for {{{name}}}"
                   for line, code, name in unfilled_in(text, by_tag[first])]
    return faults


def main() -> int:
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    project = pathlib.Path(arguments[0] if arguments else __file__).resolve()
    project = project if project.is_dir() else project.parent.parent
    if "--list" in sys.argv:
        for code, place in sorted(codes_of_source(project / "src").items()):
            print(f"{code}\t{place}")
        return 0
    if "--unthrown" in sys.argv:
        codes, thrown = codes_of_source(project / "src"), codes_in_tests(project)
        print("\n".join(f"{code}\t{place}" for code, place in sorted(codes.items()) if code not in thrown))
        return 0
    faults = faults_of(project)
    print("\n".join(faults) or "problems: ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
