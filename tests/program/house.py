"""The demonstration, served by the real program, and the sqlite3 shell on a copy of its data directory."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ENTRIES = "/api/v1/registers/concurrent_post/entries"


class House:
    """`with House(program) as house:` a folder with a demonstration in it; removed at the end."""

    def __init__(self, program: str):
        self.program = str(pathlib.Path(program).resolve())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="duban-tampering-"))
        self.data = self.folder / "data"
        self.server: subprocess.Popen | None = None
        self.base = ""
        self.run("init", "--demo", "--yes", "--data", str(self.data))

    def __enter__(self) -> "House":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def run(self, *words: str, language: str = "en", status: int = 0) -> str:
        """What a command says, which has to end with `status`."""
        ended = subprocess.run(
            [self.program, *words], cwd=self.folder, text=True, capture_output=True, check=False,
            env={**os.environ, "DUBAN_LANGUAGE": language})
        if ended.returncode != status:
            raise AssertionError(f"{words} ended with {ended.returncode}, not {status}: {ended.stdout}{ended.stderr}")
        return ended.stdout + ended.stderr

    def refused(self, *words: str, language: str) -> str:
        """What a command says on the standard error, which must not be done."""
        ended = subprocess.run([self.program, *words], cwd=self.folder, text=True, capture_output=True, check=False,
                               timeout=60, env={**os.environ, "DUBAN_LANGUAGE": language})
        if ended.returncode <= 0:
            raise AssertionError(f"{words} ended with {ended.returncode}: {ended.stdout}{ended.stderr}")
        return ended.stderr

    def serve(self) -> None:
        self.server = subprocess.Popen(
            [self.program, "serve", "--data", str(self.data), "--port", "0"], cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        note = self.data / "serve.json"
        while not self.base:
            if self.server.poll() is not None:
                raise AssertionError("the server ended before it listened")
            try:
                self.base = f"http://127.0.0.1:{json.loads(note.read_text(encoding='utf-8'))['port']}"
            except (OSError, ValueError, KeyError):
                time.sleep(0.05)

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait()
            self.server, self.base = None, ""

    def send(self, account: str, path: str, body: bytes | dict | None = None, revision: int = 0) -> dict:
        """As one of the accounts that the commands act by; GET without a body."""
        token = (self.data / "tokens" / account).read_text(encoding="utf-8").strip()
        plain = isinstance(body, bytes)
        headers = {"Authorization": f"Bearer {token}",
                   "Content-Type": "application/octet-stream" if plain else "application/json"}
        if revision:
            headers["If-Match"] = f'"{revision}"'
        bytes_sent = body if plain or body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(self.base + path, bytes_sent, headers)) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{account} {path}: {refused.read().decode()}") from refused

    def act(self, account: str, entry: dict, action: str) -> dict:
        return self.send(account, f"{ENTRIES}/{entry['id']}/actions/{action}", {}, entry["revision"])

    def open(self, name: str) -> dict:
        """A concurrent post of the unit's clerk, as a draft."""
        person = self.send("unit.clerk", "/api/v1/session")["person"]
        paper = self.send("unit.clerk", "/api/v1/files?name=approval.txt", f"Approved: {name}.".encode())["hash"]
        return self.send("unit.clerk", ENTRIES, {"fields": {
            "person": person, "category": "research_staff", "basis": "Rule 5", "body": name,
            "body_kind": "association", "office": "director", "begins_on": "2026-10-01", "ends_on": "2027-09-30",
            "approval_no": "No. 5", "approval": paper}})

    def copy(self, name: str) -> "Copy":
        shutil.copytree(self.data, self.folder / name)
        return Copy(self, self.folder / name)


class Copy:
    """A copy of the data directory, for the sqlite3 shell to work on."""

    def __init__(self, house: House, data: pathlib.Path):
        self.house = house
        self.data = data

    def sql(self, text: str) -> str:
        """What the sqlite3 shell answers: columns parted by |."""
        ended = subprocess.run(["sqlite3", "-bail", str(self.data / "duban.db")], input=text, text=True,
                               capture_output=True, check=False)
        if ended.returncode != 0 or ended.stderr:
            raise AssertionError(f"sqlite3: {text}\n{ended.stderr}")
        return ended.stdout.strip()

    def verify(self, status: int, language: str = "en") -> str:
        return self.house.run("verify", "--data", str(self.data), language=language, status=status)

    def remove(self) -> None:
        shutil.rmtree(self.data)
