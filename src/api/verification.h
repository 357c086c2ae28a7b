// The whole verification: what `duban verify` prints and GET /api/v1/verification answers. The
// registers and their records first, then the evidence that entries name (E17, E29).

#pragma once

#include <stop_token>

#include "api/services.h"
#include "api/verifications.h"

namespace duban::api {

/// Throws nothing that stored data or files could cause: what cannot be read is a fault. GivenUp
/// when it was asked to stop.
[[nodiscard]] Verified verify(const Services& services, core::OrgId org, std::stop_token stop = {});

}  // namespace duban::api
