"""What is asked of the product, and of the raw side for the same."""
import json
import re
import uuid

BASE = "/api/v1/registers/measure"
HAN = re.compile("[一-鿿]+")


def get(target):
    return ("GET", target, None, None)


def entries(ledger, count):
    """R1: entries in progress, with their fields and allowed actions."""
    rows = ledger.rows("select id from measure where state = 'in_progress'")
    ids = [row[0] for row in ledger.random.sample(rows, min(count, len(rows)))]
    return [get(f"{BASE}/entries/{uuid.UUID(bytes=id)}") for id in ids], [f"/point/{id.hex()}" for id in ids]


def pages(ledger, count):
    """R2: the first page of a unit's measures in progress, by due date, with its total."""
    units = [row[0] for row in ledger.rows("select distinct unit from measure")]
    chosen = [ledger.random.choice(units) for _ in range(count)]
    product = [get(f"{BASE}/entries?unit={uuid.UUID(bytes=unit)}&state=in_progress&sort=due&limit=50") for unit in chosen]
    return product, [f"/page/{unit.hex()}/in_progress" for unit in chosen]


def counts():
    """R4: counts by unit and state, and lights."""
    return [get(f"{BASE}/counts")]


def words(ledger, each):
    """R3: `each` words of one, two, three and four Han characters, as they stand in the entries."""
    texts = [row[0] for row in ledger.rows("select done from progress order by id limit 20000")]
    texts += [row[0] for row in ledger.rows("select sentence from measure order by id limit 5000")]
    out = []
    for length in (1, 2, 3, 4):
        found = set()
        while len(found) < each:
            run = ledger.random.choice(HAN.findall(ledger.random.choice(texts)))
            if len(run) >= length:
                at = ledger.random.randrange(len(run) - length + 1)
                found.add(run[at:at + length])
        out += sorted(found)
    return out


def search(word):
    return get("/api/v1/search?limit=20&q=" + "".join(f"%{byte:02X}" for byte in word.encode()))


def openings(ledger, count):
    """W1: measures to enter."""
    items = ledger.rows("select item, unit, sentence, heading, responsible from measure order by id limit 20000")
    out = []
    for _ in range(count):
        item, unit, sentence, heading, person = ledger.random.choice(items)
        body = {"unit": str(uuid.UUID(bytes=unit)),
                "fields": {"item": str(uuid.UUID(bytes=item)), "marker": "1", "heading": heading, "sentence": sentence,
                           "responsible": str(uuid.UUID(bytes=person)), "finish_by": "2027-11-01"}}
        out.append(("POST", f"{BASE}/entries", None, json.dumps(body, ensure_ascii=False)))
    return out


def closings(ledger, count):
    """W2: measures in progress whose close-out is applied for, in words."""
    rows = ledger.rows("select id, revision, sentence from measure where state = 'in_progress' order by id")
    return [("POST", f"{BASE}/entries/{uuid.UUID(bytes=id)}/actions/apply_close", revision,
             json.dumps({"fields": {"result": sentence[:60]}}, ensure_ascii=False))
            for id, revision, sentence in ledger.random.sample(rows, count)]
