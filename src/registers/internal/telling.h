// A structural change of the installation is written into every org's journal at that org's next
// write, before it (E01).

#pragma once

#include <string>

#include "registers/internal/step.h"
#include "store/store.h"

namespace duban::registers {

/// Records, once for each pack, that the org now works under the adopted digest. `seed` as in
/// act().
void tell_org(store::Transaction& tx, const Context& context, const std::string& seed);

}  // namespace duban::registers
