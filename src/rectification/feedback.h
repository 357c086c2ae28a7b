// From a feedback 反馈意见 that was read to the problems a person confirms: one source finding
// 反馈问题 for each, with its words, its number in the paper and its place in the text (P05, P17).
//
//     const reading::Document document = reading::read(bytes);
//     if (is_feedback(document)) {
//         propose_feedback(document).problems.size();   // 23 for samples/feedback.txt
//     }
//
// Only what stands under a heading of problems is proposed: what the inspectors praise, advise or
// ask for is no problem, and a notice on rectification has none at all.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "core/id.h"
#include "core/json.h"
#include "reading/reading.h"
#include "rectification/notice.h"
#include "registers/registers.h"

namespace duban::rectification {

struct ProposedProblem {
    std::string own_no;  ///< its number in the paper: 17, or （二）-3 where numbers begin anew
    std::string area;    ///< the heading above it
    std::string gist;    ///< its first sentence
    std::string words;   ///< all of it, as the span has it, without the marker
    reading::Span span;
};

struct Feedback {
    core::JsonObject inspection;            ///< the fields of the entry, null where not said
    std::string text_sha256;                ///< of the text as read, hex
    std::optional<std::int64_t> stated;     ///< how many problems the paper says it has
    std::vector<ProposedProblem> problems;  ///< in the order of the text
};

/// Whether the document tells what was found, by its title: a title that speaks of rectification
/// is that of a notice, whatever else it says.
[[nodiscard]] bool is_feedback(const reading::Document& document);

/// Problems are the deepest numbered headings under a heading that names problems; where those are
/// not as many as the paper says but its 一是-statements are, these. Without a heading of problems,
/// all parts but those that praise, advise or ask. Nothing at all of what is_feedback() denies.
[[nodiscard]] Feedback propose_feedback(const reading::Document& document);

/// As a person sees and corrects it, and back. Problem{Invalid, "notice.proposal_malformed"}.
[[nodiscard]] core::Json to_json(const Feedback& feedback);
[[nodiscard]] Feedback feedback_from_json(const core::Json& json);

/// Opens the inspection and its source findings in the name of the actor, by the one path; another
/// person compares them (`compare`). The problems come in all or none; keys made of the text's
/// digest let nothing come in twice. Problem{Rejected, "feedback.empty"}.
std::vector<EnteredEntry> confirm_feedback(
    registers::Registers& registers,
    const access::Actor& actor,
    const Feedback& feedback,
    const core::Id& unit
);

}  // namespace duban::rectification
