#include "rectification/reading_in.h"

#include "core/problem.h"
#include "rectification/internal/proposal_json.h"

namespace duban::rectification {

core::Json propose_document(const reading::Document& document) {
    if (document.is_marked_secret()) {
        throw core::Problem{core::ProblemKind::Rejected, "file.marked_secret"};
    }
    return is_feedback(document) ? to_json(propose_feedback(document)) : to_json(propose(document));
}

std::vector<EnteredEntry> enter_document(
    registers::Registers& registers,
    const access::Actor& actor,
    const core::Json& proposal,
    const Confirming& confirming
) {
    const std::string kind = member(proposal, "kind");
    if (kind == "feedback") {
        return confirm_feedback(registers, actor, feedback_from_json(proposal), confirming.unit);
    }
    if (kind != "notice") {
        refuse_proposal();
    }
    const Proposal notice = from_json(proposal);
    return confirm(
               registers,
               actor,
               notice,
               {.decision = confirming.decision,
                .claimed_on = notice.date,
                .paper = notice.title,
                .unit = confirming.unit,
                .unit_of = {}}
    ).entries;
}

}  // namespace duban::rectification
