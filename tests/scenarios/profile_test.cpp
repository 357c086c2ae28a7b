// What the organisation works by, changed over HTTP by two administrators; and what waited for a
// calendar.

#include <algorithm>

#include "world.h"

namespace duban::scenarios {

namespace {

constexpr const char* kProfile = "/api/v1/profile";
constexpr const char* kProposals = "/api/v1/proposals";

Call profile_change(core::JsonObject changes) {
    return {
        .method = http::Method::Post,
        .path = kProposals,
        .body = core::JsonObject{{"kind", "profile"}, {"changes", std::move(changes)}}
    };
}

Call decide_on(const Reply& proposed, const std::string& how) {
    return {
        .method = http::Method::Post,
        .path = std::string{kProposals} + "/" + proposed.id() + "/" + how,
        .body = core::JsonObject{}
    };
}

core::JsonObject calendar_of(World& house) {
    return house.get(house.unit_clerk, kProfile).body.at("calendar").as_object();
}

/// The calendar with one more year, whose first day is off.
core::JsonObject with_year(core::JsonObject calendar, std::int64_t year) {
    calendar.at("known_years").as_array().emplace_back(year);
    calendar.at("holidays").as_array().emplace_back(std::to_string(year) + "-01-01");
    return calendar;
}

std::vector<std::string> differences_of(const Reply& proposed) {
    std::vector<std::string> codes;
    for (const core::Json& difference : proposed.list("differences")) {
        codes.push_back(text_of(difference, "code"));
    }
    std::ranges::sort(codes);
    return codes;
}

std::int64_t newest_year(World& house) {
    return calendar_of(house).at("known_years").as_array().back().as_int64();
}

}  // namespace

TEST_F(Scenario, ProfileIsReadByAllAndProposedByTheSystemAdministrator) {
    const Reply profile = world().get(world().unit_clerk, kProfile);
    EXPECT_EQ(profile.status, 200);
    EXPECT_EQ(profile.text("zone"), "Asia/Shanghai");
    EXPECT_EQ(profile.text("count_from"), "next_day");
    const Call call = profile_change({{"currency", "EUR"}});
    world().refuse(world().unit_clerk, call, 403, "administration.not_system_admin");
    const core::Id& system = world().system_admin;
    world().refuse(system, profile_change({{"currency", "euro"}}), 400, "request.wrong_member");
    world().refuse(system, profile_change({{"colour", "red"}}), 400, "request.wrong_member");
    world().refuse(
        system, profile_change({{"zone", "Asia/Nowhere"}}), 400, "calendar.unknown_zone"
    );
    world().refuse(
        system,
        profile_change({{"calendar", core::JsonObject{{"name", "cn"}}}}),
        400,
        "calendar.malformed"
    );
    world().refuse(system, profile_change({{"currency", "CNY"}}), 422, "proposal.no_difference");
}

TEST_F(Scenario, ProfileSaysEachDifferenceInItsOwnWords) {
    const std::int64_t newest = newest_year(world());
    core::JsonObject calendar = with_year(calendar_of(world()), newest + 1);
    calendar.at("name") = "other";
    calendar.at("holidays").as_array().emplace_back(std::to_string(newest) + "-12-29");
    calendar.at("rest_weekdays") = core::JsonArray{core::Json(5), core::Json(6)};
    core::JsonArray& years = calendar.at("known_years").as_array();
    const std::string first = std::to_string(years.front().as_int64());
    years.erase(years.begin());
    for (const char* member : {"holidays", "makeup_workdays"}) {
        core::JsonArray kept;
        for (const core::Json& day : calendar.at(member).as_array()) {
            if (!std::string_view{day.as_string()}.starts_with(first)) {
                kept.push_back(day);
            }
        }
        calendar.at(member) = kept;
    }
    const auto propose = [&](const core::JsonObject& changes) {
        const Reply proposed = world().send(world().system_admin, profile_change(changes));
        EXPECT_EQ(proposed.status, 201) << core::json_text(proposed.body);
        EXPECT_EQ(world().send(world().system_admin, decide_on(proposed, "withdraw")).status, 200);
        return differences_of(proposed);
    };
    EXPECT_EQ(
        propose({
            {"name", "Another Bureau"},
            {"zone", "Asia/Urumqi"},
            {"currency", "EUR"},
            {"count_from", "same_day"},
            {"end_on_rest_day", "keep"},
        }),
        (std::vector<std::string>{
            "difference.counts_from_same_day",
            "difference.ends_on_rest_day",
            "difference.org_currency",
            "difference.org_named",
            "difference.org_zone"
        })
    );
    const auto codes = propose({{"calendar", calendar}});
    for (const char* code :
         {"difference.calendar_named",
          "difference.rest_weekdays",
          "difference.calendar_year_known",
          "difference.calendar_year_unknown",
          "difference.calendar_year_changed"}) {
        EXPECT_TRUE(std::ranges::find(codes, code) != codes.end()) << code;
    }
}

TEST_F(Scenario, CountingRuleGoesThereAndBack) {
    world().agree(
        {{"kind", "profile"},
         {"changes", core::JsonObject{{"count_from", "same_day"}, {"end_on_rest_day", "keep"}}}}
    );
    EXPECT_EQ(world().get(world().unit_clerk, kProfile).text("count_from"), "same_day");
    const Reply back = world().send(
        world().system_admin,
        profile_change({{"count_from", "next_day"}, {"end_on_rest_day", "next_workday"}})
    );
    EXPECT_EQ(
        differences_of(back),
        (std::vector<std::string>{
            "difference.counts_from_next_day", "difference.ends_on_next_workday"
        })
    );
    world().refuse(
        world().system_admin, decide_on(back, "approve"), 422, "administration.same_person"
    );
    EXPECT_EQ(world().send(world().security_admin, decide_on(back, "approve")).status, 200);
    EXPECT_EQ(world().get(world().unit_clerk, kProfile).text("count_from"), "next_day");
    EXPECT_EQ(world().verified().faults_total, 0);
}

TEST_F(Scenario, CalendarOfAnotherYearComesIntoForceAndNoOtherProposalUndoesIt) {
    const std::int64_t year = newest_year(world()) + 1;
    const core::JsonObject calendar = with_year(calendar_of(world()), year);
    const Reply mine = world().send(world().system_admin, profile_change({{"calendar", calendar}}));
    core::JsonObject others = calendar;
    others.at("holidays").as_array().emplace_back(std::to_string(year) + "-01-04");
    const Reply theirs = world().send(world().system_admin, profile_change({{"calendar", others}}));
    EXPECT_EQ(differences_of(mine), std::vector<std::string>{"difference.calendar_year_known"});
    EXPECT_EQ(world().send(world().security_admin, decide_on(mine, "approve")).status, 200);
    EXPECT_EQ(newest_year(world()), year);
    world().refuse(
        world().security_admin, decide_on(theirs, "approve"), 409, "profile.changed_meanwhile"
    );
    const Reply known =
        world().get(world().unit_clerk, "/api/v1/calendar", "year=" + std::to_string(year));
    EXPECT_EQ(known.list("holidays").size(), 1U);
    EXPECT_EQ(world().verified().faults_total, 0);
}

}  // namespace duban::scenarios
