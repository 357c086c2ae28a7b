#include "rules/internal/tables.h"

#include <algorithm>

#include "rules/internal/faults.h"

namespace duban::rules {

namespace {

/// Rules never name the org and never see ciphertext (E04, E05).
std::vector<Column> seen(const std::vector<Column>& columns) {
    std::vector<Column> result;
    std::ranges::copy_if(columns, std::back_inserter(result), [](const Column& column) {
        return !column.sealed && column.name != "org";
    });
    return result;
}

std::set<std::string> needs_of(const declarations::Model& model, const declarations::Pack& pack) {
    std::set<std::string> found = {pack.name};
    std::vector<std::string> open = pack.needs;
    while (!open.empty()) {
        const std::string name = open.back();
        open.pop_back();
        const declarations::Pack* needed = model.find_pack(name);
        if (needed != nullptr && found.insert(name).second) {
            open.insert(open.end(), needed->needs.begin(), needed->needs.end());
        }
    }
    return found;
}

}  // namespace

RuleTables::RuleTables(const declarations::Model& model, const std::vector<ReadTable>& built_in) {
    for (const ReadTable& table : built_in) {
        add({.name = table.name,
             .source = table.source,
             .register_name = {},
             .pack = {},
             .columns = seen(table.columns)},
            {});
    }
    for (const declarations::Pack& pack : model.packs()) {
        needs_.emplace(pack.name, needs_of(model, pack));
        for (const declarations::Register& declared : pack.registers) {
            add({.name = declared.name,
                 .source = declared.name,
                 .register_name = declared.name,
                 .pack = pack.name,
                 .sealed = declared.sealed,
                 .columns = seen(columns_of(declared))},
                declared.place);
            for (const declarations::Field& field : declared.fields) {
                if (has_child_table(field)) {
                    const std::string name = child_table(declared.name, field.name);
                    add({.name = name,
                         .source = name,
                         .register_name = declared.name,
                         .pack = pack.name,
                         .child = true,
                         .sealed = declared.sealed,
                         .columns = seen(child_columns_of(field))},
                        field.place);
                }
            }
        }
    }
}

void RuleTables::add(RuleTable table, const declarations::Place& place) {
    if (find(table.name) == nullptr && table.name != "this") {
        tables_.push_back(std::move(table));
        return;
    }
    faults_.push_back(
        fault_at({.code = "rule.table_twice", .params = {{"name", table.name}}}, place)
    );
}

const RuleTable* RuleTables::find(std::string_view name) const {
    const auto found = std::ranges::find(tables_, name, &RuleTable::name);
    return found != tables_.end() ? &*found : nullptr;
}

std::set<std::string> RuleTables::visible_to(std::string_view pack) const {
    std::set<std::string> names;
    const auto needs = needs_.find(pack);
    for (const RuleTable& table : tables_) {
        const bool near = table.pack.empty() || table.pack == pack ||
                          (needs != needs_.end() && needs->second.contains(table.pack));
        if (near && (!table.sealed || table.pack == pack)) {
            names.insert(table.name);
        }
    }
    return names;
}

std::set<std::string> RuleTables::own(std::string_view register_name) const {
    std::set<std::string> names;
    for (const RuleTable& table : tables_) {
        if (table.register_name == register_name) {
            names.insert(table.name);
        }
    }
    return names;
}

std::set<std::string> RuleTables::sources() const {
    std::set<std::string> names = {"d_day"};
    for (const RuleTable& table : tables_) {
        names.insert(table.source);
    }
    return names;
}

std::vector<const RuleTable*> RuleTables::named(
    const Script& script, const std::set<std::string>& visible
) const {
    std::vector<const RuleTable*> found;
    for (const RuleTable& table : tables_) {
        if (visible.contains(table.name) && count_named(script, table.name) > 0) {
            found.push_back(&table);
        }
    }
    return found;
}

int count_named(const Script& script, std::string_view name) {
    int count = 0;
    for (std::size_t i = 0; i < script.size(); ++i) {
        const bool dotted = script.is(i + 1, ".") || (i > 0 && script.is(i - 1, "."));
        count += !dotted && script.kind(i) == TokenKind::Word && script.is(i, name) ? 1 : 0;
    }
    return count;
}

}  // namespace duban::rules
