#include "registers/adopted.h"

#include <algorithm>
#include <set>

#include "access/read_tables.h"
#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::FieldType;
using declarations::Register;

std::string joined(const std::vector<rules::Column>& columns) {
    std::string out;
    for (const rules::Column& column : columns) {
        out += out.empty() ? column.name : ", " + column.name;
    }
    return out;
}

std::string insert_text(const std::string& table, const std::vector<rules::Column>& columns) {
    std::string places;
    for (std::size_t i = 1; i <= columns.size(); ++i) {
        places += (i == 1 ? "$" : ", $") + std::to_string(i);
    }
    return "insert into " + table + " (" + joined(columns) + ") values (" + places + ")";
}

std::string update_text(const std::string& table, const std::vector<rules::Column>& columns) {
    std::string sets;
    for (std::size_t i = 2; i < columns.size(); ++i) {
        sets += (i == 2 ? "" : ", ") + columns[i].name + " = $" + std::to_string(i + 1);
    }
    return "update " + table + " set " + sets + " where org = $1 and id = $2";
}

ChildTable make_child(const Register& declared, const Field& field) {
    ChildTable child;
    child.field = &field;
    child.columns = rules::child_columns_of(field);
    child.name = rules::child_table(declared.name, field.name);
    child.insert = insert_text(child.name, child.columns);
    child.remove = "delete from " + child.name + " where org = $1 and entry = $2";
    child.select = "select " + joined(child.columns) + " from " + child.name +
                   " where org = $1 and entry = $2 order by position";
    return child;
}

Table make_table(const Register& declared) {
    Table table;
    table.declared = &declared;
    table.columns = rules::columns_of(declared);
    table.insert = insert_text(declared.name, table.columns);
    table.update = update_text(declared.name, table.columns);
    table.select_list = "select " + joined(table.columns) + " from " + declared.name;
    table.select_one = table.select_list + " where org = $1 and id = $2";
    for (const Field& field : declared.fields) {
        if (rules::has_child_table(field)) {
            table.children.push_back(make_child(declared, field));
        } else {
            table.field_places.push_back({&field, table.place(codec::first_column(field))});
        }
    }
    return table;
}

std::string definition(const std::vector<rules::Column>& columns) {
    static const std::set<std::string, std::less<>> kRequired = {
        "org",
        "id",
        "unit",
        "state",
        "revision",
        "opened_at",
        "opened_by",
        "changed_at",
        "entry",
        "position"
    };
    std::string out;
    for (const rules::Column& column : columns) {
        out += column.name + " " + column.type +
               (kRequired.contains(column.name) ? " not null" : "") + ", ";
    }
    return out;
}

std::string index_text(const std::string& table, const std::string& name, const std::string& on) {
    return "create index " + table + "_by_" + name + " on " + table + " (" + on + ")";
}

/// The column a view sorts or filters by.
std::string column_of(const Register& declared, std::string_view name) {
    const std::string_view bare = name.starts_with('-') ? name.substr(1) : name;
    if (bare == "due") {
        return "due_on";
    }
    const Field* field = declared.find_field(bare);
    return field == nullptr ? std::string{bare} : codec::first_column(*field);
}

void add_index(
    std::set<std::string>& known,
    std::vector<std::string>& out,
    const std::string& table,
    const std::string& name,
    const std::string& on
) {
    if (known.insert(on).second) {
        out.push_back(index_text(table, name, on));
    }
}

}  // namespace

std::vector<std::string> create_statements(const Register& declared) {
    const std::string& table = declared.name;
    std::vector<std::string> out;
    out.push_back(
        "create table " + table + " (" + definition(rules::columns_of(declared)) +
        "primary key (org, id))"
    );
    std::set<std::string> known;
    add_index(known, out, table, "unit_state_due", "org, unit, state, due_on, id");
    add_index(known, out, table, "state_due", "org, state, due_on, id");
    add_index(known, out, table, "due", "org, due_on, id");
    add_index(known, out, table, "opened", "org, opened_at, id");
    const auto readers = declared.readers();
    if (std::ranges::any_of(readers, [](const declarations::Role& role) {
            return role.place == declarations::RolePlace::Self;
        })) {
        add_index(known, out, table, "opener", "org, opened_by, id");
    }
    if (declared.number) {
        out.push_back("create unique index " + table + "_by_number on " + table + " (org, number)");
    }
    for (const declarations::View& view : declared.views) {
        for (const std::string& sort : view.sorts) {
            const std::string column = column_of(declared, sort);
            if (column != "number" && column != "due_on" && column != "opened_at") {
                add_index(known, out, table, column, "org, " + column + ", id");
            }
        }
    }
    for (const Field& field : declared.fields) {
        if (rules::has_child_table(field)) {
            const std::string child = rules::child_table(table, field.name);
            out.push_back(
                "create table " + child + " (" + definition(rules::child_columns_of(field)) +
                "primary key (org, entry, position))"
            );
            if (field.type == FieldType::Links) {
                out.push_back(index_text(child, "target", "org, target, entry"));
            }
        } else if (field.type == FieldType::Link || field.indexed) {
            const std::string column = codec::first_column(field);
            add_index(known, out, table, column, "org, " + column + ", id");
        }
    }
    return out;
}

std::string ChildTable::select_naming(const Table& table, const std::string& place) const {
    // A cross join is SQLite's word for "in this order": its planner would rather read all entries
    // of a unit. No field is called _naming.
    return "select " + joined(table.columns) + " from (select distinct entry as _naming from " +
           name + " where org = $1 and target = " + place + ") as list cross join " +
           table.declared->name;
}

std::size_t Table::place(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& c) {
        return c.name == column;
    });
    core::check(found != columns.end(), "a column of the register's table");
    return static_cast<std::size_t>(found - columns.begin());
}

std::size_t Table::place(const Field& field) const {
    const auto found = std::ranges::find_if(field_places, [&](const FieldPlace& one) {
        return one.field->name == field.name;
    });
    core::check(found != field_places.end(), "a field with a column in the register's table");
    return found->place;
}

const ChildTable* Table::find_child(std::string_view field) const {
    const auto found = std::find_if(children.begin(), children.end(), [&](const auto& child) {
        return child.field->name == field;
    });
    return found == children.end() ? nullptr : &*found;
}

Adopted::Adopted(
    declarations::Model model, std::map<std::string, std::string> digests, std::int64_t version
)
    : model_{std::move(model)},
      digests_{std::move(digests)},
      version_{version},
      rules_{std::make_unique<rules::Rules>(model_, readable_tables())} {
    for (const Register* declared : model_.registers()) {
        tables_.emplace(declared->name, make_table(*declared));
    }
}

std::vector<rules::ReadTable> readable_tables() {
    std::vector<rules::ReadTable> tables;
    for (const access::ReadTable& readable : access::kReadTables) {
        rules::ReadTable table{
            .name = std::string{readable.name},
            .source = std::string{readable.source},
            .columns = {}
        };
        for (const access::ReadColumn& column : readable.columns) {
            table.columns.push_back(
                {.name = std::string{column.name}, .type = std::string{column.type}}
            );
        }
        tables.push_back(std::move(table));
    }
    tables.push_back(
        {.name = "clock",
         .source = "d_deadline",
         .columns =
             {{.name = "entry", .type = "uuid"},
              {.name = "name", .type = "text"},
              {.name = "first_on", .type = "date"},
              {.name = "due_on", .type = "date"},
              {.name = "started_on", .type = "date"},
              {.name = "paused_on", .type = "date"},
              {.name = "stopped_on", .type = "date"},
              {.name = "since_on", .type = "date"},
              {.name = "ran_days", .type = "bigint"},
              {.name = "paused_days", .type = "bigint"},
              {.name = "times", .type = "bigint"}}}
    );
    return tables;
}

const Table* Adopted::find_table(std::string_view register_name) const {
    const auto found = tables_.find(register_name);
    return found == tables_.end() ? nullptr : &found->second;
}

const Table& Adopted::table(std::string_view register_name) const {
    const Table* table = find_table(register_name);
    if (table == nullptr) {
        throw core::Problem{
            core::ProblemKind::NotFound,
            "register.not_found",
            {{"register", std::string{register_name}}}
        };
    }
    return *table;
}

const std::string& Adopted::digest(std::string_view pack) const {
    const auto found = digests_.find(std::string{pack});
    core::check(found != digests_.end(), "an adopted pack has a digest");
    return found->second;
}

}  // namespace duban::registers
