#!/usr/bin/env python3
"""Fails when a code that the program throws has no sentence in some language, when a sentence has
no code, or when two languages do not fill the same {placeholders}.

    tools/check_problems.py [PROJECT]     --list prints every code with its place

A dotted literal that is no problem code carries the comment "not a code" on its line.
"""
import pathlib
import sys

from problem_codes import KINDS, codes_of_source, placeholders, sentences_of

TAGS = ("zh", "en")


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
    first, *others = TAGS
    for tag in others:
        for code in sorted(by_tag[first].keys() & by_tag[tag].keys()):
            if placeholders(by_tag[first][code]) != placeholders(by_tag[tag][code]):
                faults.append(f"{code}: {first} and {tag} name different placeholders")
    return faults


def main() -> int:
    arguments = [a for a in sys.argv[1:] if a != "--list"]
    project = pathlib.Path(arguments[0] if arguments else __file__).resolve()
    project = project if project.is_dir() else project.parent.parent
    if "--list" in sys.argv:
        for code, place in sorted(codes_of_source(project / "src").items()):
            print(f"{code}\t{place}")
        return 0
    faults = faults_of(project)
    print("\n".join(faults) or "problems: ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
