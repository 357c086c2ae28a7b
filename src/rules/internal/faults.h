// From a fault of a script to a fault with its place and its sentence.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/problem.h"
#include "declarations/reading.h"
#include "rules/internal/script.h"

namespace duban::rules {

/// `place` is where the rule's text begins.
[[nodiscard]] declarations::Fault fault_at(
    const ScriptFault& fault, const declarations::Place& place
);

/// Every fault code of rules with its English sentence, for locales and their test.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> sentences();

}  // namespace duban::rules
