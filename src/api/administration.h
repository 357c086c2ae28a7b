// What the endpoints of administration share: rows of the directory from and to JSON.

#pragma once

#include "api/asking.h"

namespace duban::api {

/// The asker, who must be one of the three administrators: Problem{Forbidden, `code`}.
[[nodiscard]] Asker ask_administrator(
    const Services& services, const http::Request& request, const char* code
);

/// The asker as who writes the directory, without a second.
[[nodiscard]] access::Access::Author author_of(const Asker& asker);

/// `json` with the members `from` and `to`.
[[nodiscard]] core::JsonObject with_span(core::JsonObject json, const access::Span& span);

/// Each sets the value when the body has the member: null empties an id and the last day.
/// Problem{Invalid, "request.wrong_member"} or {Invalid, "request.malformed_id"} with the name.
void set_id(const core::Json& body, std::string_view name, core::Id& value);
void set_text(const core::Json& body, std::string_view name, std::string& value);
/// `from` and `to`.
void set_span(const core::Json& body, access::Span& span);
/// A row that begins today and has no last day.
[[nodiscard]] access::Span span_from_today(const Asker& asker);

/// Proposals of the kinds `post`, `delegation` and `division`: rows that are new (no id), or the
/// members sent of those there are. Problem{NotFound} "post.not_found", "delegation.not_found" or
/// "division.not_found".
[[nodiscard]] access::Proposals::Draft posts_draft(
    const Services& services, const Asker& asker, const core::Json& body
);
[[nodiscard]] access::Proposals::Draft delegations_draft(
    const Services& services, const Asker& asker, const core::Json& body
);
[[nodiscard]] access::Proposals::Draft divisions_draft(
    const Services& services, const Asker& asker, const core::Json& body
);

/// Rows as they are to be, as a proposal of their kind.
template <typename Row>
[[nodiscard]] access::Proposals::Draft rows_draft(
    const Asker& asker, std::string_view kind, const std::vector<Row>& rows
) {
    return {
        .kind = std::string{kind},
        .payload = access::payload_of(rows),
        .difference = access::difference_of(*asker.actor.directory, rows),
        .on = asker.on
    };
}

}  // namespace duban::api
