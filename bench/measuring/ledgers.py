"""Ledgers on disk, and the programs that run on them."""
import contextlib
import csv
import io
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import uuid

READY_SECONDS_MAX = 120
# One core for the measured program, another for whoever asks it: neither waits for the other.
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = str(CORES[0]), str(CORES[-1])


class Programs:
    def __init__(self, build, project):
        self.build, self.project = build, project
        self.duban = build / "duban"
        for name in ("load", "raw", "client", "rooms"):
            setattr(self, name, build / "bench" / f"bench_{name}")
        for program in (self.duban, self.load, self.raw, self.client, self.rooms):
            if not program.exists():
                raise SystemExit(f"{program} is not built: cmake -DDUBAN_BENCH=ON, then build")

    def json(self, *words):
        """Runs on the measured core and reads what it answers."""
        done = subprocess.run(["taskset", "-c", SERVER_CORE, *map(str, words)], stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, words))} failed: {done.stdout}")
        return json.loads(done.stdout.splitlines()[-1])

    def ask(self, server, requests, token="", clients=1, count=None):
        """Sends `requests`, (method, target, revision, body) each, and reads what the client saw."""
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            for method, target, revision, body in requests:
                file.write("\t".join((method, target, str(revision or ""), body or "")) + "\n")
            file.flush()
            words = ["taskset", "-c", CLIENT_CORE, str(self.client), "--port", str(server.port), "--pid", str(server.pid),
                     "--requests", file.name, "--token", token, "--clients", str(clients)]
            if count:
                words += ["--count", str(count)]
            done = subprocess.run(words, stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit(f"requests were refused: {done.stdout[:300]}")
        return json.loads(done.stdout)


class Ledger:
    def __init__(self, directory):
        self.directory = directory
        self.database = directory / "duban.db"
        self.facts = json.loads((directory / "bench.json").read_text())
        self.random = random.Random(20230714)

    @contextlib.contextmanager
    def reading(self):
        database = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            yield database
        finally:
            database.close()

    def rows(self, sql, *values):
        with self.reading() as database:
            return database.execute(sql, values).fetchall()

    def write(self, sql, *values):
        """Only while no server runs."""
        database = sqlite3.connect(self.database)
        with database:
            database.execute(sql, values)
        database.close()

    def token(self, account):
        return (self.directory / "tokens" / account).read_text().strip()

    def size(self):
        return self.rows("select size from d_head where org = 1")[0][0]

    def followed(self):
        return self.rows("select position from d_follower where org = 1 and name = 'search'")[0][0]


class PostgresLedger(Ledger):
    """The same, where the rows lie in PostgreSQL: read with psql, ids as bytes like SQLite's."""

    def __init__(self, directory, connection):
        super().__init__(directory)
        self.connection = connection

    def rows(self, sql, *values):
        assert not values
        done = subprocess.run(["psql", self.connection, "-X", "-q", "--csv", "-t", "-c", sql], check=True, stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "PGOPTIONS": "-c search_path=duban"})
        return [tuple(self._value(text) for text in row) for row in csv.reader(io.StringIO(done.stdout))]

    @staticmethod
    def _value(text):
        if re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
            return uuid.UUID(text).bytes
        return int(text) if re.fullmatch("-?[0-9]+", text) else text


def make_postgres(programs, folder, connection, measures, units):
    directory = folder / f"{measures}-{units}.postgres"
    for old in (directory, directory.with_name(directory.name + ".keys")):
        shutil.rmtree(old, ignore_errors=True)
    subprocess.run([str(programs.load), "--data", str(directory), "--measures", str(measures), "--units", str(units),
                    "--notice", str(programs.project / "samples" / "notice.txt"), "--postgres", connection], check=True)
    return PostgresLedger(directory, connection)


def make(programs, folder, measures, units, anew=False):
    """`anew`: each run closes some measures, and a small ledger has few."""
    directory = folder / f"{measures}-{units}"
    if anew:
        for old in (directory, directory.with_name(directory.name + ".keys")):
            shutil.rmtree(old, ignore_errors=True)
    if not (directory / "bench.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        print(f"making a ledger of {measures} measures in {units} units", flush=True)
        subprocess.run([str(programs.load), "--data", str(directory), "--measures", str(measures), "--units", str(units),
                        "--notice", str(programs.project / "samples" / "notice.txt")], check=True)
    return Ledger(directory)


class Running:
    """A program that answers over HTTP, until the block ends."""

    def __init__(self, process, port):
        self.process, self.pid, self.port = process, process.pid, port

    def memory_kb(self, name):
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1])
        raise SystemExit(f"no {name} in the process status")


def _until_stopped(process):
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)


def start_server(programs, ledger):
    """`duban serve`, once it says that it is ready; and how long that took."""
    began = time.monotonic()
    with open(ledger.directory / "serve.log", "w") as log:
        process = subprocess.Popen(["taskset", "-c", SERVER_CORE, str(programs.duban), "serve", "--data", str(ledger.directory),
                                    "--port", "0"], stdout=subprocess.PIPE, stderr=log, text=True)
    process.stdout.readline()
    took = time.monotonic() - began
    note = json.loads((ledger.directory / "serve.json").read_text())
    return Running(process, note["port"]), took


@contextlib.contextmanager
def server(programs, ledger):
    running, _ = start_server(programs, ledger)
    try:
        yield running
    finally:
        _until_stopped(running.process)


@contextlib.contextmanager
def raw_server(programs, ledger):
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, str(programs.raw), "serve", "--db", str(ledger.database)],
                               stdout=subprocess.PIPE, text=True)
    try:
        yield Running(process, int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()


def catch_up(ledger):
    """Until search has followed the journal."""
    deadline = time.monotonic() + READY_SECONDS_MAX
    while ledger.followed() < ledger.size():
        if time.monotonic() > deadline:
            raise SystemExit("search does not catch up")
        time.sleep(0.2)
