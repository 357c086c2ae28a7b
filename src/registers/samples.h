// What the samples of a pack prove of its controls: each finds what its author says it finds and
// nothing else, and a control of one entry finds the same alone as over all of them (E04).
//
//     for (const declarations::Fault& fault : sample_faults(*empty_store, model, "foundation",
//     samples)) { … }

#pragma once

#include <span>
#include <string>
#include <vector>

#include "declarations/sample.h"
#include "store/store.h"

namespace duban::registers {

/// Puts each sample into an org of its own in `store`, which is empty and of no other use, and runs
/// every control of `pack` there but the figures. Days count by their weekdays alone, parameters
/// have their defaults. Errors name a place in a sample, or a control whose two ways differ; a
/// warning names the controls that find nothing in any sample. A control that cannot be run is a
/// Problem, as of Rules::run.
[[nodiscard]] std::vector<declarations::Fault> sample_faults(
    store::Store& store,
    const declarations::Model& model,
    std::string_view pack,
    std::span<const declarations::Sample> samples
);

}  // namespace duban::registers
