#include "registers/internal/table_changes.h"

#include <algorithm>
#include <array>

#include "core/check.h"
#include "declarations/reading.h"
#include "registers/internal/codec.h"
#include "registers/internal/row.h"
#include "registers/internal/writing.h"
#include "rules/columns.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::find_former;
using declarations::Pack;
using declarations::Register;

constexpr std::string_view kTable = "create table ";
constexpr std::string_view kIndex = "index ";

/// Statements in the order in which they are carried out.
struct Changes {
    std::vector<std::string> drops;
    std::vector<std::string> renames;
    std::vector<std::string> additions;
};

/// The fields of `before` that `after` does not continue.
std::vector<const Field*> removed_fields(
    const std::vector<Field>& before, const std::vector<Field>& after
) {
    std::vector<const Field*> removed;
    for (const Field& field : before) {
        const bool continued = std::ranges::any_of(after, [&](const Field& one) {
            return find_former(before, one) == &field;
        });
        if (!continued) {
            removed.push_back(&field);
        }
    }
    return removed;
}

/// The word after `before` in a statement: the name of its table or index.
std::string name_after(const std::string& statement, std::string_view before) {
    const std::size_t from = statement.find(before) + before.size();
    return statement.substr(from, statement.find(' ', from) - from);
}

void rename_columns(
    Changes& changes, const std::string& table, const Field& from, const Field& to
) {
    const auto old_columns = rules::columns_of(from);
    const auto new_columns = rules::columns_of(to);
    core::check(old_columns.size() == new_columns.size(), "a renamed field keeps its type");
    for (std::size_t i = 0; i < old_columns.size(); ++i) {
        changes.renames.push_back(
            "alter table " + table + " rename column " + old_columns[i].name + " to " +
            new_columns[i].name
        );
    }
}

void drop_columns(Changes& changes, const std::string& table, const Field& field) {
    for (const rules::Column& column : rules::columns_of(field)) {
        changes.drops.push_back("alter table " + table + " drop column " + column.name);
    }
}

void add_columns(Changes& changes, const std::string& table, const Field& field) {
    for (const rules::Column& column : rules::columns_of(field)) {
        changes.additions.push_back(
            "alter table " + table + " add column " + column.name + " " + column.type
        );
    }
}

/// The columns of a Rows field.
void change_rows(Changes& changes, const Register& after, const Field& from, const Field& to) {
    for (const Field* gone : removed_fields(from.rows, to.rows)) {
        drop_columns(changes, rules::child_table(after.name, from.name), *gone);
    }
    const std::string table = rules::child_table(after.name, to.name);
    for (const Field& column : to.rows) {
        const Field* old = find_former(from.rows, column);
        if (old == nullptr) {
            add_columns(changes, table, column);
        } else if (old->name != column.name) {
            rename_columns(changes, table, *old, column);
        }
    }
}

void change_field(Changes& changes, const Register& after, const Field& from, const Field& to) {
    if (from.name != to.name && rules::has_child_table(to)) {
        changes.renames.push_back(
            "alter table " + rules::child_table(after.name, from.name) + " rename to " +
            rules::child_table(after.name, to.name)
        );
    } else if (from.name != to.name) {
        rename_columns(changes, after.name, from, to);
    }
    if (to.type == declarations::FieldType::Rows) {
        change_rows(changes, after, from, to);
    }
}

void drop_table(Changes& changes, const std::string& table) {
    changes.drops.push_back("drop table " + table);
}

/// Indexes that the new version does not have: SQLite drops no column that one still names.
void drop_indexes(
    Changes& changes, const Register& before, const std::vector<std::string>& new_statements
) {
    for (const std::string& statement : create_statements(before)) {
        if (!statement.starts_with(kTable) &&
            std::ranges::find(new_statements, statement) == new_statements.end()) {
            changes.drops.push_back("drop index if exists " + name_after(statement, kIndex));
        }
    }
}

/// Tables of new child fields and indexes of new views: what the new version creates and the old
/// one did not.
void create_rest(
    Changes& changes,
    const Register& before,
    const Register& after,
    const std::vector<std::string>& new_statements
) {
    const std::vector<std::string> old_statements = create_statements(before);
    for (std::size_t i = 1; i < new_statements.size(); ++i) {  // the first one is the main table
        const std::string& statement = new_statements[i];
        if (std::ranges::find(old_statements, statement) != old_statements.end()) {
            continue;
        }
        if (!statement.starts_with(kTable)) {
            changes.additions.push_back(std::string{statement}.insert(
                statement.find(kIndex) + kIndex.size(), "if not exists "
            ));
            continue;
        }
        const std::string name = name_after(statement, kTable);
        const bool is_new = std::ranges::any_of(after.fields, [&](const Field& field) {
            return rules::has_child_table(field) &&
                   rules::child_table(after.name, field.name) == name &&
                   find_former(before.fields, field) == nullptr;
        });
        if (is_new) {
            changes.additions.push_back(statement);
        }
    }
}

void change_register(Changes& changes, const Register& before, const Register& after) {
    core::check(before.name == after.name, "a register keeps its name");
    const std::vector<std::string> new_statements = create_statements(after);
    drop_indexes(changes, before, new_statements);
    for (const Field* gone : removed_fields(before.fields, after.fields)) {
        if (rules::has_child_table(*gone)) {
            drop_table(changes, rules::child_table(after.name, gone->name));
        } else {
            drop_columns(changes, after.name, *gone);
        }
    }
    for (const Field& field : after.fields) {
        if (const Field* old = find_former(before.fields, field)) {
            change_field(changes, after, *old, field);
        } else if (!rules::has_child_table(field)) {
            add_columns(changes, after.name, field);
        }
    }
    create_rest(changes, before, after, new_statements);
}

void drop_register(Changes& changes, const Register& gone) {
    for (const Field& field : gone.fields) {
        if (rules::has_child_table(field)) {
            drop_table(changes, rules::child_table(gone.name, field.name));
        }
    }
    drop_table(changes, gone.name);
}

bool is_searched(const Register& declared, const Field& field) {
    return field.search || &field == declared.title_field();
}

}  // namespace

std::vector<const Register*> removed_registers(const Pack& before, const Pack& after) {
    std::vector<const Register*> removed;
    for (const Register& declared : before.registers) {
        const bool continued = std::ranges::any_of(after.registers, [&](const Register& one) {
            return find_former(before, one) == &declared;
        });
        if (!continued) {
            removed.push_back(&declared);
        }
    }
    return removed;
}

std::vector<std::string> change_statements(const Pack* before, const Pack& after) {
    Changes changes;
    if (before != nullptr) {
        for (const Register* gone : removed_registers(*before, after)) {
            drop_register(changes, *gone);
        }
    }
    for (const Register& declared : after.registers) {
        const Register* old = before == nullptr ? nullptr : find_former(*before, declared);
        if (old != nullptr) {
            change_register(changes, *old, declared);
            continue;
        }
        std::ranges::move(create_statements(declared), std::back_inserter(changes.additions));
    }
    std::vector<std::string> all = std::move(changes.drops);
    std::ranges::move(changes.renames, std::back_inserter(all));
    std::ranges::move(changes.additions, std::back_inserter(all));
    return all;
}

bool computes_otherwise(const Register& before, const Register& after) {
    return std::ranges::any_of(after.fields, [&](const Field& field) {
        const Field* old = find_former(before.fields, field);
        return field.type == declarations::FieldType::Computed &&
               (old == nullptr || old->expression != field.expression);
    });
}

void compute_again(
    store::Transaction& tx, const Adopted& adopted, const std::string& register_name
) {
    const Table& table = adopted.table(register_name);
    const std::string all = "select org, id from " + register_name;
    for (const store::Row& key : tx.query({"registers.find_all", all}, {})) {
        const core::OrgId org{key.integer(0)};
        if (auto row = EntryRow::find(tx, table, org, key.id(1))) {
            const rules::Scope scope{
                .org = org, .entry = row->id(), .today = {}, .parameters = {}, .inputs = {}
            };
            compute_fields(tx, adopted.rules(), scope, *row);
        }
    }
}

void remove_side_rows(store::Transaction& tx, const std::string& register_name) {
    static constexpr std::array kQueries = {
        store::Query{"registers.remove_steps", "delete from d_step where register = $1"},
        store::Query{"registers.remove_signatures", "delete from d_signature where register = $1"},
        store::Query{"registers.remove_deadlines", "delete from d_deadline where register = $1"},
        store::Query{"registers.remove_backfills", "delete from d_backfill where register = $1"},
        store::Query{"registers.remove_counters", "delete from d_counter where register = $1"}
    };
    for (const store::Query& query : kQueries) {
        tx.execute(query, {register_name});
    }
}

bool searches_otherwise(const Pack& before, const Pack& after) {
    if (!removed_registers(before, after).empty()) {
        return true;
    }
    return std::ranges::any_of(after.registers, [&](const Register& declared) {
        const Register* old = find_former(before, declared);
        if (old == nullptr) {
            return false;
        }
        const auto searched = [](const Register& one) {
            return std::ranges::count_if(one.fields, [&](const Field& field) {
                return is_searched(one, field);
            });
        };
        return searched(*old) != searched(declared) ||
               std::ranges::any_of(declared.fields, [&](const Field& field) {
                   const Field* former = find_former(old->fields, field);
                   return is_searched(declared, field) &&
                          (former == nullptr || !is_searched(*old, *former));
               });
    });
}

void fill_defaults(store::Transaction& tx, const Register& before, const Register& after) {
    for (const Field& field : after.fields) {
        if (!field.required || !field.initial || find_former(before.fields, field) != nullptr ||
            rules::has_child_table(field)) {
            continue;
        }
        std::vector<store::Value> values(codec::width(field));
        codec::store_scalar(field, *field.initial, values, 0);
        const auto columns = rules::columns_of(field);
        std::string sets;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            sets += (i == 0 ? "" : ", ") + columns[i].name + " = $" + std::to_string(i + 1);
        }
        const std::string sql =
            "update " + after.name + " set " + sets + " where " + columns.front().name + " is null";
        tx.execute({"registers.fill_default", sql}, values);
    }
}

}  // namespace duban::registers
