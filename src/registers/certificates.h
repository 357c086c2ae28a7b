// The certificate of one entry: what a stranger needs to check it offline, with the declarations
// it was worked under and every loosening since it was opened (E10, docs/formats/record.md).

#pragma once

#include <string_view>

#include "core/json.h"
#include "journal/partial_certificate.h"
#include "registers/registers.h"

namespace duban::registers {

/// With `last` as the entry stood when the record at that position was made: nothing later, under
/// the first checkpoint that covers it, so that the same bytes come out whenever it is asked for.
/// Signs the head first when the newest checkpoint is older than the entry's last record.
/// Problem{NotFound, "entry.not_found"} when the entry has no records. Asks for no right: the
/// caller did.
[[nodiscard]] core::Json certificate_of(
    const Registers& registers,
    const journal::Checkpoints& checkpoints,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& entry,
    std::int64_t last = journal::kNoLast
);

}  // namespace duban::registers
