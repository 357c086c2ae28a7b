#!/usr/bin/env python3
"""Fails when docs/formats/api.md and the routes of src/api differ: what is not on the page does not
exist, and what is on it does.

    tools/check_api.py [PROJECT]
"""
import pathlib
import re
import sys

from check_text import without_comments

# A path in the source is a literal that begins with one of these; the plain pages at "/" are no API.
PATH = re.compile(r'"((?:/api/v1|/log|/health|/metrics|/problems)(?:/[^"?=<> ]*[^"/?=<> ])?)"')
# On the page: a heading `### GET /…` or a cell `` `GET /…` ``; … stands for the register's entries.
WRITTEN = re.compile(r"(?:^### |`)(?:GET|POST|PUT|DELETE) ((?:…)?/[^\s`?]*)", re.MULTILINE)
ENTRIES = "/api/v1/registers/{register}"


def shape(path: str) -> str:
    """Parameters without their names, which are the page's and the program's own affair."""
    return re.sub(r"\{[^}]*\}", "{}", path.replace("…", ENTRIES))


def paths_of(project: pathlib.Path) -> dict[str, str]:
    found = {}
    for room in ("api", "app"):
        for path in sorted((project / "src" / room).rglob("*.cpp")):
            if path.name.endswith("_test.cpp"):
                continue
            for match in PATH.finditer(without_comments(path.read_text(encoding="utf-8"))):
                found.setdefault(shape(match[1]), str(path.relative_to(project)))
    return found


def faults_of(project: pathlib.Path) -> list[str]:
    paths = paths_of(project)
    text = (project / "docs/formats/api.md").read_text(encoding="utf-8")
    page = {shape(match[1]) for match in WRITTEN.finditer(text)} - {"/"}
    faults = [f"{paths[path]}: {path} is not in docs/formats/api.md" for path in sorted(paths.keys() - page)]
    return faults + [f"docs/formats/api.md: nothing answers {path}" for path in sorted(page - paths.keys())]


def main() -> int:
    project = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    project = project if project.is_dir() else project.parent.parent
    faults = faults_of(project)
    print("\n".join(faults) or "api: ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
