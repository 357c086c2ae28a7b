#!/usr/bin/env python3
"""Somebody signs in at a terminal: login_test.py PROGRAM

The terminal is a real one (a pseudo-terminal): what is typed is not shown, a new password is asked for twice, and
two that differ are refused.
"""

import os
import pty
import subprocess
import sys

from house import House
from sentences import faults_of_sentence

ACCOUNT = "clerk"


def one_time_password(house: House) -> str:
    sheet = (house.data / "demo-accounts.txt").read_text(encoding="utf-8")
    return next(line.split()[1] for line in sheet.splitlines() if line.split()[:1] == [ACCOUNT])


def at_terminal(house: House, answers: tuple[str, ...], language: str) -> tuple[int, str, str]:
    """The status of `duban login`, what it said, and what the terminal showed of the answers to its questions."""
    master, slave = pty.openpty()
    with subprocess.Popen([house.program, "login", ACCOUNT, "--data", str(house.data)], stdin=slave, cwd=house.folder,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, "DUBAN_LANGUAGE": language}) as login:
        os.close(slave)
        said = b""
        for answer in answers:
            # A question ends with a colon and a blank: only then is the terminal silent and listens.
            while not said.endswith(b": "):
                byte = os.read(login.stderr.fileno(), 1)
                if not byte:
                    break
                said += byte
            said += b"\n"
            os.write(master, answer.encode() + b"\n")
        rest, wrong = login.communicate(timeout=60)
    os.set_blocking(master, False)
    try:
        shown = os.read(master, 4096)
    except OSError:
        shown = b""
    os.close(master)
    return login.returncode, (said + wrong + rest).decode(), shown.decode()


def main() -> int:
    faults = []
    with House(sys.argv[1]) as house:
        old = one_time_password(house)
        new = "Aprikose-Regal-77"
        for language in ("en", "zh"):
            status, said, shown = at_terminal(house, (old, new, new + "x"), language)
            faults += faults_of_sentence(said.splitlines()[-1], "login.not_the_same", "", language)
            faults += [f"ended with {status}"] if status == 0 else []
            faults += ["the terminal showed a secret"] if old in shown or new in shown else []
        status, said, shown = at_terminal(house, (old, new, new), "en")
        faults += [] if status == 0 else [f"two passwords alike are refused: {said}"]
        faults += ["the terminal showed a secret"] if new in shown else []
        listed = house.run("list", "concurrent_post", "--as", ACCOUNT, "--data", str(house.data))
        print(said, listed, *faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
