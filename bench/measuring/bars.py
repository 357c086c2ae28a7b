"""Each bar: the product and the raw side in turn, and the ratio of the two."""
import contextlib
import http.client
import json
import os
import statistics
import subprocess
import tempfile
import time

from measuring import ledgers, requests

READS, WORDS_EACH, TRUTH_EACH = 300, 25, 10
# So few that five rounds of them leave a small ledger as it is.
WRITES_64, WRITES_1 = 256, 100
FAR_AHEAD = 10**15


class Measured:
    """Ratios by name, each with its bar and what it was made of."""

    def __init__(self):
        self.rows = []

    def add(self, name, what, values, bar, at_most=True, note=""):
        """`bar` None: reported only."""
        ratio = statistics.median(values)
        self.rows.append({"name": name, "what": what, "ratio": round(ratio, 3), "bar": bar, "at_most": at_most,
                          "met": bar is None or (ratio <= bar if at_most else ratio >= bar), "values": [round(v, 3) for v in values], "note": note})
        print(f"  {name}: {ratio:.2f} {note}", flush=True)


def lengths(server, wanted, token):
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    out = []
    for _, target, _, _ in wanted:
        connection.request("GET", target, headers={"Authorization": "Bearer " + token})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{target}: {answer.status} {body[:300]}")
        out.append(len(body))
    return out


def ratios(over, under):
    return [a / b for a, b in zip(over, under)]


class Reads:
    """R1, R2 and R4 of one ledger with its servers running; and R3."""

    def __init__(self, programs, ledger, server, raw):
        self.programs, self.ledger, self.server, self.raw = programs, ledger, server, raw
        self.office, self.clerk = ledger.token("office.clerk"), ledger.token("unit.clerk")
        self.cpu = {}
        entries, points = requests.entries(ledger, 100)
        pages, raw_pages = requests.pages(ledger, 100)
        self.bytes = {"R1": lengths(server, entries, self.office), "R2": lengths(server, pages, self.office)}
        self.asked = {
            "R1": (server, entries, self.office), "R2": (server, pages, self.office),
            "R4": (server, requests.counts(), self.office), "R4 of a unit": (server, requests.counts(), self.clerk),
            "raw R1": (raw, self._sized(points, self.bytes["R1"]), ""), "raw R2": (raw, self._sized(raw_pages, self.bytes["R2"]), "")}

    @staticmethod
    def _sized(targets, sizes):
        return [requests.get(f"{target}/{size}") for target, size in zip(targets, sizes)]

    def round(self, names):
        for name in names:
            server, wanted, token = self.asked[name]
            answer = self.programs.ask(server, wanted, token, count=READS)
            self.cpu.setdefault(name, []).append(answer["cpu_us"])

    def search(self, words):
        answer = self.programs.ask(self.server, [requests.search(word) for word in words], self.office)
        self.cpu.setdefault("R3", []).append(answer["cpu_us_each"])

    def hits(self, words):
        """How many entries the product counts for each word."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        out = []
        for word in words:
            connection.request("GET", requests.search(word)[1], headers={"Authorization": "Bearer " + self.office})
            total = json.loads(connection.getresponse().read())["total"]
            out.append((total["count"], total["exact"]))
        return out


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def reads(programs, measured, large, small, rounds):
    """R1–R4 and how they grow, and the memory of the server afterwards."""
    with ledgers.server(programs, large) as big, ledgers.raw_server(programs, large) as raw:
        of_large = Reads(programs, large, big, raw)
        words = requests.words(large, WORDS_EACH)
        names = ["R1", "raw R1", "R2", "raw R2", "R4", "R4 of a unit"]
        of_small = None
        if small:
            with ledgers.server(programs, small) as little, ledgers.raw_server(programs, small) as little_raw:
                of_small = Reads(programs, small, little, little_raw)
                for _ in range(rounds):
                    for reads_of in (of_large, of_small):
                        reads_of.round(names)
                        reads_of.search(words)
        else:
            for _ in range(rounds):
                of_large.round(names)
                of_large.search(words)
        tell_reads(measured, of_large, of_small)
        truth(programs, measured, of_large, large, words)
        measured.add("memory", "RssAnon under load, MB", [big.memory_kb("RssAnon") / 1024], 300)


def tell_reads(measured, large, small):
    cpu = large.cpu
    note = f"{statistics.median(cpu['R1']):.0f} µs, {statistics.median(large.bytes['R1'])} bytes"
    measured.add("R1", "an entry with its actions / bare answer + point read", ratios(cpu["R1"], cpu["raw R1"]), 4, note=note)
    note = f"{statistics.median(cpu['R2']):.0f} µs, {statistics.median(large.bytes['R2'])} bytes"
    measured.add("R2", "a page of 50 with total / bare answer + queries", ratios(cpu["R2"], cpu["raw R2"]), 4, note=note)
    measured.add("R4", "counts by unit and state / R1", ratios(cpu["R4"], cpu["R1"]), 5)
    measured.add("R4 of a unit", "the same for a unit's clerk / R1", ratios(cpu["R4 of a unit"], cpu["R1"]), 5)
    measured.add("R3 median", "a word of 1–4 Han characters / R1",
                 [statistics.median(each) / one for each, one in zip(cpu["R3"], cpu["R1"])], 20)
    measured.add("R3 p99", "the same, 99th of 100 / R1", [percentile(each, 0.99) / one for each, one in zip(cpu["R3"], cpu["R1"])], 200)
    if small:
        for name in ("R1", "R2", "R4 of a unit"):
            measured.add(f"growth {name}", "large / small", ratios(cpu[name], small.cpu[name]), 1.5)
        measured.add("growth R3", "large / small, medians",
                     [statistics.median(a) / statistics.median(b) for a, b in zip(cpu["R3"], small.cpu["R3"])], 3)


def truth(programs, measured, reads_of, ledger, words):
    """Hits against the substring truth; above 10,000 the product says "10,000+"."""
    chosen = [word for place, word in enumerate(words) if place % WORDS_EACH < TRUTH_EACH]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(chosen) + "\n")
        file.flush()
        true = programs.json(programs.raw, "truth", "--db", ledger.database, "--words", file.name)
    wrong = [word for word, (count, exact), hits in zip(chosen, reads_of.hits(chosen), true)
             if (count, exact) != ((hits, True) if hits <= 10000 else (10000, False))]
    measured.add("R3 truth", "words whose hits differ from the substring truth", [len(wrong)], 0,
                 note=f"of {len(chosen)} words {' '.join(wrong)}")


@contextlib.contextmanager
def search_held_back(ledger):
    """The raw side indexes no words: for as long as the two are compared, search believes itself
    ahead."""
    followed = ledger.followed()
    ledger.write("update d_follower set position = ?", FAR_AHEAD)
    try:
        yield
    finally:
        ledger.write("update d_follower set position = ?", followed)


def write_run(programs, ledger, action, clients, count):
    """One run of W1 or W2 and the raw side on the same rows: (product, raw) as the clients saw them."""
    make = requests.openings if action == "open" else requests.closings
    wanted = make(ledger, count)
    before = ledger.size()
    with ledgers.server(programs, ledger) as server:
        product = programs.ask(server, wanted, ledger.token("office.clerk"), clients=clients)
        product["memory_kb"] = server.memory_kb("RssAnon")
    raw = programs.json(programs.raw, "insert", "--db", ledger.database, "--from", before, "--action", action,
                        "--group", 64 if clients > 1 else 1)
    if raw["requests"] != count:
        raise SystemExit(f"{count} were asked for, {raw['requests']} stand in the journal")
    return product, raw


def tell_writes(measured, name, many, one):
    note = f"{statistics.median(p['requests'] / p['seconds'] for p, _ in many):.0f}/s"
    measured.add(f"{name} 64 clients", "rate / rate of raw grouped inserts", [r["seconds"] / p["seconds"] for p, r in many],
                 0.4, at_most=False, note=note)
    note = f"{statistics.median(p['cpu_us'] for p, _ in many):.0f} µs"
    measured.add(f"{name} 64 clients CPU", "CPU / CPU of raw grouped inserts (no bar)",
                 [p["cpu_us"] / r["cpu_us"] for p, r in many], None, note=note)
    note = f"{statistics.median(p['cpu_us'] for p, _ in one):.0f} µs"
    measured.add(f"{name} 1 client", "CPU / CPU of raw single inserts", [p["cpu_us"] / r["cpu_us"] for p, r in one], 4, note=note)


def writes(programs, measured, large, small, rounds):
    """W1 and W2, and how they grow."""
    single = {}
    for ledger in filter(None, (large, small)):
        with search_held_back(ledger):
            for name, action in (("W1", "open"), ("W2", "apply_close")):
                many, one = [], []
                for _ in range(rounds):
                    if ledger is large:
                        many.append(write_run(programs, ledger, action, 64, WRITES_64))
                    one.append(write_run(programs, ledger, action, 1, WRITES_1))
                single[name, ledger is large] = [product["cpu_us"] for product, _ in one]
                if ledger is large:
                    tell_writes(measured, name, many, one)
        with ledgers.server(programs, ledger):
            ledgers.catch_up(ledger)
    if small:
        for name in ("W1", "W2"):
            measured.add(f"growth {name}", "large / small, CPU of 1 client", ratios(single[name, True], single[name, False]), 1.5)


def follows(programs, measured, large, rounds):
    """The same W1 while search follows: what it costs whoever writes."""
    values = []
    for _ in range(rounds):
        wanted = requests.openings(large, WRITES_64)
        with ledgers.server(programs, large) as server:
            with_search = programs.ask(server, wanted, large.token("office.clerk"), clients=64)
            ledgers.catch_up(large)
        values.append(with_search["requests"] / with_search["seconds"])
    measured.add("W1 with search", "requests a second with 64 clients while search follows (no bar)", values, None)


def on_postgres(programs, sqlite, postgres, rounds):
    """CPU of the program for the same requests on PostgreSQL against SQLite; PostgreSQL's own is another process's."""
    measured = Measured()
    cpu = {}
    for _ in range(rounds):
        for ledger in (sqlite, postgres):
            office, clerk = ledger.token("office.clerk"), ledger.token("unit.clerk")
            entries, pages = requests.entries(ledger, 100)[0], requests.pages(ledger, 100)[0]
            asked = {"R1": (entries, office, READS), "R2": (pages, office, READS), "R4": (requests.counts(), office, READS),
                     "R4 of a unit": (requests.counts(), clerk, READS),
                     "W1": (requests.openings(ledger, WRITES_1), office, None), "W2": (requests.closings(ledger, WRITES_1), office, None)}
            for name, (wanted, token, count) in asked.items():
                with ledgers.server(programs, ledger) as server:
                    answer = programs.ask(server, wanted, token, count=count)
                cpu.setdefault((name, ledger is postgres), []).append(answer["cpu_us"])
    for name in asked:
        note = f"{statistics.median(cpu[name, True]):.0f} µs, on SQLite {statistics.median(cpu[name, False]):.0f} µs"
        measured.add(f"PostgreSQL {name}", "CPU / CPU on SQLite, small ledger (no bar)", ratios(cpu[name, True], cpu[name, False]), None, note=note)
    return measured


def drop_caches():
    os.sync()
    with open("/proc/sys/vm/drop_caches", "w") as file:
        file.write("1\n")


def cold(words):
    drop_caches()
    began = time.monotonic()
    subprocess.run(["taskset", "-c", ledgers.SERVER_CORE, *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def start(programs, measured, large, rounds):
    if os.geteuid() != 0:
        print("  start: only root may drop the caches; not measured")
        return
    ready, rooms, raw = [], [], []
    for _ in range(rounds):
        drop_caches()
        running, took = ledgers.start_server(programs, large)
        ledgers._until_stopped(running.process)
        ready.append(took)
        rooms.append(cold([programs.rooms, "open", "--data", large.directory]))
        raw.append(cold([programs.raw, "open", "--db", large.database]))
    measured.add("start", "serve / opening the database and reading the declarations", ratios(ready, rooms), 2)
    measured.add("start bare", "serve / sqlite3_open and the declarations' bytes (no bar)", ratios(ready, raw), None)


def proofs(programs, measured, large, small, rounds):
    """Verification and replay; each run reads the whole ledger, so the large one runs once."""
    for ledger in filter(None, (small, large)):
        runs = 1 if small and ledger is large else rounds
        of = "large" if small and ledger is large else "small"
        hashing, whole, replay = [], [], []
        for _ in range(runs):
            raw = programs.json(programs.raw, "hash", "--db", ledger.database)
            verified = programs.json(programs.rooms, "verify", "--data", ledger.directory)
            hashing.append(raw["cpu_seconds"] / verified["journal_cpu_seconds"])
            whole.append(raw["cpu_seconds"] / verified["whole_cpu_seconds"])
            with tempfile.TemporaryDirectory(dir=ledger.directory) as folder:
                copied = programs.json(programs.raw, "copy", "--db", ledger.database, "--to", folder + "/copy.db")
            replay.append(copied["cpu_seconds"] / replayed(programs, ledger, of == "small"))
        measured.add(f"verify, {of}", "records a second / raw reading + hashing", hashing, 0.25, at_most=False,
                     note=f"{verified['records'] / verified['journal_cpu_seconds']:.0f} records/s")
        measured.add(f"verify whole, {of}", "with rows and lawfulness / raw reading + hashing (no bar)", whole, None,
                     note=f"{verified['records'] / verified['whole_cpu_seconds']:.0f} records/s")
        measured.add(f"replay, {of}", "entries a second / raw inserts of the same rows", replay, 0.5, at_most=False)


def replayed(programs, ledger, again):
    if again:
        return programs.json(programs.rooms, "replay", "--data", ledger.directory)["cpu_seconds"]
    return ledger.facts["replay"]["cpu_seconds"]


def measure(programs, large, small, rounds, only):
    measured = Measured()
    wanted = lambda *names: not only or bool(only & set(names))  # noqa: E731
    if wanted("R1", "R2", "R3", "R4", "R", "memory", "growth"):
        reads(programs, measured, large, small, rounds)
    if wanted("W1", "W2", "W", "growth"):
        writes(programs, measured, large, small, rounds)
    if wanted("search"):
        follows(programs, measured, large, rounds)
    if wanted("start"):
        start(programs, measured, large, rounds)
    if wanted("verify", "replay"):
        proofs(programs, measured, large, small, rounds)
    return measured
