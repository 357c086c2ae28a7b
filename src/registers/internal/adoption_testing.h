// A house with entries of a pack in every kind of field: for the tests of what its later versions
// may change.

#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registers/adoption.h"
#include "registers/internal/folding_testing.h"
#include "registers/listing.h"
#include "registers/replay.h"

namespace duban::registers {

using declarations::SourceFile;

inline const SourceFile kErrandsPack{"pack.yaml", R"yaml(
name: errands
version: 1.0.0
needs: [trial]
)yaml"};

inline const SourceFile kErrand{"registers/errand.yaml", R"yaml(
register: errand
number: {format: "ER-{year}-{seq:4}", at: file}
fields:
  heading: {type: text, max: 20, required: true, title_field: true, search: true}
  days: {type: integer, default: 1, indexed: true}
  amount: {type: money}
  area: {type: decimal, scale: 2}
  kind: {type: choice, choices: [urgent, calm]}
  tags: {type: choice, many: true, choices: [abroad, early]}
  stops: {type: rows, rows: {town: {type: text}, nights: {type: integer}}}
  earlier: {type: link, to: errand}
  related: {type: links, to: errand}
  left_on: {type: date}
  words: {type: text, max: 40, search: true}
  double_days: {type: computed, expression: "days * 2"}
read: [unit.clerk, unit.head, office.reviewer, office.head, office.clerk]
procedure:
  initial: draft
  states:
    draft:
    parked:
    shelved:
    review:
    closed: {final: true}
  actions:
    open: {by: unit.clerk}
    amend: {from: draft, by: unit.clerk, fields: [heading, kind, words]}
    park: {from: draft, to: parked, by: unit.clerk}
    shelve: {from: draft, to: shelved, by: unit.clerk}
    file: {from: [draft, parked, shelved], to: review, by: unit.clerk}
    close: {from: review, to: closed, signatures: [{by: office.reviewer, count: 2}]}
    send_back: {from: review, returns: earlier, by: office.reviewer, inputs: {reason: {type: long_text, required: true}}}
  deadlines:
    review: {starts: file, stops: [close, send_back], term: {workdays: 5}, holder: office.reviewer}
views:
  all: {columns: [heading, days], filters: [left_on, kind], sorts: [left_on, days]}
)yaml"};

inline const SourceFile kMemo{"registers/memo.yaml", R"yaml(
register: memo
number: {format: "ME-{seq:4}"}
fields:
  about: {type: link, to: errand}
  remark: {type: text, search: true, title_field: true}
  mentioned: {type: links, to: errand}
read: [unit.clerk, office.head]
procedure:
  initial: kept
  states: {kept: , shut: {final: true}}
  actions:
    open: {by: unit.clerk}
    shut: {from: kept, to: shut, signatures: [{by: office.head, count: 2}]}
  deadlines:
    shut: {starts: open, stops: shut, term: {days: 5}, holder: office.head}
)yaml"};

using Edits = std::vector<std::pair<std::string, std::string>>;

class AdoptionTest : public HistoryTest {
protected:
    AdoptionTest() { house.adopt(files({})); }

    /// The files of the next version.
    std::vector<SourceFile> files(const Edits& edits, bool with_memo = true) {
        SourceFile pack = kErrandsPack;
        SourceFile errand = kErrand;
        replace(pack, "1.0.0", "1.0." + std::to_string(version_++));
        for (const auto& [from, to] : edits) {
            replace(errand, from, to);
        }
        return with_memo ? std::vector{pack, errand, kMemo} : std::vector{pack, errand};
    }

    static void replace(SourceFile& file, const std::string& from, const std::string& to) {
        const std::size_t at = file.text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        file.text.replace(at, from.size(), to);
    }

    std::string codes(const std::vector<SourceFile>& version, std::set<std::string> drops = {}) {
        std::string found;
        for (const auto& fault : house.adoption->plan(version, std::move(drops)).faults) {
            if (!fault.warning) {
                found += found.empty() ? fault.code : " " + fault.code;
            }
        }
        return found;
    }

    /// One entry with everything in it, one filed and half signed, one parked; two memos.
    void make_entries() {
        full = house
                   .open(
                       "errand",
                       house.clerk,
                       {{"heading", "one"},
                        {"days", 3},
                        {"amount", core::JsonObject{{"minor", 12345}, {"currency", "CNY"}}},
                        {"area", "1.50"},
                        {"kind", "urgent"},
                        {"tags", core::JsonArray{"abroad", "early"}},
                        {"stops",
                         core::JsonArray{
                             core::JsonObject{{"town", "Aton"}, {"nights", 2}},
                             core::JsonObject{{"town", "Bton"}, {"nights", nullptr}}
                         }},
                        {"left_on", "2026-03-01"},
                        {"words", "many words are here"}}
                   )
                   .entry;
        filed_one = house
                        .open(
                            "errand",
                            house.clerk,
                            {{"heading", "two"},
                             {"earlier", full.text()},
                             {"related", core::JsonArray{core::Json(full.text())}}}
                        )
                        .entry;
        house.act("errand", filed_one, "amend", house.clerk, {{"words", "hollow"}});
        house.act("errand", filed_one, "file", house.clerk);
        house.act("errand", filed_one, "close", house.reviewer_a);
        parked = house.open("errand", house.clerk, {{"heading", "three"}}).entry;
        house.act("errand", parked, "park", house.clerk);
        for (const char* remark : {"first memo", "second memo"}) {
            memo = house
                       .open(
                           "memo",
                           house.clerk,
                           {{"about", full.text()},
                            {"remark", remark},
                            {"mentioned", core::JsonArray{core::Json(parked.text())}}}
                       )
                       .entry;
        }
    }

    /// Showing, listing, acting, verification and replay, under whatever is in force.
    void expect_sound() {
        for (const core::Id& id : {full, filed_one, parked}) {
            EXPECT_FALSE(house.entry("errand", id).fields.empty());
        }
        house.store->read([&](store::Reader& reader) {
            ListRequest wish;
            wish.register_name = "errand";
            const Listing listing{*house.registers};
            EXPECT_GE(listing.page(reader, house.actor(house.clerk), wish).entries.size(), 3U);
        });
        EXPECT_THAT(faults(), ::testing::IsEmpty());
        later();
        house.act("errand", full, "amend", house.clerk, {{"heading", "again"}});
        house.open("errand", house.clerk, {{"heading", "new"}});
        EXPECT_THAT(faults(), ::testing::IsEmpty());
        expect_replay_equal();
    }

    std::vector<std::string> tables() const {
        std::vector<std::string> names = directory_tables();
        for (const declarations::Register* declared :
             house.registers->adopted()->model().registers()) {
            names.push_back(declared->name);
            for (const ChildTable& child :
                 house.registers->adopted()->table(declared->name).children) {
                names.push_back(child.name);
            }
        }
        return names;
    }

    void expect_replay_equal() {
        const Dump before = dump(house, tables());
        lose_everything(house, tables());
        restore_from_journal(*house.registers, *house.adoption, House::kOrg);
        const Dump after = dump(house, tables());
        for (const auto& [table, rows] : before) {
            ASSERT_TRUE(after.contains(table)) << table;
            EXPECT_EQ(after.at(table), rows) << table;
        }
        EXPECT_EQ(after.size(), before.size());
        EXPECT_THAT(faults(), ::testing::IsEmpty());
    }

    core::Json value(const core::Id& id, const std::string& field) const {
        const Entry entry = house.entry("errand", id);
        const auto found = entry.fields.find(field);
        return found == entry.fields.end() ? core::Json("absent") : found->value();
    }

    core::Id full, filed_one, parked, memo;

private:
    int version_ = 1;
};

}  // namespace duban::registers
