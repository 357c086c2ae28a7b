// The stored form of a calendar, as data/calendars/README.md describes it.

#include <algorithm>
#include <array>

#include "calendar/calendar.h"
#include "core/json.h"
#include "core/problem.h"

namespace duban::calendar {

namespace {

constexpr std::size_t kBytesMax = 1'000'000;
constexpr std::size_t kNameBytesMax = 40;
constexpr std::size_t kListedDaysMax = 20'000;
constexpr std::array<std::string_view, 7> kMembers = {
    "name", "source", "license", "rest_weekdays", "known_years", "holidays", "makeup_workdays"
};

/// `at` is the JSON Pointer of what cannot be read.
[[noreturn]] void refuse(const std::string& at) {
    throw core::Problem{core::ProblemKind::Invalid, "calendar.malformed", {{"at", at}}};
}

const core::JsonArray& load_array(const core::Json& json, std::string_view name) {
    const core::Json* member = core::find_member(json, name);
    if (member == nullptr || !member->is_array() || member->as_array().size() > kListedDaysMax) {
        refuse("/" + std::string{name});
    }
    return member->as_array();
}

template <typename Number>
std::set<Number> read_numbers(
    const core::Json& json, std::string_view name, std::int64_t least, std::int64_t most
) {
    std::set<Number> numbers;
    for (const core::Json& item : load_array(json, name)) {
        const bool good = item.is_int64() && item.as_int64() >= least && item.as_int64() <= most &&
                          numbers.insert(static_cast<Number>(item.as_int64())).second;
        if (!good) {
            refuse("/" + std::string{name});
        }
    }
    return numbers;
}

std::set<Date> read_days(
    const core::Json& json, std::string_view name, const WorkCalendar& calendar
) {
    std::set<Date> days;
    std::size_t index = 0;
    for (const core::Json& item : load_array(json, name)) {
        const auto day =
            item.is_string() ? Date::parse(std::string_view{item.as_string()}) : std::nullopt;
        if (!day || !calendar.knows(day->year()) || !days.insert(*day).second) {
            refuse("/" + std::string{name} + "/" + std::to_string(index));
        }
        ++index;
    }
    return days;
}

core::JsonArray text_of(const std::set<Date>& days) {
    core::JsonArray texts;
    for (const Date day : days) {
        texts.emplace_back(day.text());
    }
    return texts;
}

}  // namespace

WorkCalendar parse_calendar(std::string_view json) {
    const auto read = json.size() <= kBytesMax ? core::find_json(json) : std::nullopt;
    if (!read || !read->is_object()) {
        refuse("");
    }
    for (const auto& member : read->as_object()) {
        if (std::find(kMembers.begin(), kMembers.end(), std::string_view{member.key()}) ==
            kMembers.end()) {
            refuse("/" + std::string{std::string_view{member.key()}});
        }
    }
    WorkCalendar calendar;
    const auto name = core::find_string(*read, "name");
    if (!name || name->empty() || name->size() > kNameBytesMax) {
        refuse("/name");
    }
    calendar.name = *name;
    calendar.rest_weekdays = read_numbers<unsigned>(*read, "rest_weekdays", 0, 6);
    if (calendar.rest_weekdays.size() == 7) {
        refuse("/rest_weekdays");  // no term in workdays would ever end
    }
    calendar.known_years = read_numbers<int>(*read, "known_years", 1000, 9999);
    calendar.holidays = read_days(*read, "holidays", calendar);
    calendar.makeup_workdays = read_days(*read, "makeup_workdays", calendar);
    for (const Date day : calendar.makeup_workdays) {
        if (calendar.holidays.contains(day)) {
            refuse("/makeup_workdays");
        }
    }
    return calendar;
}

std::string calendar_text(const WorkCalendar& calendar) {
    core::JsonArray weekdays;
    for (const unsigned weekday : calendar.rest_weekdays) {
        weekdays.emplace_back(static_cast<std::int64_t>(weekday));
    }
    core::JsonArray years;
    for (const int year : calendar.known_years) {
        years.emplace_back(static_cast<std::int64_t>(year));
    }
    core::JsonObject object;
    object["name"] = calendar.name;
    object["rest_weekdays"] = std::move(weekdays);
    object["known_years"] = std::move(years);
    object["holidays"] = text_of(calendar.holidays);
    object["makeup_workdays"] = text_of(calendar.makeup_workdays);
    return core::canonical_json(object);
}

std::string_view text_of(CountFrom count_from) {
    return count_from == CountFrom::SameDay ? "same_day" : "next_day";
}

std::string_view text_of(EndOnRestDay end_on_rest_day) {
    return end_on_rest_day == EndOnRestDay::Keep ? "keep" : "next_workday";
}

std::optional<CountFrom> find_count_from(std::string_view text) {
    for (const CountFrom one : {CountFrom::NextDay, CountFrom::SameDay}) {
        if (text_of(one) == text) {
            return one;
        }
    }
    return std::nullopt;
}

std::optional<EndOnRestDay> find_end_on_rest_day(std::string_view text) {
    for (const EndOnRestDay one : {EndOnRestDay::NextWorkday, EndOnRestDay::Keep}) {
        if (text_of(one) == text) {
            return one;
        }
    }
    return std::nullopt;
}

}  // namespace duban::calendar
