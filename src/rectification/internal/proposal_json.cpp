#include "rectification/internal/proposal_json.h"

#include "core/problem.h"
#include "text/utf8.h"

namespace duban::rectification {

namespace {

constexpr std::string_view kFullStop = "。";

}  // namespace

void refuse_proposal() {
    throw core::Problem{core::ProblemKind::Invalid, "notice.proposal_malformed"};
}

core::JsonArray span_json(const reading::Span& span) {
    return {static_cast<std::int64_t>(span.begin), static_cast<std::int64_t>(span.end)};
}

reading::Span span_of(const core::Json& json) {
    const core::JsonArray& span = list_of(json, "span");
    if (span.size() != 2) {
        refuse_proposal();
    }
    const auto number = [&](std::size_t i) {
        if (!span[i].is_int64() || span[i].get_int64() < 0) {
            refuse_proposal();
        }
        return static_cast<std::size_t>(span[i].get_int64());
    };
    const reading::Span read{number(0), number(1)};
    if (read.end < read.begin) {
        refuse_proposal();
    }
    return read;
}

const core::JsonArray& list_of(const core::Json& json, std::string_view name) {
    const core::Json* list = core::find_member(json, name);
    if (list == nullptr || !list->is_array()) {
        refuse_proposal();
    }
    return list->get_array();
}

std::string member(const core::Json& json, std::string_view name) {
    return core::find_string(json, name).value_or("");
}

core::Json text_or_null(const std::string& text) {
    return text.empty() ? core::Json(nullptr) : core::Json(text);
}

std::string heading_of(const std::string& sentence) {
    const std::string first = sentence.substr(0, sentence.find(kFullStop));
    return std::string{text::first(first, kHeadingCharacters)};
}

std::string text_of(const std::optional<reading::Mention>& mention) {
    return mention ? mention->text : std::string{};
}

}  // namespace duban::rectification
