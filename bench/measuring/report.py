"""The table, and the file by which the next release sees what it lost."""
import json
import re


def version_of(project):
    text = (project / "CMakeLists.txt").read_text()
    return re.search(r"project\(duban VERSION (\S+)", text)[1]


def before(project, version):
    """Ratios of the newest other release that has them."""
    files = [file for file in (project / "bench" / "results").glob("*.json") if file.stem != version]
    if not files:
        return {}
    newest = max(files, key=lambda file: [int(part) for part in re.findall(r"\d+", file.stem)])
    return {row["name"]: row["ratio"] for row in json.loads(newest.read_text())["ratios"]}


def tell(measured, project, whole):
    version = version_of(project)
    known = before(project, version)
    width = max(len(row["what"]) for row in measured.rows)
    print()
    for row in measured.rows:
        bar = "" if row["bar"] is None else f"{'≤' if row['at_most'] else '≥'} {row['bar']}"
        earlier = f"  before {known[row['name']]}" if row["name"] in known else ""
        print(f"{'ok    ' if row['met'] else 'MISSED'} {row['name']:<20} {row['what']:<{width}} {row['ratio']:>8} {bar}"
              f"  {row['note']}{earlier}")
    if whole:
        results = project / "bench" / "results" / f"{version}.json"
        results.parent.mkdir(exist_ok=True)
        results.write_text(json.dumps({"version": version, "ratios": measured.rows}, ensure_ascii=False, indent=1) + "\n")
    return 0 if all(row["met"] for row in measured.rows) else 1
