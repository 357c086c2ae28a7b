// The rows of `outlets()`, by the sections of docs/formats/api.md.

#pragma once

#include <vector>

#include "api/outlets.h"

namespace duban::api::internal {

[[nodiscard]] std::vector<Outlet> session_outlets();         ///< section 3
[[nodiscard]] std::vector<Outlet> register_outlets();        ///< sections 4, 5, 12
[[nodiscard]] std::vector<Outlet> entry_outlets();           ///< sections 6 to 8
[[nodiscard]] std::vector<Outlet> finding_outlets();         ///< sections 9 to 11, 18, 19
[[nodiscard]] std::vector<Outlet> reading_outlets();         ///< section 13
[[nodiscard]] std::vector<Outlet> administration_outlets();  ///< sections 14, 15
[[nodiscard]] std::vector<Outlet> house_outlets();           ///< sections 16, 17

}  // namespace duban::api::internal
