// The pack "trial": every type of field and every feature of a procedure, in two versions. The
// shipped packs use what offices need; this one uses what the language has.

#pragma once

#include <vector>

#include "declarations/reading.h"

namespace duban::history {

[[nodiscard]] std::vector<declarations::SourceFile> trial_pack();
/// With a field more and one renamed, a signature less, a state, a view and a control more.
[[nodiscard]] std::vector<declarations::SourceFile> second_trial_pack();
/// The second version without a field that holds data: refused.
[[nodiscard]] std::vector<declarations::SourceFile> losing_trial_pack();

}  // namespace duban::history
