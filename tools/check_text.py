#!/usr/bin/env python3
"""Fails on what the house does not write: Chinese in engine rooms (law 12), long files, and words
that say the work is not done.

    tools/check_text.py [PROJECT]

A file over 400 lines is warned of, over 500 refused. Comments are free to name the Chinese term.
"""
import pathlib
import re
import subprocess
import sys

ENGINE_ROOMS = (
    "core crypto calendar store rules search declarations journal access files registers "
    "controls exchange http api app"
).split()
LINES_WARNED, LINES_MAX = 400, 500
MEASURED = {".h", ".cpp", ".ts", ".vue", ".py"}
READ = MEASURED | {".sh", ".txt", ".cmake", ".md", ".yaml", ".sql", ".json"}

# Each banned word with what to do instead. Written in halves so that this file passes itself.
BANNED = {
    "TO" + "DO": "finish it, or leave it out and say so in docs/",
    "FIX" + "ME": "mend it",
    "X" + "XX": "say what is meant",
    "HA" + "CK": "say why it must be so",
}
BANNED_WORDS = re.compile(r"\b(" + "|".join(BANNED) + r")\b")
DRAWERS = {"utils", "util", "common", "helpers", "helper", "manager", "misc"}
CLASSES = re.compile(r"\b(?:class|struct)\s+(\w*(?:Manager|Helper|Util|Utils))\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work)/[a-z]")

# Law 12: Han, kana, bopomofo, full-width forms and CJK punctuation.
CJK = re.compile(r"[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
ESCAPED_CJK = re.compile(r"\\u(?:[3-9][0-9a-fA-F]{3}|2[eEfF][0-9a-fA-F]{2}|[fF][fF][0-9a-fA-F]{2})")
TOKEN = re.compile(
    r'(?P<raw>R"(?P<mark>[^()\\ ]{0,16})\((?:.|\n)*?\)(?P=mark)")'
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<char>'(?:\\.|[^'\\\n])+')"
    r"|(?P<comment>//[^\n]*|/\*(?:.|\n)*?\*/)"
)


def without_comments(text: str) -> str:
    """C++ with each comment blanked, line breaks kept."""
    def blanked(match):
        if match["comment"] is None:
            return match[0]
        return re.sub(r"[^\n]", " ", match[0])
    return TOKEN.sub(blanked, text)


def chinese(name, path, text):
    parts = pathlib.PurePath(name).parts
    if len(parts) < 3 or parts[0] != "src" or parts[1] not in ENGINE_ROOMS:
        return
    if path.suffix not in {".h", ".cpp"} or re.search(r"(_test|testing)\.(cpp|h)$", path.name):
        return
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if CJK.search(line) or ESCAPED_CJK.search(line):
            yield f"{name}:{number}: Chinese in an engine room; it belongs in text/zh, data or locales"


def length(name, path, text):
    lines = text.count("\n")
    if path.suffix in MEASURED and lines > LINES_MAX:
        yield f"{name}: {lines} lines; {LINES_MAX} are the most. Is it one thing?"


def words(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        for match in BANNED_WORDS.finditer(line):
            yield f"{name}:{number}: {match[1]}: {BANNED[match[1]]}"
        if MACHINE_PATH.search(line):
            yield f"{name}:{number}: a path of one machine; use a relative one or a setting"
        for match in CLASSES.finditer(line):
            yield f"{name}:{number}: {match[1]}: name it by what it does"


def drawers(name):
    for part in pathlib.PurePath(name).parts:
        if part.split(".")[0].lower() in DRAWERS:
            yield f"{name}: {part} is a drawer without a subject"


def project_files(project: pathlib.Path):
    """What git tracks or would track; every file of a project without git."""
    listed = subprocess.run(
        ["git", "-C", str(project), "ls-files", "-coz", "--exclude-standard"],
        capture_output=True, check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
    else:
        names = [str(path.relative_to(project)) for path in project.rglob("*")]
    built = ("build/", "web/node_modules/", "web/dist/", ".git/")
    return sorted(n for n in names if n and not n.startswith(built))


def main() -> int:
    project = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    project = project if project.is_dir() else project.parent.parent
    found, warned = [], []
    for name in project_files(project):
        path = project / name
        if not path.is_file():
            continue
        found += drawers(name)
        foreign = name.startswith(("tests/vectors/", "samples/", "data/", "tests/reading/"))
        if path.suffix not in READ or foreign or name.endswith("package-lock.json"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [*chinese(name, path, text), *length(name, path, text), *words(name, text)]
        if path.suffix in MEASURED and LINES_WARNED < text.count("\n") <= LINES_MAX:
            warned.append(f"warning: {name}: {text.count(chr(10))} lines")
    print("\n".join(warned + found) or "texts: ok")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
