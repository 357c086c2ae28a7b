// Records of what an org works under: adoptions and parameters. A structural change of the
// installation is written into every org's journal at that org's next write, before it (E01).

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registers/internal/step.h"
#include "store/store.h"

namespace duban::registers {

struct Adopting {
    core::OrgId org;
    const declarations::Pack* pack = nullptr;
    std::string digest;
    std::string digest_before;
    core::Id actor;
    core::Id approved_by;
    std::vector<std::string> differences;  ///< JSON texts by language tag
    calendar::Date on;
    std::int64_t now_ms = 0;
};

/// Appends the record of an adoption and notes that the org was told; its position.
std::int64_t record_adoption(
    store::Transaction& tx, const journal::Journal& journal, const Adopting& adopting, Drawn& drawn
);

struct ParameterChange {
    core::OrgId org;
    std::string name;  ///< "pack.name"
    core::Json before;
    core::Json after;
    core::Id actor;
    core::Id approved_by;
    calendar::Date on;
    std::int64_t now_ms = 0;
};

void record_parameter(
    store::Transaction& tx,
    const journal::Journal& journal,
    const ParameterChange& change,
    Drawn& drawn
);

/// Before a write: records, once for each pack, that the org now works under the adopted digest.
/// Problem{Unavailable, "pack.changed_meanwhile"} when the request was prepared under a version
/// that is no longer in force. `seed` as in act().
void tell_org(store::Transaction& tx, const Context& context, const std::string& seed);

}  // namespace duban::registers
