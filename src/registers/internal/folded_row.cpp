#include "registers/internal/folded_row.h"

#include <algorithm>

#include "registers/decimal.h"
#include "registers/internal/codec.h"
#include "rules/columns.h"

namespace duban::registers {

namespace {

using core::Json;
using declarations::Field;
using declarations::FieldType;

std::string text_of(const Json& value) {
    return {value.get_string().data(), value.get_string().size()};
}

bool fits_scalar(const Field& field, const Json& value) {
    if (value.is_null()) {
        return true;
    }
    switch (field.type) {
        case FieldType::Integer:
        case FieldType::Moment: return value.is_int64();
        case FieldType::Decimal:
            return value.is_string() && parse_decimal(text_of(value), field.scale).has_value();
        case FieldType::Money:
            return core::find_integer(value, "minor").has_value() &&
                   core::find_string(value, "currency").has_value();
        case FieldType::Boolean: return value.is_bool();
        case FieldType::Date:
            return value.is_string() && calendar::Date::parse(text_of(value)).has_value();
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link:
        case FieldType::Links:
            return value.is_string() && core::Id::parse(text_of(value)).has_value();
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Choice:
        case FieldType::File: return value.is_string();
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    return false;
}

bool fits_row(const Field& field, const Json& row) {
    if (field.type != FieldType::Rows) {
        return !row.is_null() && fits_scalar(field, row);
    }
    return row.is_object() && std::ranges::all_of(field.rows, [&](const Field& column) {
               const Json* value = core::find_member(row, column.name);
               return value != nullptr && fits_scalar(column, *value);
           });
}

}  // namespace

bool fits_field(const Field& field, const Json& value) {
    if (!rules::has_child_table(field)) {
        return fits_scalar(field, value);
    }
    return value.is_array() && std::ranges::all_of(value.get_array(), [&](const Json& row) {
               return fits_row(field, row);
           });
}

EntryRow folded_row(
    const Table& table, core::OrgId org, const FoldedEntry& entry, std::vector<std::string>& misfits
) {
    EntryRow row{table, org, entry.id, entry.unit};
    if (!entry.number.empty()) {
        row.set_number(entry.number);
    }
    row.set_state(entry.state);
    row.set_revision(entry.revision);
    row.set_opened(entry.opened_at_ms, entry.opened_by);
    row.set_changed(entry.changed_at_ms);
    row.set_due(entry.due_on);
    for (const Field& field : table.declared->fields) {
        if (field.type == FieldType::Computed) {
            continue;
        }
        const Json value = entry.value(field);
        if (!fits_field(field, value)) {
            misfits.push_back(field.name);
        } else if (table.find_child(field.name) == nullptr) {
            row.set_scalar(field, value);
        }
    }
    return row;
}

Json computed_value(
    store::Reader& reader,
    const Registers& registers,
    core::OrgId org,
    const EntryRow& row,
    const Field& field
) {
    const rules::Scope scope{
        .org = org,
        .entry = row.id(),
        .today = {},
        .parameters = registers.profile(org)->parameters,
        .inputs = {}
    };
    return codec::from_rule(
        codec::computed_scalar(field),
        registers.adopted()->rules().evaluate(
            reader, row.table().declared->name, field.expression, scope
        )
    );
}

}  // namespace duban::registers
