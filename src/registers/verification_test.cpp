#include "registers/verification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registers/adoption.h"
#include "registers/internal/folding_testing.h"

namespace duban::registers {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A history that is told again, with single things changed in it.
class VerificationTest : public HistoryTest {
protected:
    /// A record after the last one of `entry`, as nobody could have made it: like `like`, one
    /// revision on, after `change`.
    static void forge(
        store::Transaction& tx,
        const journal::Record& like,
        std::int64_t revision,
        const std::function<void(journal::Draft&)>& change
    ) {
        journal::Draft draft = like.draft();
        draft.revision = revision;
        draft.salt_seed = std::string(32, 'f');
        change(draft);
        static_cast<void>(journal::Journal{}.append(tx, draft));
    }

    /// The faults of steps that a forged record of `entry` brings, by code.
    std::vector<std::string> forged(
        const core::Id& entry, const std::function<void(journal::Draft&)>& change
    ) {
        std::int64_t end = 0;
        const auto all = faults_after([&](store::Transaction& tx) {
            const auto history = house.journal.history(tx, House::kOrg, "trip", entry);
            journal::Record like = history.back();
            // Under the law of today, whenever the entry was last acted on.
            const auto newest = house.journal.history(tx, House::kOrg, "trip", fourth);
            const journal::Draft today = newest.back().draft();
            end = house.journal.head(tx, House::kOrg).size;
            const std::int64_t revision = like.draft().revision + 1;
            forge(tx, like, revision, [&](journal::Draft& draft) {
                draft.state_before = draft.state_after;
                draft.kind = "action";
                draft.changes.clear();
                draft.inputs.clear();
                draft.signatures.clear();
                draft.caused_by.reset();
                draft.decision.clear();
                draft.claimed_at_ms.reset();
                draft.declaration = today.declaration;
                draft.parameters = today.parameters;
                change(draft);
            });
        });
        std::vector<std::string> codes;
        for (const std::string& fault : all) {
            if (fault.starts_with("step.") || fault.starts_with("record.")) {
                EXPECT_TRUE(fault.ends_with(" " + std::to_string(end))) << fault;
                codes.push_back(fault.substr(0, fault.find(' ')));
            }
        }
        return codes;
    }

    journal::Signature own(const core::Id& person) {
        journal::Signature signature;
        signature.person = person;
        signature.post = house.post_of(person, "reviewer");
        signature.role = "office.reviewer";
        signature.kind = "own";
        signature.signed_on = "2026-03-02";
        signature.at_ms = core::to_ms(house.clock.now());
        return signature;
    }

    /// The position of the record of `entry` at `revision`.
    std::int64_t position(const core::Id& entry, std::size_t revision) {
        std::int64_t at = -1;
        house.store->read([&](store::Reader& reader) {
            at =
                house.journal.history(reader, House::kOrg, "trip", entry).at(revision - 1).position;
        });
        return at;
    }

    /// Changes the bytes of a column of one record.
    static std::function<void(store::Transaction&)> altered(
        std::int64_t position,
        const std::string& column,
        const std::string& from,
        const std::string& to
    ) {
        return [=](store::Transaction& tx) {
            const std::string read = "select " + column + " from d_record where position = $1";
            std::string bytes = tx.query({"test.read", read}, {position}).front().bytes(0);
            const std::size_t at = bytes.find(from);
            ASSERT_NE(at, std::string::npos) << bytes;
            bytes.replace(at, from.size(), to);
            const std::string write = "update d_record set " + column + " = $2 where position = $1";
            tx.execute({"test.write", write}, {position, core::Bytes{bytes}});
        };
    }

    static std::string at(const std::string& code, std::int64_t position) {
        return code + " " + std::to_string(position);
    }
};

TEST_F(VerificationTest, ALongHistoryIsCleanAndItsSignaturesAreCountedByKind) {
    EXPECT_THAT(faults(), IsEmpty());
    EXPECT_EQ(report.records, house.records());
    EXPECT_EQ(report.own, 2);
    EXPECT_EQ(report.delegated, 1);
    EXPECT_EQ(report.paper, 1);
    EXPECT_EQ(report.backfilled, 2);
    EXPECT_EQ(report.entries, 8);
}

TEST_F(VerificationTest, AFieldChangedInATableIsNamedWithWhatIsComputedFromIt) {
    EXPECT_THAT(
        faults_after("update trip set days = 9 where number = 'CC-2026-0001'"),
        ElementsAre(
            "table.field_altered trip CC-2026-0001 days",
            "table.field_altered trip CC-2026-0001 double_days"
        )
    );
}

TEST_F(VerificationTest, WhateverIsChangedInATableIsNamedAlone) {
    const std::string of_third = "(select id from trip where number = 'CC-2026-0003')";
    const std::string of_first = "(select id from trip where number = 'CC-2026-0001')";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"update trip set state = 'dropped' where number = 'CC-2026-0001'",
         "table.field_altered trip CC-2026-0001 state"},
        {"update trip set expense_minor = 1 where number = 'CC-2026-0001'",
         "table.field_altered trip CC-2026-0001 expense_minor"},
        {"update trip set rate_e2 = 1 where number = 'CC-2026-0001'",
         "table.field_altered trip CC-2026-0001 rate_e2"},
        {"update trip set escort = opened_by where number = 'CC-2026-0001'",
         "table.field_altered trip CC-2026-0001 escort"},
        {"update trip set seats = 3 where number = 'CC-2026-0001'",
         "table.field_altered trip CC-2026-0001 seats"},
        {"update trip set opened_at = 5 where number = 'CC-2026-0001'",
         "table.field_altered trip CC-2026-0001 opened_at"},
        {"update trip set number = 'CC-2026-0099' where number = 'CC-2026-0001'",
         "table.field_altered trip CC-2026-0001 number"},
        {"update trip set due_on = '2027-01-01' where number = 'CC-2026-0003'",
         "table.field_altered trip CC-2026-0003 due_on"},
        {"update trip set double_days = 5 where number = 'CC-2026-0002'",
         "table.field_altered trip CC-2026-0002 double_days"},
        {"update trip_stops set nights = 9", "table.list_altered trip CC-2026-0001 stops"},
        {"delete from trip_tags where entry = " + of_first,
         "table.list_altered trip CC-2026-0001 tags"},
        {"update d_deadline set due_on = '2027-01-01' where entry = " + of_third,
         "table.field_altered d_deadline CC-2026-0003/review due_on"},
        {"delete from d_deadline where entry = " + of_third,
         "table.row_missing d_deadline CC-2026-0003/review entry"},
        {"update d_step set actor = (select opened_by from trip where number is null limit 1)"
         " where revision = 4 and entry = " +
             of_first,
         "table.field_altered d_step CC-2026-0001/4 actor"},
        {"update d_backfill set claimed_on = '2024-05-02'",
         "table.field_altered d_backfill CC-2026-0004/1 claimed_on"},
        {"update d_counter set entries = 77 where state = 'kept'", "table.counter_altered note kept"
        },
        {"update d_number set last = 77", "table.field_altered d_number trip/CC-2026-| last"},
        {"update d_parameter set value = '1'",
         "table.field_altered d_parameter trial/reviewers value"},
        {"update d_decision set to_day = '2026-12-31'",
         "table.field_altered d_decision " + decision.id.text() + " to_day"},
        {"delete from d_told", "table.row_missing d_told trial pack"},
        {"delete from trip where number = 'CC-2026-0001'", "table.row_missing trip CC-2026-0001 id"}
    };
    for (const auto& [statement, expected] : cases) {
        EXPECT_THAT(faults_after(statement), ElementsAre(expected)) << statement;
    }
}

TEST_F(VerificationTest, ASignerChangedInATableOrInALeafIsNamed) {
    const std::vector<std::string> in_table = faults_after(
        "update d_signature set person = (select opened_by from trip where number is null limit 1)"
        " where kind = 'delegated'"
    );
    ASSERT_EQ(in_table.size(), 2U);
    EXPECT_THAT(
        in_table[0], ::testing::StartsWith("table.row_unrecorded d_signature CC-2026-0002")
    );
    EXPECT_THAT(in_table[1], ::testing::StartsWith("table.row_missing d_signature CC-2026-0002"));

    const std::int64_t record = position(second, 8);
    EXPECT_THAT(
        faults_after(altered(record, "leaf", house.reviewer_c.text(), house.reviewer_b.text())),
        ElementsAre(at("journal.leaf_altered", record))
    );
}

TEST_F(VerificationTest, ARowThatNoRecordMadeIsNamed) {
    const auto found = faults_after([&](store::Transaction& tx) {
        tx.execute({"test.delete", "delete from d_record where register = 'note'"}, {});
    });
    EXPECT_THAT(found, Contains(::testing::StartsWith("table.row_unrecorded note ")).Times(2));
}

TEST_F(VerificationTest, ABlobASaltALeafATreeRowAndADroppedRecordAreNamedByTheJournal) {
    const std::int64_t record = position(first, 1);
    EXPECT_THAT(
        faults_after(altered(record, "blob", "\"苏州\"", "\"杭州\"")),
        ElementsAre(at("journal.blob_altered", record))
    );
    EXPECT_THAT(
        faults_after(altered(record, "blob", R"("days":{"s":")", R"("days":{"s":"A)")),
        ElementsAre(at("journal.blob_altered", record))
    );
    EXPECT_THAT(
        faults_after(altered(record, "leaf", R"("state_after":"draft")", R"("state_after":"drafT")")
        ),
        ElementsAre(at("journal.leaf_altered", record))
    );
    const auto tree = faults_after([](store::Transaction& tx) {
        tx.execute(
            {"test.tree", "update d_tree set hash = $1 where level = 1 and idx = 2"},
            {core::Bytes{std::string(32, 'x')}}
        );
    });
    ASSERT_EQ(tree.size(), 1U);
    EXPECT_THAT(tree[0], ::testing::StartsWith("journal.tree_altered"));

    const std::int64_t gone = position(second, 3);
    const auto dropped_record = faults_after([&](store::Transaction& tx) {
        tx.execute({"test.drop", "delete from d_record where position = $1"}, {gone});
    });
    EXPECT_EQ(dropped_record.at(0), at("journal.record_missing", gone));
    EXPECT_THAT(dropped_record, Contains(at("record.revision_gap", position(second, 4))));
}

TEST_F(VerificationTest, AnAdoptedDeclarationThatWasAlteredIsNamed) {
    const auto found = faults_after([](store::Transaction& tx) {
        const store::Rows rows = tx.query(
            {"test.read", "select digest, bundle from d_declaration order by adopted_no"}, {}
        );
        std::string bundle = rows.at(0).text(1);
        bundle.replace(bundle.find("amend, file]"), 12, "amend, drop]");
        tx.execute(
            {"test.write", "update d_declaration set bundle = $2 where digest = $1"},
            {rows.at(0).text(0), bundle}
        );
    });
    EXPECT_THAT(found, ElementsAre(::testing::StartsWith("declaration.altered")));
    EXPECT_EQ(report.faults.front().params.at("pack"), "trial");
}

TEST_F(VerificationTest, APostWhoseDateWasAlteredIsNamed) {
    const core::Id post = house.post_of(house.reviewer_b, "reviewer");
    std::int64_t recorded = -1;
    const auto found = faults_after([&](store::Transaction& tx) {
        recorded = house.journal.history(tx, House::kOrg, "post", post).front().position;
        tx.execute(
            {"test.post", "update d_post set starts_on = '2026-03-03' where id = $1"},
            {store::value(post)}
        );
    });
    EXPECT_THAT(found, ElementsAre(at("directory.row_altered", recorded)));
    EXPECT_THAT(report.faults.front().params.at("detail"), ::testing::HasSubstr("starts_on"));
}

TEST_F(VerificationTest, AStepThatNobodyCouldTakeIsNamedByWhatIsUnlawfulInIt) {
    using Draft = journal::Draft;
    const auto by = [&](Draft& draft, const char* action, const core::Id& who, const char* role) {
        draft.action = action;
        draft.actor = who;
        draft.post = house.post_of(who, role);
    };
    const auto drops = [&](Draft& draft) {
        by(draft, "drop", house.head, "head");
        draft.state_after = "dropped";
    };
    EXPECT_EQ(forged(third, drops), Names{});
    const std::vector<std::pair<std::function<void(Draft&)>, Names>> cases = {
        {[&](Draft& d) {
             drops(d);
             ++d.revision;
         },
         {"record.revision_gap"}},
        {[&](Draft& d) {
             drops(d);
             d.state_before = "draft";
         },
         {"record.state_skipped"}},
        {[&](Draft& d) {
             drops(d);
             d.number = "CC-2026-0077";
         },
         {"record.identity_altered"}},
        {[&](Draft& d) {
             drops(d);
             d.unit = house.school;
         },
         {"record.identity_altered"}},
        {[&](Draft& d) {
             drops(d);
             d.declaration.clear();
         },
         {"step.declaration_not_in_force"}},
        {[&](Draft& d) {
             drops(d);
             d.parameters = "0";
         },
         {"step.parameters_unknown"}},
        {[&](Draft& d) {
             drops(d);
             d.action = "vanish";
         },
         {"step.unknown_action"}},
        {[&](Draft& d) {
             drops(d);
             d.state_after = "agreed";
         },
         {"step.wrong_target"}},
        {[&](Draft& d) { by(d, "file", house.clerk, "clerk"); }, {"step.wrong_state"}},
        {[&](Draft& d) {
             drops(d);
             d.actor = house.clerk;
         },
         {"step.without_right"}},
        {[&](Draft& d) {
             drops(d);
             d.post = house.post_of(house.clerk, "clerk");
         },
         {"step.without_right"}},
        {[&](Draft& d) {
             drops(d);
             d.changes = {{.field = "days", .value = core::Json(7), .is_list = false, .rows = {}}};
         },
         {"step.field_not_allowed"}},
        {[&](Draft& d) {
             drops(d);
             d.changes = {
                 {.field = "deadline.review",
                  .value = core::Json(core::JsonObject{{"first_on", "2099-01-01"}}),
                  .is_list = false,
                  .rows = {}}
             };
         },
         {"step.first_date_moved"}},
        {[&](Draft& d) {
             drops(d);
             d.caused_by = journal::Cause{"trip", first, 1};
         },
         {"step.cause_missing", "step.without_right"}},
        {[&](Draft& d) {
             drops(d);
             d.signatures = {own(house.reviewer_a)};
         },
         {"step.signature_invented"}},
        {[&](Draft& d) {
             d.kind = "backfill";
             by(d, "backfill", house.office_clerk, "clerk");
             d.decision = decision.id.text();
             d.claimed_at_ms = d.recorded_at_ms;
         },
         {"step.backfill_unlawful"}}
    };
    for (const auto& [change, expected] : cases) {
        if (expected.front() == "step.cause_missing") {
            EXPECT_EQ(forged(third, change).front(), expected.front());
            continue;
        }
        EXPECT_EQ(forged(third, change), expected);
    }
}

TEST_F(VerificationTest, SignaturesThatWereNotGivenAreNamed) {
    using Draft = journal::Draft;
    const auto approves = [&](Draft& draft) {
        draft.action = "approve";
        draft.actor = house.reviewer_b;
        draft.post = house.post_of(house.reviewer_b, "reviewer");
        draft.state_after = "agreed";
        draft.signatures = {own(house.reviewer_a), own(house.reviewer_b)};
    };
    // Nobody but the actor signs in a record; and the parameter wants three by then.
    EXPECT_EQ(
        forged(third, approves),
        (Names{"step.signature_invented", "step.signature_invented", "step.signatures_missing"})
    );
    EXPECT_EQ(
        forged(
            third,
            [&](Draft& draft) {
                approves(draft);
                draft.signatures = {own(house.reviewer_b)};
            }
        ),
        Names{"step.signatures_missing"}
    );
    const auto signs = [&](Draft& draft) {
        approves(draft);
        draft.kind = "signature";
        draft.state_after = draft.state_before;
        draft.signatures = {own(house.reviewer_b)};
    };
    EXPECT_EQ(forged(third, signs), Names{});
    EXPECT_EQ(
        forged(
            third,
            [&](Draft& draft) {
                signs(draft);
                draft.actor = house.clerk;
                draft.signatures = {own(house.clerk)};
                draft.signatures[0].post = house.post_of(house.clerk, "clerk");
            }
        ),
        (Names{"step.signer_without_right", "step.signer_not_apart"})
    );
    EXPECT_EQ(
        forged(
            third,
            [&](Draft& draft) {
                signs(draft);
                draft.signatures[0].kind = "spoken";
            }
        ),
        Names{"step.kind_not_allowed"}
    );
    EXPECT_EQ(
        forged(
            third,
            [&](Draft& draft) {
                signs(draft);
                draft.signatures[0].kind = "delegated";
                draft.signatures[0].signed_for = house.reviewer_a;
            }
        ),
        Names{"step.signer_without_right"}
    );
    EXPECT_EQ(
        forged(
            third,
            [&](Draft& draft) {
                signs(draft);
                draft.signatures[0].kind = "paper";
                draft.signatures[0].recorded_by = house.reviewer_b;
            }
        ),
        Names{"step.signer_not_apart"}
    );
}

TEST_F(VerificationTest, WhatOneAdministratorChangesAloneIsNamed) {
    const auto said = [](const std::string& field, const std::string& value) {
        return journal::Change{
            .field = field, .value = core::Json(value), .is_list = false, .rows = {}
        };
    };
    const auto alone = [&](const std::string& register_name,
                           const std::string& action,
                           std::vector<journal::Change> changes) {
        std::int64_t end = 0;
        const auto found = faults_after([&](store::Transaction& tx) {
            end = house.journal.head(tx, House::kOrg).size;
            journal::Draft draft;
            draft.org = House::kOrg;
            draft.register_name = register_name;
            draft.entry = core::make_id(house.clock.now(), house.random);
            draft.action = action;
            draft.kind = "adoption";
            draft.actor = house.system_admin;
            draft.on = "2026-03-02";
            draft.state_after = "in_force";
            draft.salt_seed = std::string(32, 'a');
            draft.changes = std::move(changes);
            static_cast<void>(house.journal.append(tx, draft));
        });
        EXPECT_THAT(found, Contains(at("step.administrators_missing", end)));
    };
    const std::vector<journal::Change> adopted = {
        said("name", "trial.reviewers"), said("after", "1"), said("approved_by", house.clerk.text())
    };
    alone("parameter", "set", adopted);
    alone("pack", "adopt", adopted);
    alone("profile", "set", {said("currency", "EUR"), said("approved_by", house.clerk.text())});
    const std::string unit = house.department.text();
    alone(
        "division",
        "open",
        {said("leader", house.clerk.text()), said("unit", unit), said("starts_on", "2026-01-01")}
    );
}

}  // namespace
}  // namespace duban::registers
