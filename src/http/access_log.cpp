#include "http/access_log.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/json.h"

namespace duban::http {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays{
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"
};
constexpr std::array<std::string_view, 12> kMonths{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
};

std::string padded(std::int64_t value, std::size_t width) {
    const std::string digits = std::to_string(value);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

/// An instant as a civil date and a time of day, in UTC.
struct Parts {
    explicit Parts(core::Instant at)
        : day{std::chrono::floor<std::chrono::days>(at)}, date{day}, time{at - day} {}

    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::milliseconds> time;

    [[nodiscard]] std::string clock() const {
        return padded(time.hours().count(), 2) + ':' + padded(time.minutes().count(), 2) + ':' +
               padded(time.seconds().count(), 2);
    }
};

/// A path as ASCII: what is not printable is escaped, so that a line of the log is valid JSON.
std::string printable(std::string_view path) {
    std::string out;
    for (const char c : path) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet > 0x20 && octet < 0x7F) {
            out.push_back(c);
        } else {
            constexpr std::string_view kHex = "0123456789ABCDEF";
            out.append({'%', kHex[octet >> 4U], kHex[octet & 15U]});
        }
    }
    return out;
}

}  // namespace

std::string instant_text(core::Instant at) {
    const Parts parts{at};
    return padded(static_cast<int>(parts.date.year()), 4) + '-' +
           padded(static_cast<unsigned>(parts.date.month()), 2) + '-' +
           padded(static_cast<unsigned>(parts.date.day()), 2) + 'T' + parts.clock() + '.' +
           padded(parts.time.subseconds().count(), 3) + 'Z';
}

std::string http_date(core::Instant at) {
    const Parts parts{at};
    const auto weekday = std::chrono::weekday{parts.day}.c_encoding();
    const auto month = static_cast<unsigned>(parts.date.month()) - 1;
    std::string out{kWeekdays.at(weekday)};
    out.append(", ").append(padded(static_cast<unsigned>(parts.date.day()), 2)).append(" ");
    out.append(kMonths.at(month)).append(" ");
    out.append(padded(static_cast<int>(parts.date.year()), 4)).append(" ");
    return out + parts.clock() + " GMT";
}

std::string access_line(const AccessRecord& record) {
    core::JsonObject line;
    line["time"] = instant_text(record.at);
    line["request"] = record.request_id;
    line["client"] = record.client_address;
    line["method"] = record.method;
    line["path"] = printable(record.path);
    line["route"] = record.route;
    line["status"] = record.status;
    line["bytes"] = record.bytes;
    line["ms"] = static_cast<double>(record.took.count()) / 1000.0;
    if (!record.failure.empty()) {
        line["failure"] = record.failure;
    }
    return core::json_text(line);
}

}  // namespace duban::http
