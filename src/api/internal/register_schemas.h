// What the adopted declarations say of entries and actions, as schemas.

#pragma once

#include "core/json.h"
#include "registers/adopted.h"

namespace duban::api::internal {

/// Makes `entry` one of `<register>.entry`, and adds for each register `<register>.fields` and
/// `<register>.actions.<action>`: what the action takes. `adopted` may be absent.
void add_register_schemas(core::JsonObject& schemas, const registers::Adopted* adopted);

}  // namespace duban::api::internal
