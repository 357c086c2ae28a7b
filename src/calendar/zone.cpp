// The only place of this room that speaks to ICU.

#include <memory>
#include <string>

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "calendar/calendar.h"
#include "core/problem.h"

namespace duban::calendar {

namespace {

[[noreturn]] void refuse(std::string_view zone) {
    throw core::Problem{
        core::ProblemKind::Invalid, "calendar.unknown_zone", {{"zone", std::string{zone}}}
    };
}

/// Only names of the IANA database: ICU would also take "GMT+8", which no tzdata can correct.
std::unique_ptr<icu::TimeZone> load_zone(std::string_view zone) {
    const auto name = icu::UnicodeString::fromUTF8(
        icu::StringPiece{zone.data(), static_cast<std::int32_t>(zone.size())}
    );
    UErrorCode status = U_ZERO_ERROR;
    UBool is_system = 0;
    icu::UnicodeString canonical;
    icu::TimeZone::getCanonicalID(name, canonical, is_system, status);
    if (U_FAILURE(status) != 0 || is_system == 0) {
        refuse(zone);
    }
    std::unique_ptr<icu::TimeZone> loaded{icu::TimeZone::createTimeZone(name)};
    if (!loaded || *loaded == icu::TimeZone::getUnknown()) {
        refuse(zone);
    }
    return loaded;
}

/// The zone of this thread's last question: nearly always the next one's too, and finding it by its
/// name takes longer than all the rest of the answer.
const icu::TimeZone& zone_of(std::string_view name) {
    struct Loaded {
        std::string name;
        std::unique_ptr<icu::TimeZone> zone;
    };
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a memory, not a state
    thread_local Loaded last;
    if (!last.zone || last.name != name) {
        last = {.name = std::string{name}, .zone = load_zone(name)};
    }
    return *last.zone;
}

/// What `zone` is ahead of UTC at `ms`, which are those of UTC or, `is_local`, of the wall clock.
std::chrono::milliseconds offset_of(std::string_view zone, std::int64_t ms, UBool is_local) {
    constexpr std::size_t kZoneBytesMax = 64;
    if (zone.empty() || zone.size() > kZoneBytesMax) {
        refuse(zone.substr(0, kZoneBytesMax));
    }
    std::int32_t raw_ms = 0;
    std::int32_t saving_ms = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone_of(zone).getOffset(static_cast<UDate>(ms), is_local, raw_ms, saving_ms, status);
    if (U_FAILURE(status) != 0) {
        refuse(zone);
    }
    return std::chrono::milliseconds{raw_ms + saving_ms};
}

}  // namespace

Date civil_date(core::Instant at, std::string_view zone) {
    return {std::chrono::floor<std::chrono::days>(at + offset_of(zone, core::to_ms(at), 0))};
}

core::Instant day_start(Date day, std::string_view zone) {
    const core::Instant local{day.days.time_since_epoch()};
    return local - offset_of(zone, core::to_ms(local), 1);
}

}  // namespace duban::calendar
