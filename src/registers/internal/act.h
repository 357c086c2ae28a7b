// The commit half of `apply`: runs in the lane, in one transaction, and may run more than once.

#pragma once

#include "registers/internal/step.h"

namespace duban::registers {

/// Carries out `request` for `context.actor`. `seed` are 32 random bytes drawn before.
Applied act(
    store::Transaction& tx, const Context& context, const Request& request, const std::string& seed
);

}  // namespace duban::registers
