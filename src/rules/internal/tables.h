// The tables that rules see: one per register and per list field, and the built-in ones.

#pragma once

#include <set>
#include <string>
#include <vector>

#include "declarations/model.h"
#include "declarations/reading.h"
#include "rules/internal/script.h"
#include "rules/internal/twin.h"
#include "rules/rules.h"

namespace duban::rules {

class RuleTables {
public:
    RuleTables(const declarations::Model& model, const std::vector<ReadTable>& built_in);

    [[nodiscard]] const std::vector<RuleTable>& all() const { return tables_; }
    [[nodiscard]] const RuleTable* find(std::string_view name) const;
    [[nodiscard]] const std::vector<declarations::Fault>& faults() const { return faults_; }

    /// What rules of `pack` may read: its own registers, those of the packs it needs that are not
    /// sealed, and the built-in tables.
    [[nodiscard]] std::set<std::string> visible_to(std::string_view pack) const;
    /// A computed field reads its own row and its own lists (E17).
    [[nodiscard]] std::set<std::string> own(std::string_view register_name) const;
    /// Every table as it is kept, for texts of our own making.
    [[nodiscard]] std::set<std::string> sources() const;
    /// The tables among `visible` that `script` names.
    [[nodiscard]] std::vector<const RuleTable*> named(
        const Script& script, const std::set<std::string>& visible
    ) const;

private:
    void add(RuleTable table, const declarations::Place& place);

    std::vector<RuleTable> tables_;
    std::vector<declarations::Fault> faults_;
    std::map<std::string, std::set<std::string>, std::less<>> needs_;  ///< by pack, itself included
};

/// How often `name` stands as the name of a table: not after or before a dot.
[[nodiscard]] int count_named(const Script& script, std::string_view name);

}  // namespace duban::rules
