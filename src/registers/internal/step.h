// One action on one entry on its way through the lane, and all it needs around it.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/access.h"
#include "calendar/date.h"
#include "core/json.h"
#include "journal/record.h"
#include "registers/internal/drawn.h"
#include "registers/internal/row.h"
#include "registers/registers.h"
#include "registers/request.h"

namespace duban::registers {

/// What a request brings along, drawn and resolved before the lane.
struct Context {
    core::OrgId org;
    std::shared_ptr<const Adopted> adopted;
    std::shared_ptr<const OrgProfile> profile;
    access::Actor actor;
    std::optional<access::Actor> paper_signer;  ///< with his standings on the day of the sheet
    std::int64_t now_ms = 0;
    calendar::Date today;
    const journal::Journal* journal = nullptr;
    /// Says that an entry's field names the file; Problem{Rejected, "file.not_found"}.
    ClaimFile claim_file;
};

/// Normal values by field name; lists as arrays.
using Values = std::map<std::string, core::Json>;

struct Step {
    const Table* table = nullptr;
    const declarations::Action* action = nullptr;  ///< nullptr: the implicit backfill
    std::string action_name;
    bool opens = false;
    EntryRow row;
    Values fields;
    core::JsonObject inputs;
    std::string words;
    std::optional<PaperSignature> paper;
    std::optional<Backfill> backfill;
    std::optional<access::Standing> standing;  ///< nullopt: caused by another action
    std::optional<journal::Cause> caused_by;
    std::vector<journal::Signature> signatures;  ///< those of the completed round
    std::vector<journal::Change> changes;
    bool signing_only = false;  ///< a part of a round: `set:` waits for its end
    int depth = 0;
    core::Id unit_before = {};  ///< nil: the step took no effect yet
};

/// Scope for guards and sets of this step.
[[nodiscard]] rules::Scope scope_of(const Context& context, const Step& step);

/// `fields` of a request checked against what the action may change; every fault at once:
/// Problem{Invalid, "entry.invalid_fields"} with a FieldError each.
[[nodiscard]] Values checked_fields(
    const declarations::Register& declared,
    const declarations::Action* action,
    const core::Json& given
);
/// `inputs` likewise, with the implicit ones: `to` of a return, `pause_reason` of a pause.
/// Where one of these is missing, its error tells what there is to choose from: of the states,
/// those of `earlier`.
[[nodiscard]] core::JsonObject checked_inputs(
    const declarations::Register& declared,
    const declarations::Action& action,
    const core::Json& given,
    const std::vector<std::string>& earlier
);

}  // namespace duban::registers
