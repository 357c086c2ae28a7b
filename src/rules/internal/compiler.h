// Compiles every rule of a model: lexed, checked, compiled on the twin, scoped.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "rules/internal/scoped.h"
#include "rules/internal/tables.h"
#include "rules/internal/twin.h"
#include "rules/internal/typed.h"
#include "rules/rules.h"

namespace duban::rules {

/// One rule ready to run. The texts must not move: prepared statements refer to them.
struct Compiled {
    std::string name = {};  ///< in logs and metrics
    Statement whole = {};
    Statement entry = {};                  ///< of a control with scope entry, bound to one entry
    std::string type = {};                 ///< SQL type of an expression's value
    std::vector<TwinColumn> columns = {};  ///< of a control's result
};

using Expressions = std::map<std::string, Compiled, std::less<>>;

/// Everything that a set of rules needs at run time.
struct CompiledRules {
    std::map<std::string, Expressions, std::less<>> expressions = {};  ///< by register
    std::map<std::string, Compiled, std::less<>> controls = {};        ///< by "pack.name"
    std::map<std::string, core::Json> parameters = {};  ///< initial values by "pack.name"
    std::vector<declarations::Fault> faults = {};
};

[[nodiscard]] CompiledRules compile_rules(
    const declarations::Model& model, const std::vector<ReadTable>& built_in
);

}  // namespace duban::rules
