// Days counted before there was a calendar for them, and what the calendar makes of them, checked
// by hand: 2027-01-01 is a Friday, 2026-12-21 a Monday.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registers/internal/recounting.h"
#include "registers/replay.h"
#include "registers/testing.h"
#include "registers/verification.h"

namespace duban::registers {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<declarations::SourceFile> kFiles = {
    {"pack.yaml", R"yaml(
name: trial
version: 1.0.0
roles: {clerk: {zh: 经办}, head: {zh: 负责人}, reviewer: {zh: 审核}}
parameters:
  days: {type: integer, default: 10, least: 1}
)yaml"},
    {"registers/paper.yaml", R"yaml(
register: paper
fields:
  words: {type: text, max: 40, title_field: true}
  first_due: {type: date, set_by: procedure}
read: [unit.clerk, office.head]
procedure:
  initial: filed
  states: {filed: , done: {final: true}}
  actions:
    open: {by: unit.clerk, inputs: {told: {type: date}}, set: {first_due: "input('told')"}}
    hold: {from: filed, by: unit.clerk}
    go_on: {from: filed, by: unit.clerk}
    finish: {from: filed, to: done, by: unit.clerk}
    redo: {from: done, to: filed, by: unit.clerk}
  deadlines:
    review: {starts: [open, redo], stops: finish, pauses: hold, resumes: go_on, pause_reasons: [hearing],
             term: {workdays: {param: days}}, first: first_due, holder: office.reviewer}
)yaml"},
};

class RecountTest : public ::testing::Test {
protected:
    RecountTest() {
        house.change_profile(*house.registers->profile(House::kOrg));
        house.adopt(kFiles);
        go_to("2026-12-21");
    }

    void go_to(const std::string& day) {
        const auto date = calendar::Date::parse(day);
        house.clock.set(core::from_ms(core::to_ms(date->days) + std::int64_t{3} * 3600 * 1000));
    }

    core::Id filed(core::JsonObject inputs = {}) {
        Request request;
        request.register_name = "paper";
        request.action = "open";
        request.fields = core::JsonObject{{"words", "A paper"}};
        request.inputs = std::move(inputs);
        return house.send(house.clerk, request).entry;
    }

    void act(const core::Id& id, const std::string& action) {
        house.act("paper", id, action, house.clerk);
    }

    /// first date, last day, and "?" while it is provisional
    std::string dates(const core::Id& id) {
        std::string out;
        house.store->read([&](store::Reader& reader) {
            const auto clocks = house.registers->deadlines(reader, House::kOrg, "paper", id);
            out = clocks.at(0).first_on + " " + clocks.at(0).due_on +
                  (clocks.at(0).provisional ? "?" : "");
        });
        return out;
    }

    void load_2027(
        const std::vector<std::string>& holidays, const std::vector<std::string>& worked
    ) {
        OrgProfile profile = *house.registers->profile(House::kOrg);
        profile.calendar.known_years.insert(2027);
        for (const std::string& day : holidays) {
            profile.calendar.holidays.insert(*calendar::Date::parse(day));
        }
        for (const std::string& day : worked) {
            profile.calendar.makeup_workdays.insert(*calendar::Date::parse(day));
        }
        house.change_profile(profile);
    }

    std::vector<std::string> faults() {
        std::vector<std::string> out;
        house.store->read([&](store::Reader& reader) {
            out.clear();
            for (const Fault& fault : verify(*house.registers, reader, House::kOrg).faults) {
                out.push_back(
                    fault.code + (fault.params.contains("row") ? " " + fault.params.at("table") +
                                                                     "/" + fault.params.at("row")
                                                               : "")
                );
            }
        });
        return out;
    }

    /// The records of the entry, newest last.
    std::vector<journal::Draft> history(const core::Id& id) {
        std::vector<journal::Draft> out;
        house.store->read([&](store::Reader& reader) {
            out.clear();
            for (const journal::Record& record :
                 house.journal.history(reader, House::kOrg, "paper", id)) {
                out.push_back(record.draft());
            }
        });
        return out;
    }

    House house;
};

TEST_F(RecountTest, ADayIsCountedByRestDaysUntilTheCalendarMakesItTheFirstDate) {
    const core::Id id = filed();
    // 22 Dec to 31 Dec are eight workdays, then 1 and 4 January as far as anybody knows.
    EXPECT_EQ(dates(id), "2027-01-04 2027-01-04?");
    load_2027({"2027-01-01"}, {"2027-01-03"});
    EXPECT_EQ(dates(id), "2027-01-04 2027-01-04");  // 3 January is worked for the first
    const core::Id later = filed();
    EXPECT_EQ(dates(later), "2027-01-04 2027-01-04");
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(RecountTest, TheMovedDayHasARecordOfItsOwnWhoseCauseIsTheCalendar) {
    const core::Id id = filed();
    load_2027({"2027-01-01"}, {});
    EXPECT_EQ(dates(id), "2027-01-05 2027-01-05");
    EXPECT_EQ(house.entry("paper", id).due_on, "2027-01-05");
    EXPECT_EQ(house.entry("paper", id).fields.at("first_due"), core::Json("2027-01-05"));
    const auto records = history(id);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[1].action, kRecount);
    EXPECT_EQ(records[1].revision, 2);
    EXPECT_EQ(records[1].actor, house.system_admin);
    EXPECT_EQ(records[1].caused_by->register_name, "profile");
    EXPECT_THAT(faults(), IsEmpty());
    // Nothing waits any more: another calendar moves nothing.
    load_2027({"2027-01-05"}, {});
    EXPECT_EQ(dates(id), "2027-01-05 2027-01-05");
    EXPECT_EQ(history(id).size(), 2U);
}

TEST_F(RecountTest, APauseOverAHolidayIsCountedAgainToo) {
    const core::Id id = filed();
    house.act("paper", id, "hold", house.clerk, {}, {{"pause_reason", "hearing"}});
    go_to("2027-01-04");
    act(id, "go_on");
    EXPECT_EQ(dates(id), "2027-01-04 2027-01-18?");  // ten workdays stood, as far as was known
    load_2027({"2027-01-01"}, {});
    // Ten of the term end on 5 January; nine stood still.
    EXPECT_EQ(dates(id), "2027-01-05 2027-01-18");
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(RecountTest, AFirstDateFromElsewhereStays) {
    const core::Id id = filed({{"told", "2026-12-28"}});
    EXPECT_EQ(dates(id), "2026-12-28 2027-01-04?");
    load_2027({"2027-01-01"}, {});
    EXPECT_EQ(dates(id), "2026-12-28 2027-01-05");
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(RecountTest, AFirstDateThatIsOfficialStaysWhileALaterStartStillWaits) {
    const core::Id id = filed();
    load_2027({"2027-01-01"}, {});
    go_to("2027-12-20");
    act(id, "finish");
    act(id, "redo");
    EXPECT_EQ(dates(id), "2027-01-05 2028-01-03?");
    OrgProfile profile = *house.registers->profile(House::kOrg);
    profile.calendar.known_years.insert(2028);
    profile.calendar.holidays.insert(*calendar::Date::parse("2028-01-03"));
    house.change_profile(profile);
    EXPECT_EQ(dates(id), "2027-01-05 2028-01-04");
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(RecountTest, TheTermOfTheStartCountsNotThatOfToday) {
    const core::Id id = filed();
    house.set_parameter("trial", "days", 20);
    house.registers->forget_profile(House::kOrg);
    load_2027({"2027-01-01"}, {});
    EXPECT_EQ(dates(id), "2027-01-05 2027-01-05");
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(RecountTest, MoreThanOnePortionIsCounted) {
    std::vector<core::Id> ids;
    for (int i = 0; i < 120; ++i) {
        ids.push_back(filed());
    }
    load_2027({"2027-01-01"}, {});
    for (const core::Id& id : ids) {
        EXPECT_EQ(dates(id), "2027-01-05 2027-01-05");
    }
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(RecountTest, ARestoreBringsProfileDaysAndCountedDatesBack) {
    const core::Id id = filed();
    load_2027({"2027-01-01"}, {});
    house.sql("update d_org set profile = '{}', name = 'x'");
    house.sql("delete from d_day");
    house.sql("update d_deadline set due_on = '2027-03-03'");
    house.registers->forget_profile(House::kOrg);
    EXPECT_THAT(faults(), Contains("table.field_altered d_org/x"));
    EXPECT_THAT(faults(), Contains("table.row_missing d_day/2026-01-01"));
    static_cast<void>(restore_from_journal(*house.registers, *house.adoption, House::kOrg));
    EXPECT_EQ(dates(id), "2027-01-05 2027-01-05");
    EXPECT_TRUE(house.registers->profile(House::kOrg)->calendar.knows(2027));
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(RecountTest, ADateThatTheCalendarDoesNotSayIsNamed) {
    const core::Id id = filed();
    load_2027({"2027-01-01"}, {});
    const journal::Draft honest = history(id).back();
    const auto forged = [&](const std::function<void(journal::Draft&)>& change) {
        journal::Draft draft = honest;
        draft.revision = 3;
        draft.salt_seed = std::string(32, 's');
        change(draft);
        std::vector<std::string> found;
        struct TakenBack {};
        try {
            house.store->write(House::kOrg, [&](store::Transaction& tx) {
                static_cast<void>(house.journal.append(tx, draft));
                for (const Fault& fault : verify(*house.registers, tx, House::kOrg).faults) {
                    if (fault.code.starts_with("step.")) {
                        found.push_back(fault.code);
                    }
                }
                throw TakenBack{};
            });
        } catch (const TakenBack&) {
        }
        return found;
    };
    // The day was counted already, and is no longer provisional: nothing more may move it.
    EXPECT_THAT(forged([](journal::Draft&) {}), ElementsAre("step.recount_unlawful"));
    EXPECT_THAT(
        forged([](journal::Draft& draft) { draft.caused_by->entry = draft.entry; }),
        ElementsAre("step.recount_unlawful")
    );
    EXPECT_THAT(
        forged([](journal::Draft& draft) {
            draft.changes = {
                {.field = "words", .value = core::Json("Others"), .is_list = false, .rows = {}}
            };
        }),
        ElementsAre("step.recount_unlawful")
    );
    EXPECT_THAT(
        forged([](journal::Draft& draft) { draft.state_after = "done"; }),
        ElementsAre("step.recount_unlawful")
    );
}

}  // namespace
}  // namespace duban::registers
