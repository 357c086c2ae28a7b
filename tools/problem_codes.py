"""The codes that the program throws or reports, read from its source, and the sentences of
locales/<tag>/problems.yaml. Used by check_problems.py and its test."""
import json
import pathlib
import re

from check_text import without_comments

# A code is `thing.reason`. Names of queries look alike; they stand in a store::Query.
CODE = re.compile(r'(?<![\w\\])"([a-z][a-z0-9_]+\.[a-z][a-z0-9_]*)"')
QUERY = re.compile(r'\bQuery\b(?:\s+\w+)?\s*(?:\[\w*\])?\s*[({]+\s*"[a-z0-9_.]+"')
SQL_AFTER = re.compile(r'\{\s*"[a-z0-9_.]+"\s*,\s*(?:R"\w*\(|")?\s*(?i:select|insert|update|delete|with|create|commit)\b')
# A query is named `room.verb_noun`, wherever its text is put together.
QUERY_NAME = re.compile(
    r"(?:access|api|app|controls|files|journal|registers|rules|search|store|rectification)\."
    r"(?:(?:find|load|insert|update|remove|delete|select|list|count|fill|replace|upsert|lock|read)_\w+"
    r"|commit|open|backup|begin|rollback|\w+_)"
)
FILE_ENDINGS = {"yaml", "yml", "json", "sql", "db", "lock", "csv", "txt", "html", "css", "js", "md", "key", "conf",
                "sqlite", "tmp", "log", "note", "inc", "xml", "dump", "sock", "pid", "zip", "pdf", "docx", "gz"}
PLACES = {"unit", "parent", "district", "office", "leader", "outside", "self", "system", "security", "audit"}
# What of a record is meant by a dotted name, and a line that says so of itself.
OTHER = {"signatures.words", "number.gapless"}
NOT_CODE = re.compile(r"\s*//\s*not a code\b")

KINDS = ("invalid unauthenticated forbidden not_found conflict stale too_large rejected "
         "no_precondition too_many corrupt unavailable").split()
LINE = re.compile(r'^([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*): ("(?:\\.|[^"\\])*")$')
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def is_code(text: str) -> bool:
    first, second = text.split(".")
    if text in OTHER or QUERY_NAME.fullmatch(text) or second in FILE_ENDINGS:
        return False
    return not (first in PLACES and second in ROLES)


# Roles of packs/organisation and accounts of the demonstration are written alike: `office.clerk`.
ROLES = {"admin", "clerk", "head", "reviewer", "reviewer2", "leader", "auditor", "inspector", "secretary", "member", "principal"}


def codes_of(text: str) -> dict[str, int]:
    """Each code of one C++ text with the first line it stands in."""
    marked = "\n".join(
        "" if NOT_CODE.search(line) else line for line in text.splitlines()
    )
    plain = without_comments(marked)
    for pattern in (QUERY, SQL_AFTER):
        plain = pattern.sub(lambda m: re.sub(r'"[a-z0-9_.]+"', '""', m[0], count=1), plain)
    found: dict[str, int] = {}
    for match in CODE.finditer(plain):
        if is_code(match[1]):
            found.setdefault(match[1], plain.count("\n", 0, match.start()) + 1)
    return found


def program_files(source: pathlib.Path) -> list[pathlib.Path]:
    """The C++ of src/, tests and their support apart."""
    return [path for path in sorted(source.rglob("*"))
            if path.suffix in {".h", ".cpp", ".inc"} and not re.search(r"_test\.cpp$|testing\.(h|cpp)$", path.name)]


def codes_of_source(source: pathlib.Path) -> dict[str, str]:
    """Each code of src/ with the first place it stands in."""
    found: dict[str, str] = {}
    for path in program_files(source):
        for code, line in codes_of(path.read_text(encoding="utf-8")).items():
            found.setdefault(code, f"{path.relative_to(source.parent)}:{line}")
    return found


# Where a code is thrown, or noted of a field, with what its sentence is filled from beside it.
THROWN = re.compile(r'(?:Problem\s*\{[^{};"]*|errors\.push_back\(\s*\{[^;]*?,\s*|\b(?:fault|wrong)\((?:pointer|place)[^;"]*)"([a-z0-9_]+\.[a-z0-9_]+)"')
PARAM = re.compile(r'\{\s*"([a-z_]+)"\s*,')


def unfilled_in(text: str, sentences: dict[str, str]) -> list[tuple[int, str, str]]:
    """Line, code and name of each placeholder that a throw of one C++ text does not fill in its statement."""
    plain = without_comments(text)
    found: list[tuple[int, str, str]] = []
    for match in THROWN.finditer(plain):
        filled = set(PARAM.findall(plain[match.end():plain.find(";", match.end())]))
        line = plain.count("\n", 0, match.end()) + 1
        found += [(line, match[1], name) for name in sorted(placeholders(sentences.get(match[1], "")) - filled)]
    return found


# What speaks of codes in a test: C++ beside the rooms, C++ and Python in tests/, and what its cases expect.
TEST_ENDINGS = {".cpp", ".h", ".py", ".txt", ".json", ".yaml"}
WORD = re.compile(r"[a-z][a-z0-9_]+\.[a-z][a-z0-9_]*")


def codes_in_tests(project: pathlib.Path) -> set[str]:
    """Every dotted word that some test names: a code among them is one that the test provokes."""
    paths = [path for path in (project / "src").rglob("*_test.cpp")]
    tests = project / "tests"
    if tests.is_dir():
        paths += [path for path in tests.rglob("*") if path.suffix in TEST_ENDINGS and path.is_file() and path.name != "unthrown_codes.txt"]
    found: set[str] = set()
    for path in paths:
        found.update(WORD.findall(path.read_text(encoding="utf-8", errors="ignore")))
    return found


def unthrown_of(path: pathlib.Path) -> tuple[dict[str, str], list[str]]:
    """The codes that no test throws, each with the reason, and what is wrong with the list itself."""
    reasons: dict[str, str] = {}
    faults: list[str] = []
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        code, _, reason = line.partition(": ")
        if not WORD.fullmatch(code) or len(reason) < 10:
            faults.append(f"{path.name}:{number}: write it as  thing.reason: why no test can throw it")
        reasons[code] = reason
    return reasons, faults


def sentences_of(path: pathlib.Path) -> tuple[dict[str, str], list[str]]:
    """The sentences of one problems.yaml, and what is wrong with the file itself."""
    sentences: dict[str, str] = {}
    faults: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.match(line)
        if not match:
            faults.append(f'{path}:{number}: write it as  thing.reason: "Sentence."')
        elif match[1] in sentences:
            faults.append(f"{path}:{number}: {match[1]} stands here twice")
        else:
            sentences[match[1]] = json.loads(match[2])
    return sentences, faults


def placeholders(sentence: str) -> set[str]:
    return set(PLACEHOLDER.findall(sentence))
