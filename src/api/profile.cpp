#include "api/profile.h"

#include "core/problem.h"
#include "registers/org_profile.h"

namespace duban::api {

namespace {

using calendar::Date;
using calendar::WorkCalendar;

core::JsonObject difference(std::string_view code, core::JsonObject params) {
    return {{"code", code}, {"params", std::move(params)}};
}

/// Of a member that is one text; the counting rule in a sentence for each word of it.
core::JsonObject difference_of(
    std::string_view member, const std::string& before, const std::string& after
) {
    if (member == "count_from") {
        return difference(
            after == "next_day" ? "difference.counts_from_next_day"
                                : "difference.counts_from_same_day",
            {}
        );
    }
    if (member == "end_on_rest_day") {
        return difference(
            after == "keep" ? "difference.ends_on_rest_day" : "difference.ends_on_next_workday", {}
        );
    }
    const std::string_view code = member == "name"   ? "difference.org_named"
                                  : member == "zone" ? "difference.org_zone"
                                                     : "difference.org_currency";
    return difference(code, {{"before", before}, {"after", after}});
}

std::string listed(const std::set<unsigned>& weekdays) {
    std::string out;
    for (const unsigned weekday : weekdays) {
        out += (out.empty() ? "" : " ") + std::to_string(weekday);
    }
    return out;
}

std::set<Date> days_of(const std::set<Date>& days, int year) {
    std::set<Date> out;
    for (const Date day : days) {
        if (day.year() == year) {
            out.insert(day);
        }
    }
    return out;
}

/// The days of the year that are worked in one of the two and not in the other.
std::string changed_days(const WorkCalendar& before, const WorkCalendar& after, int year) {
    std::set<Date> named;
    for (const WorkCalendar* calendar : {&before, &after}) {
        for (const std::set<Date>* days : {&calendar->holidays, &calendar->makeup_workdays}) {
            named.merge(days_of(*days, year));
        }
    }
    std::string out;
    for (const Date day : named) {
        if (before.is_workday(day) != after.is_workday(day)) {
            out += (out.empty() ? "" : " ") + day.text();
        }
    }
    return out;
}

std::string count_text(const std::set<Date>& days, int year) {
    return std::to_string(days_of(days, year).size());
}

void add_calendar(core::JsonArray& out, const WorkCalendar& before, const WorkCalendar& after) {
    if (before.name != after.name) {
        out.push_back(difference(
            "difference.calendar_named", {{"before", before.name}, {"after", after.name}}
        ));
    }
    if (before.rest_weekdays != after.rest_weekdays) {
        out.push_back(difference(
            "difference.rest_weekdays",
            {{"before", listed(before.rest_weekdays)}, {"after", listed(after.rest_weekdays)}}
        ));
    }
    std::set<int> years = before.known_years;
    years.insert(after.known_years.begin(), after.known_years.end());
    for (const int year : years) {
        const std::string text = std::to_string(year);
        if (!after.knows(year)) {
            out.push_back(difference("difference.calendar_year_unknown", {{"year", text}}));
        } else if (!before.knows(year)) {
            out.push_back(difference(
                "difference.calendar_year_known",
                {{"year", text},
                 {"holidays", count_text(after.holidays, year)},
                 {"worked", count_text(after.makeup_workdays, year)}}
            ));
        } else if (std::string days = changed_days(before, after, year); !days.empty()) {
            out.push_back(difference(
                "difference.calendar_year_changed", {{"year", text}, {"days", std::move(days)}}
            ));
        }
    }
}

}  // namespace

access::Proposals::Draft profile_draft(
    const Services& services, core::OrgId org, const core::Json& body, const std::string& on
) {
    const core::Json* changes = core::find_member(body, "changes");
    if (changes == nullptr || !changes->is_object()) {
        throw core::Problem{
            core::ProblemKind::Invalid, "request.wrong_member", {{"member", "changes"}}
        };
    }
    const registers::OrgProfile before = *services.registers.profile(org);
    const registers::OrgProfile after = registers::changed(before, changes->get_object());
    const core::JsonObject proposed = registers::proposed_change(before, after);
    const core::JsonObject& was = proposed.at("before").as_object();
    core::JsonArray differences;
    for (const auto& member : proposed.at("after").as_object()) {
        if (member.key() == "calendar") {
            add_calendar(differences, before.calendar, after.calendar);
        } else {
            differences.push_back(difference_of(
                member.key(),
                std::string{was.at(member.key()).get_string()},
                std::string{member.value().get_string()}
            ));
        }
    }
    return {
        .kind = "profile",
        .payload = core::canonical_json(proposed),
        .difference = std::move(differences),
        .on = on
    };
}

}  // namespace duban::api
