// Declared documents that a person may hand in or correct: a calendar, the payloads of proposals,
// a corrected proposal of a notice, a locale. Read or refused by a Problem, and what was read
// comes back. The first byte says which.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "access/proposals.h"
#include "api/sentences.h"
#include "calendar/calendar.h"
#include "core/check.h"
#include "core/json.h"
#include "core/problem.h"
#include "rectification/notice.h"

namespace {

using namespace duban;

void read_calendar(std::string_view input) {
    const calendar::WorkCalendar read = calendar::parse_calendar(input);
    const std::string text = calendar::calendar_text(read);
    core::check(
        calendar::calendar_text(calendar::parse_calendar(text)) == text, "a calendar comes back"
    );
    const auto start = calendar::Date::parse("2026-11-24").value();
    for (const auto unit :
         {calendar::TermUnit::Days, calendar::TermUnit::Workdays, calendar::TermUnit::Months}) {
        const calendar::Due due = calendar::due_of(start, {.amount = 20, .unit = unit}, {}, read);
        core::check(due.on >= start, "a term ends after it starts");
    }
}

void read_payloads(std::string_view input) {
    const std::string posts = access::payload_of(access::posts_of_payload(input));
    core::check(access::payload_of(access::posts_of_payload(posts)) == posts, "posts come back");
}

void read_delegations(std::string_view input) {
    const std::string text = access::payload_of(access::delegations_of_payload(input));
    core::check(
        access::payload_of(access::delegations_of_payload(text)) == text, "delegations come back"
    );
}

void read_divisions(std::string_view input) {
    const std::string text = access::payload_of(access::divisions_of_payload(input));
    core::check(
        access::payload_of(access::divisions_of_payload(text)) == text, "divisions come back"
    );
}

void read_proposal(std::string_view input) {
    const core::Json json =
        rectification::to_json(rectification::from_json(core::parse_json(input)));
    core::check(
        rectification::to_json(rectification::from_json(json)) == json, "a proposal comes back"
    );
}

void read_locale(std::string_view input) {
    api::LocaleSentences sentences;
    sentences.add("en", std::string{input});
    const core::Params params{{"number", "ZG-2026-0001"}, {"", "{"}};
    static_cast<void>(sentences.sentence("entry.stale", params, "en"));
    static_cast<void>(api::filled(input, params));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view input{reinterpret_cast<const char*>(data + 1), size - 1};
    try {
        switch (data[0]) {
            case 'c': read_calendar(input); break;
            case 'p': read_payloads(input); break;
            case 'd': read_delegations(input); break;
            case 'w': read_divisions(input); break;
            case 'n': read_proposal(input); break;
            default: read_locale(input);
        }
    } catch (const core::Problem& problem) {
        core::check(!problem.code.empty(), "a refusal has its code");
    }
    return 0;
}
