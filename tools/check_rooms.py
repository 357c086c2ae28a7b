#!/usr/bin/env python3
"""Fails when a room includes a room it may not, or another room's internal/ header.

    tools/check_rooms.py [SOURCE]     SOURCE defaults to src/ of this project

The table is that of docs/architecture.md. A CMakeLists.txt that links what the table forbids is
named too: the arrows of CMake and of the includes are the same.
"""
import pathlib
import re
import sys

GROUND = {
    "core": "",
    "text": "core",
    "crypto": "core",
    "calendar": "core",
    "reading": "core text",
    "writing": "core text",
    "fairness": "core crypto",
    "store": "core",
    "outbound": "core crypto",
    "declarations": "core text calendar",
    "rules": "core calendar store declarations",
    "search": "core text store",
    "journal": "core crypto store",
    "access": "core crypto calendar store journal declarations",
    "files": "core crypto store outbound",
    "http": "core",
}


def closed_table() -> dict[str, set[str]]:
    """The whole table, "and below" written out."""
    table = {room: set(below.split()) for room, below in GROUND.items()}
    above_registers = {"reading", "writing", "fairness", "outbound", "http"}
    table["registers"] = set(table) - above_registers
    below_registers = table["registers"] | {"registers"}
    table["controls"] = below_registers | {"outbound"}
    table["exchange"] = below_registers | {"reading", "writing"}
    table["draws"] = below_registers | {"fairness"}
    table["trace"] = set(below_registers)
    table["rectification"] = {"controls", "exchange", "draws"} | table["controls"] | (
        table["exchange"] | table["draws"]
    )
    table["api"] = set(table) - {"api", "app"}
    table["app"] = set(table) - {"app"}
    return table


INCLUDE = re.compile(r'#include "([a-z_]+)/(.*)"')
LINK = re.compile(r"duban(?:::|_)([a-z]+)\b")


def faults_of_source(path, name, room, allowed):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match or match[1] == room:
            continue
        if match[1] not in allowed:
            yield f"{name}:{number}: {room} may not include {match[1]}"
        elif match[2].startswith("internal/"):
            yield f"{name}:{number}: {match[1]}/{match[2]} is internal to {match[1]}"


def faults_of_links(path, name, room, allowed):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for match in LINK.finditer(line.split("#")[0]):
            if match[1] not in allowed | {room, "room", "options", "embed"}:
                yield f"{name}:{number}: {room} may not link {match[1]}"


def faults(source: pathlib.Path):
    table = closed_table()
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if len(parts) < 2 or not path.is_file():
            continue
        room, name = parts[0], path.relative_to(source.parent)
        if room not in table:
            yield f"{name}: {room} is no room of docs/architecture.md"
        elif path.suffix in {".h", ".cpp"}:
            yield from faults_of_source(path, name, room, table[room])
        elif path.name == "CMakeLists.txt":
            yield from faults_of_links(path, name, room, table[room])


def main() -> int:
    project = pathlib.Path(__file__).resolve().parent.parent
    source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else project / "src"
    found = list(dict.fromkeys(faults(source)))
    print("\n".join(found) or "rooms: ok")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
