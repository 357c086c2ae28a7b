// The foreign text of a request, byte by byte hostile: targets, queries, cookies, ranges and
// languages are read without a fault of ours, and what is read is what was written.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "http/router.h"
#include "http/target.h"

namespace {

using namespace duban;

void read_target(std::string_view input) {
    const auto target = http::parse_target(input);
    if (!target) {
        return;
    }
    core::check(target->path.starts_with('/'), "a path begins with a slash");
    core::check(
        target->query.parameters().size() <= http::kQueryParametersMax, "a query has a bound"
    );
    const auto segments = http::split_path(target->path);
    if (!segments) {
        return;
    }
    http::Router router;
    const auto nothing = [](const http::Request&, const http::PathParams&) {
        return http::empty_response();
    };
    router.add(http::Method::Get, "/a/{b}/c", nothing);
    router.add(http::Method::Get, "/a/{rest...}", nothing);
    const http::RouteMatch match = router.match(http::Method::Get, *segments);
    core::check(
        match.route == nullptr || segments->front() == "a", "a pattern matches its own literal"
    );
    for (const std::string& segment : *segments) {
        const bool is_plain =
            segment != "." && segment != ".." && segment.find_first_of("/\\") == std::string::npos;
        core::check(is_plain, "no segment leads elsewhere");
        core::check(
            http::percent_decode(http::percent_encode(segment)) == segment, "a segment comes back"
        );
    }
}

void read_range(std::string_view input, std::uint64_t size) {
    const http::RangeRequest asked = http::parse_range(input, size);
    core::check(asked.is_satisfiable || !asked.range, "a range that cannot be met is none");
    if (asked.range) {
        const bool is_inside = asked.range->begin < asked.range->end && asked.range->end <= size;
        core::check(is_inside, "a range lies in its file and is not empty");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    read_target(input);
    (void)http::percent_decode(input);
    (void)http::Query::parse(input);
    const std::size_t half = size / 2;
    (void)http::find_cookie(input.substr(half), input.substr(0, half));
    (void)http::find_cookie(input, "a");
    for (const std::uint64_t bytes : {0UL, 1UL, 1000UL, ~0UL}) {
        read_range(input, bytes);
    }
    const std::string language = http::choose_language(input, {"zh", "en", "zh-Hant"});
    core::check(!language.empty(), "a language is always chosen");
    return 0;
}
