#!/usr/bin/env python3
"""The commands of a README, as they are printed, against a demonstration: readme_test.py PROGRAM SOURCE README.md

Every indented line of the sections of the first quarter and the first hour runs in one shell that stops at the first
command that fails; a line whose remark says "refused" has to be refused. The house is served on a free port,
which stands for the one the text names.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

SECTIONS = ("first quarter", "first hour", "一刻钟", "第一个小时")
REFUSED = re.compile(r"#\s*(refused|拒绝)")
PRELUDE = """
set -eo pipefail
shopt -s expand_aliases
curl() { command curl "${@//8060/PORT}"; }
must_refuse() { if "$@"; then echo "not refused: $*" >&2; exit 1; fi; }
"""


def commands(readme: str) -> list[str]:
    found: list[str] = []
    wanted = False
    for line in readme.splitlines():
        if line.startswith("## "):
            wanted = any(words in line for words in SECTIONS)
        elif wanted and line.startswith("    "):
            found.append(line[4:])
    return found


def script(lines: list[str], port: int) -> str:
    out = [PRELUDE.replace("PORT", str(port))]
    for line in lines:
        # An alias is no word of a command's arguments: what it stands for is written out.
        out.append(re.sub(r"^duban ", "must_refuse build/release/duban --data duban-data ", line) if REFUSED.search(line) else line)
    return "\n".join(out) + "\n"


def port_of(note: pathlib.Path, server: subprocess.Popen) -> int:
    while server.poll() is None:
        try:
            return int(json.loads(note.read_text(encoding="utf-8"))["port"])
        except (OSError, ValueError, KeyError):
            time.sleep(0.05)
    raise SystemExit("the server ended before it listened")


def main() -> int:
    program, source, readme = sys.argv[1:4]
    lines = commands((pathlib.Path(source) / readme).read_text(encoding="utf-8"))
    if sum("duban " in line for line in lines) < 40:
        raise SystemExit(f"{readme}: its sections are not found any more")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="duban-readme-"))
    try:
        (folder / "samples").symlink_to(pathlib.Path(source).resolve() / "samples")
        (folder / "build/release").mkdir(parents=True)
        (folder / "build/release/duban").symlink_to(pathlib.Path(program).resolve())
        subprocess.run([program, "init", "--demo", "--data", "duban-data", "--notice", "samples/notice.txt"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([program, "serve", "--data", "duban-data", "--port", "0"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port = port_of(folder / "duban-data/serve.json", server)
            ended = subprocess.run(["bash", "-c", script(lines, port)], cwd=folder, text=True, capture_output=True, check=False)
        finally:
            server.terminate()
            server.wait()
        print(ended.stdout[-4000:], ended.stderr[-4000:], sep="\n")
        if ended.returncode != 0:
            return 1
        if not re.search(r"\b1/1\b", ended.stdout):
            print("no number is closed: the first problem that was fed back should be", file=sys.stderr)
            return 1
        return 0
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
