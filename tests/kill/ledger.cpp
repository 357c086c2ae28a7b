#include "ledger.h"

#include <array>
#include <map>
#include <stdexcept>

#include "core/problem.h"

namespace duban::kill {

namespace {

constexpr const char* kEntries = "/api/v1/registers/concurrent_post/entries";

struct Step {
    const char* account;
    const char* action;
};
constexpr std::array<Step, kSteps> kStory = {
    Step{"unit.clerk", "open"},
    Step{"unit.clerk", "file"},
    Step{"office.reviewer", "approve"},
    Step{"office.reviewer2", "approve"}
};

std::string key_of(const Entry& entry, std::size_t step) {
    return entry.name + "-" + std::to_string(step);
}

std::string name_of(const core::Json& entry) {
    const core::Json* fields = core::find_member(entry, "fields");
    return fields == nullptr ? "" : core::find_string(*fields, "body").value_or("");
}

}  // namespace

Ledger::Ledger(Program& program) : program_{program} {
    person_ = program_.send({.as = "unit.clerk", .path = "/api/v1/session"}).text("person");
    const Answer paper = program_.send(
        {.as = "unit.clerk",
         .method = http::Method::Post,
         .path = "/api/v1/files",
         .query = "name=approval.txt",
         .body = "Approved."}
    );
    paper_ = paper.text("hash");
    if (paper.status != 201) {
        throw std::runtime_error{"no paper: " + core::json_text(paper.body)};
    }
}

Entry Ledger::new_entry(const std::string& name) const {
    Entry entry;
    entry.name = name;
    entry.fields = core::JsonObject{
        {"person", person_},
        {"category", "research_staff"},
        {"basis", "Rule 5"},
        {"body", name},
        {"body_kind", "association"},
        {"office", "director"},
        {"begins_on", "2026-10-01"},
        {"ends_on", "2027-09-30"},
        {"approval_no", "No. 5"},
        {"approval", paper_}
    };
    return entry;
}

Answer Ledger::ask(const Entry& entry, std::size_t step) const {
    const Step& wanted = kStory.at(step);
    Call call{.as = wanted.account, .method = http::Method::Post, .path = kEntries, .body = "{}"};
    call.headers = {{"Idempotency-Key", key_of(entry, step)}};
    if (step == 0) {
        call.body = core::json_text(core::JsonObject{{"fields", entry.fields}});
    } else {
        call.path += "/" + entry.id + "/actions/" + wanted.action;
        call.headers.emplace_back(
            "If-Match", "\"" + std::to_string(entry.revisions.at(step - 1)) + "\""
        );
    }
    return program_.send(call);
}

Outcome Ledger::go_on(Entry& entry, Answer* answer) const {
    Answer got;
    try {
        got = ask(entry, entry.steps);
    } catch (const core::Problem&) {
        return Outcome::Unknown;
    }
    if (answer != nullptr) {
        *answer = got;
    }
    if (got.status != (entry.steps == 0 ? 201 : 200)) {
        return Outcome::Refused;
    }
    entry.id = got.text("id");
    entry.number = got.text("number");
    entry.revisions.push_back(got.integer("revision"));
    ++entry.steps;
    return Outcome::Done;
}

std::string Ledger::find_repetition(const Entry& entry) const {
    for (std::size_t step = 0; step < entry.steps; ++step) {
        const Answer again = ask(entry, step);
        // The answer shows the entry as it is now: what was done since is in it.
        if (!again.is_replayed() || again.text("id") != entry.id ||
            again.integer("revision") != entry.revisions.back()) {
            return key_of(entry, step) + " asked again: " + core::json_text(again.body);
        }
    }
    return "";
}

std::string Ledger::find_loss(const std::vector<Entry>& entries) const {
    for (const Entry& entry : entries) {
        if (entry.steps == 0) {
            continue;
        }
        const Answer now =
            program_.send({.as = "unit.clerk", .path = std::string{kEntries} + "/" + entry.id});
        // What was not acknowledged may have been done too: a number may have been given meanwhile.
        const bool keeps_number = entry.number.empty() || now.text("number") == entry.number;
        if (now.status != 200 || name_of(now.body) != entry.name || !keeps_number ||
            now.integer("revision") < entry.revisions.back()) {
            return entry.name + " was acknowledged: " + core::json_text(now.body);
        }
    }
    return "";
}

std::string Ledger::find_fault(const std::vector<Entry>& entries) const {
    std::map<std::string, std::int64_t> revisions;              // by name
    std::map<std::string, std::map<std::string, int>> numbers;  // by year, then number
    std::string cursor;
    do {
        const Answer page = program_.send(
            {.as = "unit.clerk",
             .path = kEntries,
             .query = "limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor)}
        );
        if (page.status != 200) {
            return "the list: " + core::json_text(page.body);
        }
        for (const core::Json& one : page.body.at("entries").as_array()) {
            const std::string name = name_of(one);
            const std::string number = core::find_string(one, "number").value_or("");
            if (!revisions.emplace(name, core::find_integer(one, "revision").value_or(-1)).second) {
                return name + " is there twice";
            }
            if (!number.empty() && ++numbers[number.substr(0, number.rfind('-'))][number] > 1) {
                return number + " is there twice";
            }
        }
        cursor = page.text("next");
    } while (!cursor.empty());
    for (const auto& [year, taken] : numbers) {
        const std::string& last = taken.rbegin()->first;
        if (std::stoul(last.substr(year.size() + 1)) != taken.size()) {
            return "up to " + last + " only " + std::to_string(taken.size()) + " are there";
        }
    }
    for (const Entry& entry : entries) {
        const auto found = revisions.find(entry.name);
        if (found == revisions.end() || found->second != entry.revisions.back()) {
            return entry.name + " is not at the revision that was acknowledged last";
        }
        revisions.erase(found);
    }
    return revisions.empty() ? "" : revisions.begin()->first + " was never asked for";
}

}  // namespace duban::kill
