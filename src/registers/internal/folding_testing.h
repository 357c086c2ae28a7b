// A house with a history in which everything happens once: for the tests of verification and
// replay.

#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/problem.h"
#include "registers/decisions.h"
#include "registers/internal/fold_comparison.h"
#include "registers/testing.h"
#include "registers/verification.h"

namespace duban::registers {

inline const declarations::SourceFile kTrialPack{"pack.yaml", R"yaml(
name: trial
version: 1.0.0
roles:
  clerk: {zh: 经办}
  head: {zh: 负责人}
  reviewer: {zh: 审核}
parameters:
  reviewers: {type: integer, default: 2, least: 1}
)yaml"};

inline const declarations::SourceFile kTrialTrip{"registers/trip.yaml", R"yaml(
register: trip
number: {format: "CC-{year}-{seq:4}", at: file}
fields:
  place: {type: text, max: 20, required: true, title_field: true}
  days: {type: integer, default: 1}
  expense: {type: money}
  rate: {type: decimal, scale: 2}
  tags: {type: choice, many: true, choices: [urgent, abroad]}
  stops: {type: rows, rows: {town: {type: text, required: true}, nights: {type: integer}}}
  guide: {type: person}
  earlier: {type: link, to: trip}
  leaves_on: {type: date}
  approved_on: {type: date, set_by: procedure}
  double_days: {type: computed, expression: "days * 2"}
read: [unit.clerk, unit.head, office.reviewer, office.head, office.clerk]
procedure:
  initial: draft
  states: {draft: , review: , agreed: {final: true}, dropped: {final: true, ended_otherwise: true}}
  actions:
    open: {by: unit.clerk, fields: [place, days, expense, rate, tags, stops, guide, earlier, leaves_on]}
    amend: {from: draft, by: unit.clerk, fields: [place, days, expense, rate, tags, stops, guide, earlier, leaves_on]}
    file: {from: draft, to: review, by: unit.clerk, need: [leaves_on]}
    approve:
      from: review
      to: agreed
      apart_from: [open, amend, file]
      kinds: [own, delegated, paper]
      signatures: [{by: office.reviewer, count: {param: reviewers}}]
      set: {approved_on: "today()"}
      opens: [{register: note, set: {trip: id, words: place}}]
    send_back: {from: review, returns: earlier, by: office.reviewer, inputs: {reason: {type: long_text, required: true}}}
    drop: {from: [draft, review], to: dropped, by: unit.head}
  deadlines:
    review: {starts: file, stops: [approve, send_back, drop], term: {workdays: 5}, holder: office.reviewer}
)yaml"};

inline const declarations::SourceFile kTrialNote{"registers/note.yaml", R"yaml(
register: note
fields:
  trip: {type: link, to: trip}
  words: {type: text, max: 40}
read: [unit.clerk, office.head]
procedure:
  initial: kept
  states: {kept: }
  actions:
    open: {by: procedure, fields: [trip, words]}
)yaml"};

using Dump = std::map<std::string, std::vector<std::string>>;

inline std::vector<std::string> directory_tables() {
    return {"d_delegation", "d_division", "d_post", "d_person", "d_unit"};
}

/// Every row of `tables` and of what lies beside them, but for ids that are drawn anew.
inline Dump dump(House& house, const std::vector<std::string>& tables) {
    const auto line_of = [](const std::vector<store::Value>& cells) {
        std::string line;
        for (const store::Value& cell : cells) {
            line += cell_text(cell) + "|";
        }
        return line;
    };
    Dump out;
    house.store->read([&](store::Reader& reader) {
        out.clear();
        for (const std::string& table : tables) {
            const std::string sql = "select * from " + table;
            for (const store::Row& row : reader.query({"test.dump", sql}, {})) {
                out[table].push_back(line_of(row.columns));
            }
        }
        for (const SideTable* table : side::all()) {
            const char* where = table == &side::kCounter ? " and entries <> 0" : "";
            for (SideRow& row : kept_rows(reader, *table, House::kOrg, where)) {
                for (std::size_t i = 0; i < row.size(); ++i) {
                    if (std::ranges::find(table->free, table->columns[i]) != table->free.end()) {
                        row[i] = store::Value{};
                    }
                }
                out[std::string{table->name}].push_back(line_of(row));
            }
        }
    });
    for (auto& [table, rows] : out) {
        std::ranges::sort(rows);
    }
    return out;
}

inline void lose_everything(House& house, const std::vector<std::string>& tables) {
    for (const std::string& table : tables) {
        house.sql("delete from " + table);
    }
    for (const SideTable* table : side::all()) {
        house.sql("delete from " + std::string{table->name});
    }
    house.access->forget(House::kOrg);
    house.registers->forget_profile(House::kOrg);
}

class HistoryTest : public ::testing::Test {
protected:
    HistoryTest() {
        house.adopt({kTrialPack, kTrialTrip, kTrialNote});
        house.add_person("云山", house.bureau, "audit_admin");
        first = agreed_with_paper();
        second = agreed_after_a_return();
        third = filed(house.clerk, {{"place", "无锡"}, {"leaves_on", "2026-05-01"}});
        old_one = backfilled();
        dropped = house.open("trip", house.clerk, {{"place", "镇江"}}).entry;
        house.act("trip", dropped, "drop", house.head);
        adopt_second_version();
        fourth = filed(house.clerk, {{"place", "常州"}, {"leaves_on", "2026-05-02"}});
        house.act("trip", fourth, "approve", house.reviewer_a);
    }

    void later() { house.clock.advance(std::chrono::minutes{1}); }

    core::Id filed(const core::Id& clerk, core::JsonObject fields) {
        later();
        const core::Id id = house.open("trip", clerk, std::move(fields)).entry;
        later();
        house.act("trip", id, "file", clerk);
        return id;
    }

    Request approval(const core::Id& id) {
        later();
        Request request;
        request.register_name = "trip";
        request.action = "approve";
        request.entry = id;
        request.revision = house.entry("trip", id).revision;
        return request;
    }

    core::Id agreed_with_paper() {
        const core::Id id = filed(
            house.clerk,
            {{"place", "苏州"},
             {"leaves_on", "2026-04-01"},
             {"days", 3},
             {"expense", core::JsonObject{{"minor", 12345}, {"currency", "CNY"}}},
             {"rate", "1.50"},
             {"tags", core::JsonArray{"urgent", "abroad"}},
             {"stops", core::JsonArray{core::JsonObject{{"town", "昆山"}, {"nights", 2}}}},
             {"guide", house.head.text()}}
        );
        Request request = approval(id);
        request.paper = PaperSignature{
            .signer = house.reviewer_a,
            .signed_on = "2026-03-01",
            .words = "同意",
            .scan = std::string(64, 'a'),
            .compares = {}
        };
        house.send(house.office_clerk, request);
        store::Rows rows;
        house.store->read([&](store::Reader& reader) {
            rows = reader.query({"test.find", "select id from d_signature"}, {});
        });
        request = approval(id);
        request.paper = PaperSignature{};
        request.paper->compares = rows.at(0).id(0);
        house.send(house.office_head, request);
        house.send(house.reviewer_b, approval(id));
        return id;
    }

    /// A round that a return voids, then one with a delegate.
    core::Id agreed_after_a_return() {
        const core::Id id = filed(
            house.clerk, {{"place", "南京"}, {"leaves_on", "2026-04-02"}, {"earlier", first.text()}}
        );
        house.send(house.reviewer_a, approval(id));
        later();
        house.act(
            "trip", id, "send_back", house.reviewer_b, {}, {{"to", "draft"}, {"reason", "附件不清"}}
        );
        house.act(
            "trip", id, "amend", house.clerk, {{"days", 4}, {"tags", core::JsonArray{"abroad"}}}
        );
        house.act("trip", id, "file", house.clerk);
        house.delegate(house.post_of(house.reviewer_a, "reviewer"), house.office_head);
        house.send(house.office_head, approval(id));
        house.send(house.reviewer_c, approval(id));
        return id;
    }

    core::Id backfilled() {
        decision = Decision{
            .id = core::make_id(house.clock.now(), house.random),
            .title = "补录旧台账",
            .paper = "云教〔2026〕1号",
            .registers = {"trip"},
            .from = *calendar::Date::parse("2023-01-01"),
            .to = *calendar::Date::parse("2025-12-31"),
            .recorder = house.office_clerk,
            .checker = house.office_head,
            .decided_on = *calendar::Date::parse("2026-03-02")
        };
        house.decide(decision);
        Request request;
        request.register_name = "trip";
        request.action = "backfill";
        request.unit = house.department;
        request.fields = core::JsonObject{{"place", "扬州"}, {"approved_on", "2024-05-01"}};
        request.backfill = Backfill{
            .decision = decision.id, .state = "agreed", .claimed_on = "2024-05-01", .paper = "旧1"
        };
        const core::Id id = house.send(house.office_clerk, request).entry;
        house.act("trip", id, "confirm_backfill", house.office_head);
        return id;
    }

    /// A field more, one renamed, one signature less; then one more again by the parameter.
    void adopt_second_version() {
        declarations::SourceFile trip = kTrialTrip;
        const auto change = [&](const std::string& from, const std::string& to) {
            for (std::size_t at = trip.text.find(from); at != std::string::npos;
                 at = trip.text.find(from, at + to.size())) {
                trip.text.replace(at, from.size(), to);
            }
        };
        change(
            "  guide: {type: person}",
            "  escort: {type: person, was: guide}\n"
            "  seats: {type: integer, required: true, default: 2}"
        );
        change(" guide,", " escort,");
        change("[open, amend, file]\n", "[open, amend]\n");
        declarations::SourceFile pack = kTrialPack;
        pack.text.replace(pack.text.find("1.0.0"), 5, "1.1.0");
        house.adopt({pack, trip, kTrialNote});
        house.set_parameter("trial", "reviewers", 3);
        house.registers->forget_profile(House::kOrg);
    }

    /// "code table row field", or "code position".
    static std::string line(const Fault& fault) {
        std::string out = fault.code;
        for (const char* param : {"table", "row", "state", "field"}) {
            if (const auto found = fault.params.find(param); found != fault.params.end()) {
                out += " " + found->second;
            }
        }
        if (!fault.params.contains("table")) {
            const auto position = fault.params.find("position");
            out += " " + (position == fault.params.end() ? "?" : position->second);
        }
        return out;
    }

    std::vector<std::string> faults_in(store::Reader& reader) {
        report = verify(*house.registers, reader, House::kOrg);
        std::vector<std::string> out;
        for (const Fault& fault : report.faults) {
            out.push_back(line(fault));
        }
        return out;
    }

    std::vector<std::string> faults() {
        std::vector<std::string> out;
        house.store->read([&](store::Reader& reader) { out = faults_in(reader); });
        return out;
    }

    /// What verification finds after `change`, which is undone again.
    std::vector<std::string> faults_after(const std::function<void(store::Transaction&)>& change) {
        std::vector<std::string> out;
        try {
            house.store->write(House::kOrg, [&](store::Transaction& tx) {
                change(tx);
                out = faults_in(tx);
                throw core::Problem{core::ProblemKind::Rejected, "test.undone"};
            });
        } catch (const core::Problem& problem) {
            EXPECT_EQ(problem.code, "test.undone");
        }
        return out;
    }

    std::vector<std::string> faults_after(const std::string& sql) {
        return faults_after([&](store::Transaction& tx) {
            EXPECT_GT(tx.execute({"test.sql", sql}, {}), 0) << sql;
        });
    }

    House house;
    Decision decision;
    core::Id first, second, third, fourth, old_one, dropped;
    Report report;
};

}  // namespace duban::registers
