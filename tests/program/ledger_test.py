#!/usr/bin/env python3
"""What the real program's commands on registers take and say at a terminal: ledger_test.py PROGRAM"""

import json
import sys

from house import House
from sentences import HAN, faults_of_sentence

OPENING = ("category=research_staff", "body=Society of Samples", "body_kind=association", "office=director", "begins_on=2026-10-01")
PEOPLE = "Name,Mobile\nZhou Si,13000000001\nZhou Si,13000000002\n"
UNITS = "Code,Name,Kind\nXA,Sample School,school\nXB,Sample School,school\n"


class Ledger:
    """A house in which two people and two units have one name; what is wrong is kept in `wrong`."""

    def __init__(self, house: House):
        self.house = house
        self.wrong: list[str] = []
        for table, sheet in (("people", PEOPLE), ("units", UNITS)):
            self.file(f"{table}.csv", sheet)
            self.house.run("directory", table, f"{table}.csv", "--data", str(house.data))
        directory = json.loads(self.get("/api/v1/directory"))
        self.people = {person["name"]: person["id"] for person in directory["people"]}
        self.units = directory["units"]

    def file(self, name: str, text: str) -> None:
        (self.house.folder / name).write_text(text, encoding="utf-8")

    def get(self, path: str) -> str:
        return json.dumps(self.house.send("system.admin", path))

    def says(self, *words: str, account: str = "unit.clerk", language: str = "en") -> str:
        return self.house.run(words[0], "--data", str(self.house.data), "--as", account, *words[1:], language=language)

    def refuses(self, code: str, named: str | dict[str, str], *words: str, account: str = "unit.clerk") -> str:
        """In both languages, the second of which, Chinese, is answered and is the account's. `named`: in either, or by language."""
        asked = (words[0], "--data", str(self.house.data), "--as", account, *words[1:])
        for language in ("en", "zh"):
            said = self.house.refused(*asked, language=language)
            name = named if isinstance(named, str) else named[language]
            self.wrong += [f"{' '.join(words)}: {fault}" for fault in faults_of_sentence(said, code, name, language)]
        return said

    def expect(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(what)


def names_mean_one(ledger: Ledger) -> None:
    """A name that several have is refused with their ids, wherever somebody or a unit is named."""
    both = sorted(person["id"] for person in json.loads(ledger.get("/api/v1/directory"))["people"] if person["name"] == "Zhou Si")
    said = ledger.refuses("command.name_ambiguous", "Zhou Si", "apply", "concurrent_post", "open", "person=Zhou Si", *OPENING)
    ledger.expect(len(both) == 2 and all(one in said for one in both), f"the ids of both are not told: {said}")
    opened = ledger.says("apply", "concurrent_post", "open", f"person={both[1]}", *OPENING, "--json")
    ledger.expect(json.loads(opened)["fields"]["person"] == both[1], "an id is not taken as it is")
    ledger.file("sheet.csv", "What,Source\n")
    for words in (("list", "measure", "unit=Sample School"), ("list", "concurrent_post", "person=Zhou Si"),
                  ("import", "sheet.csv", "--register", "finding", "--unit", "Sample School"),
                  ("apply", "concurrent_post", "open", f"person={both[0]}", *OPENING, "--unit", "Sample School")):
        ledger.refuses("command.name_ambiguous", "Sample School" if "Zhou Si" not in words[-1] else "Zhou Si", *words)


def units_by_id_code_or_name(ledger: Ledger) -> None:
    unit = next(one for one in ledger.units if one["name"] == "财务处")
    listed = [ledger.says("list", "concurrent_post", f"unit={text}") for text in (unit["id"], unit["code"], unit["name"])]
    ledger.expect("Society of Samples" in listed[0] and len(set(listed)) == 1, f"a unit is not the same by id, code and name: {listed}")
    ledger.refuses("command.name_unknown", "No Such Office", "list", "measure", "unit=No Such Office")
    ledger.file("sheet.csv", "No such column\n1\n")
    ledger.refuses("csv.unknown_column", "No such column", "import", "sheet.csv", "--register", "finding", "--unit", unit["code"])


def states_and_choices_by_their_titles(ledger: Ledger) -> None:
    """By code or title in any language; what the register does not have is refused, not an empty list."""
    for first, second in (("state=draft", "state=草稿"), ("state=draft", "state=Draft"),
                          ("category=research_staff", "category=科研人员")):
        listed = [ledger.says("list", "concurrent_post", text) for text in (first, second)]
        ledger.expect("Society of Samples" in listed[0] and listed[0] == listed[1], f"{first} and {second} differ: {listed}")
    for name in ("state", "category"):
        ledger.refuses("query.value_malformed", name, "list", "concurrent_post", f"{name}=nonsense")
    opening = ("category=科研人员", *OPENING[1:])
    opened = ledger.says("apply", "concurrent_post", "open", f"person={ledger.people['叶岚']}", *opening, "--json")
    ledger.expect(json.loads(opened)["fields"]["category"] == "research_staff", f"a choice is not taken by its title: {opened}")


def filters_are_those_of_the_api(ledger: Ledger) -> None:
    """Ranges, several values and what else a list takes, as the API answers them; what is no filter is refused as there."""
    clerk = "office.clerk"
    months = ("2026-03-01", "2026-04-01", "2026-05-01")
    for day in months:
        ledger.says("apply", "notice", "open", f"heading=Notice of {day}", f"dated_on={day}", f"text_sha256={'0' * 64}", account=clerk)
    first, second, last = months
    for words, days in (((f"dated_on.from={second}",), [second, last]), ((f"dated_on.to={second}",), [first, second]),
                        ((f"dated_on.from={second}", f"dated_on.to={second}"), [second]), (("dated_on.from=2026-05-02",), []),
                        ((f"dated_on={first}", f"dated_on={last}"), [first, last]), (("limit=1",), [first])):
        listed = json.loads(ledger.says("list", "notice", *words, "--sort", "dated_on", "--json", account=clerk))
        found = [entry["fields"]["dated_on"] for entry in listed["entries"]]
        ledger.expect(found == days, f"{words}: {found}, not {days}")
    filed = ledger.house.act("unit.clerk", ledger.house.open("Society of Dates"), "file")
    due = next(row for row in json.loads(ledger.says("list", "concurrent_post", "--json"))["entries"] if row["id"] == filed["id"])["due"]["on"]
    for word, holds in ((f"due.to={due}", True), (f"due.from={due}", True), ("due.to=2020-01-01", False)):
        ledger.expect((filed["number"] in ledger.says("list", "concurrent_post", word)) == holds, f"{word} does not hold for {due}")
    ledger.refuses("query.value_malformed", "dated_on", "list", "notice", "dated_on.from=spring", account=clerk)
    for word in ("first_due.from=2026-01-01", "colour=red", "标题=红"):
        ledger.refuses("query.filter_not_declared", word.split("=")[0].split(".")[0], "list", "measure", word)
    ledger.refuses("query.filter_not_declared", "unit.from", "figure", "by_measure", "unit.from=1")
    ledger.refuses("command.word_missing", {"zh": "台账", "en": "register"}, "list", "state=draft")


def entries_are_said_in_words(ledger: Ledger) -> None:
    """Contents, lights and history of an entry; a row without a number shows the id that `show` takes."""
    post = ledger.house.act("unit.clerk", ledger.house.open("Society of Words"), "file")
    asked = ledger.refuses("action.return_where", {"zh": "草稿", "en": "Draft"}, "apply", "concurrent_post", post["number"], "send_back", "reason=Why.",
                   account="office.reviewer")
    ledger.expect("审核中" not in asked, f"the state it is in is none to go back to: {asked}")
    ledger.says("apply", "concurrent_post", post["number"], "send_back", "to=草稿", "reason=The paper lacks a date.", account="office.reviewer")
    said = ledger.says("show", "concurrent_post", post["number"])
    for words in ("Research staff", "Paid: no", "The paper lacks a date.", "Back to: Draft"):
        ledger.expect(words in said, f"{words} is not said: {said}")
    for code in ("research_staff", "false", "  send_back"):
        ledger.expect(code not in said, f"{code} is a code: {said}")
    rows = ledger.says("list", "concurrent_post", "category=research_staff").splitlines()
    drafts = [row.split()[0] for row in rows if "Society of Samples" in row]
    ledger.expect(len(drafts) == 2 and all("Society of Samples" in ledger.says("show", "concurrent_post", one) for one in drafts),
                  f"drafts are not shown by what the list calls them: {rows}")


def faults_are_named_as_people_know_them(ledger: Ledger) -> None:
    """A missing word, a value that is none, a field at fault: by their names at the terminal."""
    for words, named in ((("show",), {"zh": "台账", "en": "register"}), (("show", "measure"), {"zh": "编号", "en": "number"}),
                         (("apply", "measure", "JZ-1"), {"zh": "办理动作", "en": "action"})):
        ledger.refuses("command.word_missing", named, *words)
    ledger.refuses("command.value_not_offered", "xml", "export", "measure", "--format", "xml")
    person = f"person={ledger.people['叶岚']}"
    said = ledger.refuses("field.wrong_type", {"zh": "取酬", "en": "Paid"}, "apply", "concurrent_post", "open", person, *OPENING, "paid=perhaps")
    ledger.expect("/fields/" not in said, f"a pointer is no name: {said}")
    opened = ledger.says("apply", "concurrent_post", "open", person, *OPENING, "paid=是", "--json")
    ledger.expect(json.loads(opened)["fields"]["paid"] is True, f"yes is not taken as it is written: {opened}")
    ledger.file("no.json", "This is no certificate.\n")
    for language in ("zh", "en"):
        said = ledger.house.refused("verify", "--certificate", "no.json", language=language)
        ledger.wrong += faults_of_sentence(said, "certificate.malformed", "", language)


def sheet_is_in_the_language_of_the_terminal(ledger: Ledger) -> None:
    """The account's is Chinese."""
    heads = {language: ledger.says("export", "concurrent_post", "--format", "csv", language=language).splitlines()[0]
             for language in ("zh", "en")}
    ledger.expect(HAN.search(heads["zh"]) is not None and not HAN.search(heads["en"]), f"the heads of a sheet: {heads}")


def document_without_items_is_refused(ledger: Ledger) -> None:
    ledger.file("letter.txt", "关于召开座谈会的通知\n各单位：\n请按时参加。\n")
    for language in ("zh", "en"):
        said = ledger.house.refused("import", "letter.txt", language=language)
        ledger.wrong += faults_of_sentence(said, "notice.empty", "", language)


def account_of_a_house_is_not_made_up(ledger: Ledger) -> None:
    """No account of the demonstration is named in a house that is none."""
    names = ("--system", "Sysa Sample", "--security", "Seca Sample", "--audit", "Auda Sample")
    ledger.house.run("init", "--yes", "--data", "bureau", *names)
    for language in ("zh", "en"):
        said = ledger.house.refused("list", "--data", "bureau", language=language)
        ledger.wrong += faults_of_sentence(said, "command.no_account", "--as", language)
        ledger.expect("office.clerk" not in said, f"an account of the demonstration: {said}")


def main() -> int:
    with House(sys.argv[1]) as house:
        house.serve()
        ledger = Ledger(house)
        for check in (names_mean_one, units_by_id_code_or_name, states_and_choices_by_their_titles,
                      filters_are_those_of_the_api, entries_are_said_in_words, faults_are_named_as_people_know_them, sheet_is_in_the_language_of_the_terminal,
                      document_without_items_is_refused, account_of_a_house_is_not_made_up):
            check(ledger)
    print(*ledger.wrong, sep="\n")
    return 1 if ledger.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
