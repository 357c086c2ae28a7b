// The whole verification: what `duban verify` prints and GET /api/v1/verification answers. The
// registers and their records first, then the evidence that entries name (E17, E29).

#pragma once

#include "api/services.h"
#include "registers/verification.h"

namespace duban::api {

struct Verified {
    registers::Report report;
    std::int64_t files = 0;  ///< hashed again
};

/// Throws nothing that stored data or files could cause: what cannot be read is a fault.
[[nodiscard]] Verified verify(const Services& services, core::OrgId org);

}  // namespace duban::api
