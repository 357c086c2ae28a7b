// Tells open screens that a register changed (docs/formats/api.md, section 11).

#pragma once

#include <cstdint>
#include <string>

#include "api/services.h"

namespace duban::api {

/// `position`: of the last record of the change.
void publish_change(
    const Services& services, const std::string& register_name, std::int64_t position
);

}  // namespace duban::api
