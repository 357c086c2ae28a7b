// The tables of this room that every register shares, and their queries.

#pragma once

#include <vector>

#include "store/store.h"

namespace duban::registers::tables {

/// d_org, d_parameter, d_declaration, d_step, d_signature, d_deadline, d_counter, d_number,
/// d_backfill, d_decision, d_idempotency, d_loosening, d_follower.
[[nodiscard]] const std::vector<store::Migration>& migrations();

}  // namespace duban::registers::tables
