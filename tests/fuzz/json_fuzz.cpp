// Bodies of requests: read or refused, and read again from what is written; the canonical form is
// its own (RFC 8785).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "core/json.h"
#include "core/problem.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace duban;
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto json = core::find_json(input);
    try {
        const core::Json read = core::parse_json(input);
        core::check(json == read, "both ways of reading agree");
    } catch (const core::Problem& problem) {
        core::check(!json, "both ways of reading refuse");
        core::check(
            problem.code == "json.malformed" || problem.code == "json.duplicate_member",
            "a refusal is one of two"
        );
    }
    if (json) {
        core::check(core::find_json(core::json_text(*json)) == json, "what is written is read");
        const std::string canonical = core::canonical_json(*json);
        const auto again = core::find_json(canonical);
        core::check(again && core::canonical_json(*again) == canonical, "one value has one form");
    }
    return 0;
}
