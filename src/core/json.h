// JSON: one library behind one header, and its canonical form (RFC 8785) that hashes are made of.
//
//     const core::Json body = core::parse_json(text);           // Problem{Invalid} when it is not
//     const std::string leaf = core::canonical_json(record);    // JCS

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

namespace duban::core {

using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

inline constexpr std::size_t kJsonDepthMax = 32;

/// Parses one JSON text of valid UTF-8, at most kJsonDepthMax deep, no member named twice.
/// Throws Problem{Invalid, "json.malformed"} or {Invalid, "json.duplicate_member"}.
[[nodiscard]] Json parse_json(std::string_view text);

/// As parse_json, but nullopt instead of a throw.
[[nodiscard]] std::optional<Json> find_json(std::string_view text);

/// JSON text on one line, members in their own order.
[[nodiscard]] std::string json_text(const Json& value);

/// RFC 8785 (JCS): members sorted by UTF-16 code units, shortest strings, ECMAScript numbers.
[[nodiscard]] std::string canonical_json(const Json& value);

/// The member `name` of `object`, or nullptr when `object` is none or has no such member.
[[nodiscard]] const Json* find_member(const Json& object, std::string_view name);
[[nodiscard]] const Json* find_member(const JsonObject& object, std::string_view name);
/// What it found would not outlive the call.
const Json* find_member(Json&& object, std::string_view name) = delete;
const Json* find_member(JsonObject&& object, std::string_view name) = delete;
/// The string member `name`; nullopt when absent, null or no string.
[[nodiscard]] std::optional<std::string> find_string(const Json& object, std::string_view name);
/// The integer member `name`; nullopt when absent, null or no integer.
[[nodiscard]] std::optional<std::int64_t> find_integer(const Json& object, std::string_view name);

}  // namespace duban::core
