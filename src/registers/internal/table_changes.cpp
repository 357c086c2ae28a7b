#include "registers/internal/table_changes.h"

#include <algorithm>

#include "core/check.h"
#include "registers/adopted.h"
#include "registers/internal/codec.h"
#include "rules/columns.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::Register;

bool continues(const Register& after, const Field& before) {
    return std::any_of(after.fields.begin(), after.fields.end(), [&](const Field& field) {
        return field.name == before.name || field.was == before.name;
    });
}

void rename_columns(
    std::vector<std::string>& out, const Register& after, const Field& from, const Field& to
) {
    if (rules::has_child_table(to)) {
        out.push_back(
            "alter table " + rules::child_table(after.name, from.name) + " rename to " +
            rules::child_table(after.name, to.name)
        );
        return;
    }
    const auto old_columns = rules::columns_of(from);
    const auto new_columns = rules::columns_of(to);
    core::check(old_columns.size() == new_columns.size(), "a renamed field keeps its type");
    for (std::size_t i = 0; i < old_columns.size(); ++i) {
        out.push_back(
            "alter table " + after.name + " rename column " + old_columns[i].name + " to " +
            new_columns[i].name
        );
    }
}

void drop_columns(std::vector<std::string>& out, const Register& after, const Field& field) {
    if (rules::has_child_table(field)) {
        out.push_back("drop table " + rules::child_table(after.name, field.name));
        return;
    }
    for (const rules::Column& column : rules::columns_of(field)) {
        out.push_back("alter table " + after.name + " drop column " + column.name);
    }
}

/// Columns that a Rows field gained; a lost one counts as lost data, like a field.
void add_row_columns(
    std::vector<std::string>& out, const Register& after, const Field& from, const Field& to
) {
    const auto known = rules::child_columns_of(from);
    for (const rules::Column& column : rules::child_columns_of(to)) {
        const bool there = std::any_of(known.begin(), known.end(), [&](const auto& c) {
            return c.name == column.name;
        });
        if (!there) {
            out.push_back(
                "alter table " + rules::child_table(after.name, to.name) + " add column " +
                column.name + " " + column.type
            );
        }
    }
}

void add_columns(std::vector<std::string>& out, const Register& after, const Field& field) {
    for (const rules::Column& column : rules::columns_of(field)) {
        out.push_back(
            "alter table " + after.name + " add column " + column.name + " " + column.type
        );
    }
}

/// Tables of new child fields and indexes of new views: what the new version creates and the old
/// one did not.
void create_rest(std::vector<std::string>& out, const Register& before, const Register& after) {
    const std::vector<std::string> old_statements = create_statements(before);
    const std::vector<std::string> new_statements = create_statements(after);
    for (std::size_t i = 1; i < new_statements.size(); ++i) {  // the first one is the main table
        const std::string& statement = new_statements[i];
        if (std::find(old_statements.begin(), old_statements.end(), statement) !=
            old_statements.end()) {
            continue;
        }
        constexpr std::string_view kTable = "create table ";
        if (statement.starts_with(kTable)) {
            const std::string name =
                statement.substr(kTable.size(), statement.find(' ', kTable.size()) - kTable.size());
            const bool is_new =
                std::any_of(after.fields.begin(), after.fields.end(), [&](const Field& f) {
                    return rules::has_child_table(f) &&
                           rules::child_table(after.name, f.name) == name &&
                           find_field_before(before, f) == nullptr;
                });
            if (is_new) {
                out.push_back(statement);
            }
            continue;
        }
        out.push_back(std::string{statement}.insert(statement.find("index ") + 6, "if not exists ")
        );
    }
}

}  // namespace

const Field* find_field_before(const Register& before, const Field& after) {
    const Field* same = before.find_field(after.name);
    return same != nullptr || after.was.empty() ? same : before.find_field(after.was);
}

const Register* find_before(const declarations::Pack* pack, const Register& after) {
    if (pack == nullptr) {
        return nullptr;
    }
    const auto by_name = [&](const std::string& name) -> const Register* {
        const auto found =
            std::find_if(pack->registers.begin(), pack->registers.end(), [&](const Register& r) {
                return r.name == name;
            });
        return found == pack->registers.end() ? nullptr : &*found;
    };
    const Register* same = by_name(after.name);
    return same != nullptr || after.was.empty() ? same : by_name(after.was);
}

std::vector<std::string> change_statements(
    const Register* before, const Register& after, const std::set<std::string>& drops
) {
    if (before == nullptr) {
        return create_statements(after);
    }
    std::vector<std::string> out;
    if (before->name != after.name) {
        out.push_back("alter table " + before->name + " rename to " + after.name);
        for (const Field& field : before->fields) {
            if (rules::has_child_table(field)) {
                out.push_back(
                    "alter table " + rules::child_table(before->name, field.name) + " rename to " +
                    rules::child_table(after.name, field.name)
                );
            }
        }
    }
    for (const Field& field : after.fields) {
        const Field* old = find_field_before(*before, field);
        if (old == nullptr) {
            if (!rules::has_child_table(field)) {
                add_columns(out, after, field);
            }
            continue;
        }
        if (old->name != field.name) {
            rename_columns(out, after, *old, field);
        }
        if (field.type == declarations::FieldType::Rows) {
            add_row_columns(out, after, *old, field);
        }
    }
    for (const Field& field : before->fields) {
        if (!continues(after, field) && drops.contains(after.name + "." + field.name)) {
            drop_columns(out, after, field);
        }
    }
    create_rest(out, *before, after);
    return out;
}

void fill_defaults(store::Transaction& tx, const Register& before, const Register& after) {
    for (const Field& field : after.fields) {
        if (!field.required || !field.initial || find_field_before(before, field) != nullptr ||
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
