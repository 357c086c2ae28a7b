// JSON Schema written short, as the page of the API writes an answer: a name for a value, `?` for
// what may be null, and behind a member's name for what may be absent.
//
//     schema_of_shape("{id: id, number: text?, state: draft|review, rows?: [row]}")
//
// Words: text id date instant hash integer boolean object any; `=word` is that word alone, `a|b`
// one of them, `a or b` one of those schemas; any other word is a named shape. The member `..`
// stands for all members of a map.

#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

namespace duban::api {

/// Whether an object may have members that the shape does not name: an answer may, later; a request
/// may not (`request.unknown_member`).
enum class Members { Open, Closed };

/// A Bug when the shape is malformed or names a shape that there is not.
[[nodiscard]] core::Json schema_of_shape(std::string_view shape, Members members = Members::Open);

/// The named shapes as `components/schemas`.
[[nodiscard]] core::JsonObject named_schemas();

/// `schema`, or null.
[[nodiscard]] core::Json or_null(core::Json schema);

}  // namespace duban::api
