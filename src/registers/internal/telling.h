// Records of what an org works under: adoptions and parameters. A structural change of the
// installation is written into every org's journal at that org's next write, before it (E01).

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "declarations/reading.h"
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
    std::vector<declarations::Difference> differences;  ///< from the version before
    calendar::Date on;
    std::int64_t now_ms = 0;
};

/// What an adoption means to one org: parameters it has not yet get their initial values, rounds
/// whose action changed begin again (E10), the record is appended with its differences in plain
/// words, what was loosened is kept beside it, and the org counts as told.
void record_adoption(
    store::Transaction& tx, const journal::Journal& journal, const Adopting& adopting, Drawn& drawn
);

/// The value of a parameter as kept for the org; nullopt: it has none.
[[nodiscard]] std::optional<core::Json> find_parameter(
    store::Reader& reader, core::OrgId org, const std::string& pack, const std::string& name
);
/// Keeps a value; profiles loaded before are out of date with it.
void put_parameter(
    store::Transaction& tx,
    core::OrgId org,
    const std::string& pack,
    const std::string& name,
    const core::Json& value
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
