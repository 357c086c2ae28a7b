// Backfill 补录 (P08): what was done before, on paper, recorded under a dated decision of the org
// by one person and checked by another.

#pragma once

#include "registers/internal/step.h"
#include "store/store.h"

namespace duban::registers {

/// Checks the decision, the recorder, the claimed date and the state; sets the state and keeps who
/// recorded what. Refuses with backfill.no_decision, backfill.not_recorder,
/// backfill.outside_period, backfill.state_not_allowed.
void record_backfill(store::Transaction& tx, const Context& context, Step& step);

/// The checker of the decision confirms the entry's last backfill. Refuses with
/// backfill.nothing_to_confirm, backfill.not_checker.
void confirm_backfill(store::Transaction& tx, const Context& context, Step& step);

}  // namespace duban::registers
