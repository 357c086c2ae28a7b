#include "registers/restored.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registers/internal/folding_testing.h"
#include "registers/replay.h"

namespace duban::registers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RestoredTest : public HistoryTest {
protected:
    static journal::SignedHead head(std::int64_t size, const std::string& root) {
        return {.size = size, .root = crypto::sha256(root)};
    }

    /// As the journal stands, where somebody had seen it `more` records longer.
    RestoredStore restored(std::int64_t more) {
        RestoredStore out;
        out.id = core::make_id(house.clock.now(), house.random);
        house.store->read([&](store::Reader& reader) {
            const journal::Head now = house.journal.head(reader, House::kOrg);
            out.records = now.size;
            out.root = now.root;
        });
        out.made_at = 1'764'000'000'000;
        out.compared = {
            {.source = "present", .head = head(out.records + more, "lost"), .held = more == 0},
            {.source = "given", .head = {.size = out.records, .root = out.root}, .held = true}
        };
        out.decided = more == 0 ? "" : "The disk broke; the head of the office decided.";
        out.on = "2026-11-30";
        return out;
    }

    void put(store::Transaction& tx, const RestoredStore& what) const {
        put_restored(
            tx,
            house.journal,
            House::kOrg,
            what,
            core::to_ms(house.clock.now()),
            std::string(32, 'r')
        );
    }

    /// The faults when `what` is put, without what any record brings.
    std::vector<std::string> faults_of(const RestoredStore& what) {
        return faults_after([&](store::Transaction& tx) { put(tx, what); });
    }
};

TEST_F(RestoredTest, RestoringIsARecordThatTellsWhatWasGivenUp) {
    const RestoredStore what = restored(40);
    EXPECT_EQ(what.lost(), 40);
    house.store->write(House::kOrg, [&](store::Transaction& tx) { put(tx, what); });
    EXPECT_THAT(faults(), IsEmpty());
    house.store->read([&](store::Reader& reader) {
        const auto all = restored_stores(reader, House::kOrg);
        ASSERT_THAT(all, SizeIs(1));
        EXPECT_EQ(all[0].position, what.records);
        EXPECT_EQ(all[0].root, what.root);
        EXPECT_EQ(all[0].made_at, what.made_at);
        EXPECT_EQ(all[0].decided, what.decided);
        EXPECT_EQ(all[0].lost(), 40);
        ASSERT_THAT(all[0].compared, SizeIs(2));
        EXPECT_EQ(all[0].compared[0].head, what.compared[0].head);
        EXPECT_TRUE(all[0].compared[1].held);
        const auto gives_up = [&](std::int64_t size, const std::string& root) {
            return find_giving_up(reader, House::kOrg, head(size, root)).has_value();
        };
        EXPECT_TRUE(gives_up(what.records + 40, "lost"));
        EXPECT_TRUE(gives_up(what.records + 39, "any")) << "a head on the way there";
        EXPECT_FALSE(gives_up(what.records + 40, "another"));
        EXPECT_FALSE(gives_up(what.records + 41, "any"));
        EXPECT_FALSE(gives_up(what.records, "any"));
    });
}

TEST_F(RestoredTest, ReplayGoesPastIt) {
    house.store->write(House::kOrg, [&](store::Transaction& tx) { put(tx, restored(0)); });
    EXPECT_EQ(
        restore_from_journal(*house.registers, *house.adoption, House::kOrg).records,
        house.records()
    );
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(RestoredTest, RecordThatSaysWhatIsNotSoIsNamed) {
    const auto wrong = [&](const std::function<void(RestoredStore&)>& change) {
        RestoredStore what = restored(1);
        change(what);
        return faults_of(what);
    };
    const auto named = ElementsAre("step.restored_wrong " + std::to_string(house.records()));
    EXPECT_THAT(wrong([](RestoredStore&) {}), IsEmpty());
    EXPECT_THAT(wrong([](RestoredStore& what) { what.records -= 1; }), named);
    EXPECT_THAT(wrong([](RestoredStore& what) { what.root = crypto::sha256("x"); }), named);
    const auto forged = [&](const std::function<void(journal::Draft&)>& change) {
        return faults_after([&](store::Transaction& tx) {
            put(tx, restored(1));
            // The same once more, one place on and changed.
            auto last =
                house.journal.find(tx, House::kOrg, house.journal.head(tx, House::kOrg).size - 1);
            journal::Draft draft = last->draft();
            change(draft);
            draft.salt_seed = std::string(32, 'f');
            static_cast<void>(house.journal.append(tx, draft));
        });
    };
    const auto next = ElementsAre("step.restored_wrong " + std::to_string(house.records() + 1));
    EXPECT_THAT(forged([](journal::Draft&) {}), next) << "it does not stand where it says";
    EXPECT_THAT(forged([&](journal::Draft& draft) { draft.actor = house.clerk; }), next);
    EXPECT_THAT(forged([](journal::Draft& draft) { draft.action = "forgotten"; }), next);
    EXPECT_THAT(forged([](journal::Draft& draft) { draft.changes.clear(); }), next);
}

}  // namespace
}  // namespace duban::registers
