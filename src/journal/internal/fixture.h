// What the tests of this room share: an org with a journal, and drafts to append.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "crypto/random.h"
#include "journal/journal.h"
#include "store/testing.h"

namespace duban::journal {

inline core::Id test_id(std::uint8_t number) {
    core::Id id;
    id.octets[15] = number;
    return id;
}

/// A draft that amends entry `entry` to `revision`, with a value, a list and an input.
inline Draft test_draft(std::uint8_t entry, std::int64_t revision) {
    Draft draft{.org = {7}, .register_name = "leave", .entry = test_id(entry)};
    draft.revision = revision;
    draft.action = revision == 1 ? "open" : "amend";
    draft.actor = test_id(200);
    draft.post = test_id(201);
    draft.state_before = revision == 1 ? "" : "draft";
    draft.state_after = "draft";
    draft.declaration = crypto::sha256("declaration").hex();
    draft.parameters = crypto::sha256("parameters").hex();
    draft.on = "2026-11-24";
    draft.recorded_at_ms = 1'764'000'000'000 + revision;
    draft.salt_seed = std::string(31, 's') + static_cast<char>(entry * 16 + revision);
    draft.changes = {
        {.field = "body", .value = core::Json("value " + std::to_string(revision))},
        {.field = "parts",
         .is_list = true,
         .rows = {core::parse_json(R"({"days":3,"unit":"a"})"), core::Json("second")}}
    };
    draft.inputs = {{.field = "reason", .value = core::Json("because")}};
    return draft;
}

inline Signature test_signature(std::uint8_t person, const std::string& kind) {
    Signature signature{.person = test_id(person), .post = test_id(201), .role = "reviewer"};
    signature.kind = kind;
    signature.at_ms = 1'764'000'000'000;
    return signature;
}

/// An org's journal in an empty store.
class JournalTest : public testing::Test {
protected:
    static constexpr core::OrgId kOrg{7};

    JournalTest() { Journal::migrate(*store); }

    Appended append(const Draft& draft) {
        Appended appended;
        store->write(draft.org, [&](store::Transaction& tx) {
            appended = journal.append(tx, draft);
        });
        return appended;
    }

    /// Appends `count` records, three entries in turn.
    void append_many(std::int64_t count) {
        for (std::int64_t i = 0; i < count; ++i) {
            append(test_draft(static_cast<std::uint8_t>(1 + i % 3), 1 + i / 3));
        }
    }

    /// Runs `work` in a read snapshot and returns what it returns.
    template <typename Work>
    auto read(Work work) {
        decltype(work(std::declval<store::Reader&>())) result{};
        store->read([&](store::Reader& reader) { result = work(reader); });
        return result;
    }

    Head head(core::OrgId org = kOrg) {
        return read([&](store::Reader& reader) { return journal.head(reader, org); });
    }

    /// Changes a table behind the program's back.
    void sql(std::string_view text, const std::vector<store::Value>& parameters = {}) {
        store->write(kOrg, [&](store::Transaction& tx) {
            EXPECT_GT(tx.execute({"test.sql", text}, parameters), 0) << text;
        });
    }

    /// What verify() finds, as "code position".
    std::vector<std::string> faults() {
        std::vector<std::string> found;
        store->read([&](store::Reader& reader) {
            journal.verify(reader, kOrg, [&](const Fault& fault) {
                found.push_back(fault.code + " " + std::to_string(fault.position));
                details.push_back(fault.detail);
            });
        });
        return found;
    }

    std::unique_ptr<store::Store> store = store::open_test_store();
    Journal journal;
    std::vector<std::string> details;
};

}  // namespace duban::journal
