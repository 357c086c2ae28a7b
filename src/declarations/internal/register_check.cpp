#include <algorithm>
#include <map>

#include "declarations/internal/names.h"
#include "declarations/internal/readers.h"

namespace duban::declarations {

namespace {

/// Whether the field's values lie in a table of their own.
bool has_table(const Field& field) {
    return field.type == FieldType::Links || field.type == FieldType::Rows || field.many;
}

/// The names of the field's columns; docs/formats/declaration.md, "A field".
std::vector<std::string> columns_of(const Field& field) {
    if (has_table(field)) {
        return {};
    }
    if (field.sealed) {
        return {field.name + "_sealed"};
    }
    if (field.type == FieldType::Money) {
        return {field.name + "_minor", field.name + "_currency"};
    }
    if (field.type == FieldType::Decimal) {
        return {field.name + "_e" + std::to_string(field.scale)};
    }
    return {field.type == FieldType::Moment ? field.name + "_ms" : field.name};
}

void check_columns(const std::vector<Field>& fields, Faults& faults) {
    std::map<std::string, std::string> owners;
    for (const Field& field : fields) {
        for (const std::string& column : columns_of(field)) {
            const auto [owner, added] = owners.emplace(column, field.name);
            const bool reserved = column != field.name && is_reserved_column(column);
            if (!added || reserved) {
                faults.error(
                    field.place,
                    "field.column_clash",
                    {{"name", field.name},
                     {"column", column},
                     {"other", added ? column : owner->second}}
                );
            }
        }
        check_columns(field.rows, faults);
    }
}

void check_table_names(const Register& declared, Faults& faults) {
    for (const Field& field : declared.fields) {
        const std::string table = declared.name + "_" + field.name;
        if (has_table(field) && table.size() > kTableNameMax) {
            faults.error(
                field.place,
                "field.table_name_too_long",
                {{"table", table}, {"most", std::to_string(kTableNameMax)}}
            );
        }
    }
}

void check_title_field(const Register& declared, Faults& faults) {
    const Field* first = nullptr;
    for (const Field& field : declared.fields) {
        if (field.title_field && first != nullptr) {
            faults.error(field.place, "field.two_title_fields", {{"other", first->name}});
        }
        first = field.title_field ? &field : first;
    }
}

bool is_changed_by(const Action& action, const std::string& field) {
    const bool changes =
        std::find(action.fields.begin(), action.fields.end(), field) != action.fields.end();
    return changes || std::any_of(action.sets.begin(), action.sets.end(), [&](const SetRule& set) {
               return set.field == field;
           });
}

/// What must not be empty must be filled by someone before the entry stands: when it is opened.
void check_required(const Register& declared, Faults& faults) {
    const Action* open = declared.procedure.find_action("open");
    if (open == nullptr || open->reached_by_acts) {
        return;  // what another entry hands over is checked where it opens this one
    }
    for (const Field& field : declared.fields) {
        if (field.required && !field.initial && !is_changed_by(*open, field.name)) {
            faults.error(field.place, "field.never_filled", {{"name", field.name}});
        }
    }
}

void check_changes(const Register& declared, Faults& faults) {
    for (const Action& action : declared.procedure.actions) {
        for (const std::string& state : action.from) {
            const State* from = declared.procedure.find_state(state);
            if (from != nullptr && from->ended_otherwise && !action.to && !action.returns &&
                !action.fields.empty()) {
                faults.warn(
                    action.place,
                    "action.changes_what_ended",
                    {{"action", action.name}, {"state", state}}
                );
            }
        }
    }
}

void check_titles(const Register& declared, Faults& faults) {
    int missing = declared.title.empty() ? 1 : 0;
    for (const Field& field : declared.fields) {
        missing += field.title.empty() ? 1 : 0;
    }
    for (const State& state : declared.procedure.states) {
        missing += state.title.empty() ? 1 : 0;
    }
    for (const Action& action : declared.procedure.actions) {
        missing += action.title.empty() ? 1 : 0;
    }
    if (missing > 0) {
        faults.warn(declared.place, "title.missing", {{"count", std::to_string(missing)}});
    }
}

}  // namespace

void check_register(const Register& declared, Faults& faults) {
    check_columns(declared.fields, faults);
    check_table_names(declared, faults);
    check_title_field(declared, faults);
    check_required(declared, faults);
    check_changes(declared, faults);
    check_titles(declared, faults);
}

}  // namespace duban::declarations
