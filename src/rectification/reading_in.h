// The door for whatever is read in: says what a document is, proposes, and enters what a person
// confirmed. The command, the endpoint and the demonstration all come through here.
//
//     core::Json proposal = propose_document(reading::read(bytes));   // {"kind": "feedback", …}
//     enter_document(registers, actor, proposal, {.decision = {}, .unit = unit});

#pragma once

#include <vector>

#include "rectification/feedback.h"
#include "rectification/notice.h"

namespace duban::rectification {

/// With `kind`: `feedback` where is_feedback() says so, `notice` otherwise.
/// Problem{Rejected, "file.marked_secret"} where a secrecy mark stands in its place (P14).
[[nodiscard]] core::Json propose_document(const reading::Document& document);

struct Confirming {
    core::Id decision;  ///< of backfill (P08); a notice needs it, a feedback takes none
    core::Id unit;      ///< whose entries they become; nil: the unit of the actor's post
};

/// Enters the proposal as a person confirmed or corrected it: a notice as backfill, a feedback by
/// `open`. Problem{Invalid, "notice.proposal_malformed"}; what the registers refuse.
std::vector<EnteredEntry> enter_document(
    registers::Registers& registers,
    const access::Actor& actor,
    const core::Json& proposal,
    const Confirming& confirming
);

}  // namespace duban::rectification
