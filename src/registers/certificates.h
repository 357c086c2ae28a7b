// The certificate of one entry: what a stranger needs to check it offline, with the declarations
// it was worked under and every loosening since it was opened (E10, docs/formats/record.md).

#pragma once

#include <string_view>

#include "core/json.h"
#include "journal/journal.h"
#include "registers/registers.h"

namespace duban::registers {

/// Signs the head first when the newest checkpoint is older than the entry's last record.
/// Problem{NotFound, "entry.not_found"} when the entry has no records. Asks for no right: the
/// caller did.
[[nodiscard]] core::Json certificate_of(
    const Registers& registers,
    const journal::Checkpoints& checkpoints,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& entry
);

}  // namespace duban::registers
