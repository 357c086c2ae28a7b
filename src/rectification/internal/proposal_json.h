// The members that every proposal has in common, as JSON and back.

#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "reading/reading.h"

namespace duban::rectification {

/// What a proposal's first sentence may be long where it becomes a title.
inline constexpr std::size_t kHeadingCharacters = 120;

/// Problem{Invalid, "notice.proposal_malformed"}.
[[noreturn]] void refuse_proposal();

[[nodiscard]] core::JsonArray span_json(const reading::Span& span);
/// The member `span`: two numbers that are no less than 0, the second no less than the first.
[[nodiscard]] reading::Span span_of(const core::Json& json);
/// The array `name`.
[[nodiscard]] const core::JsonArray& list_of(const core::Json& json, std::string_view name);
/// The text `name`, empty when there is none.
[[nodiscard]] std::string member(const core::Json& json, std::string_view name);
[[nodiscard]] core::Json text_or_null(const std::string& text);
/// `sentence` up to its first full stop, at most kHeadingCharacters.
[[nodiscard]] std::string heading_of(const std::string& sentence);
[[nodiscard]] std::string text_of(const std::optional<reading::Mention>& mention);

}  // namespace duban::rectification
