#include "rules/columns.h"

#include "core/check.h"

namespace duban::rules {

namespace {

using declarations::Field;
using declarations::FieldType;

std::string_view sql_type(FieldType type) {
    switch (type) {
        case FieldType::Text:
        case FieldType::LongText:
        case FieldType::Choice:
        case FieldType::File: return "text";
        case FieldType::Integer:
        case FieldType::Decimal:
        case FieldType::Money:
        case FieldType::Moment: return "bigint";
        case FieldType::Boolean: return "boolean";
        case FieldType::Date: return "date";
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Link: return "uuid";
        case FieldType::Links:
        case FieldType::Rows:
        case FieldType::Computed: break;
    }
    core::check(false, "only a scalar field has a column type");
    return {};
}

/// The name tells the unit (E21): scaled integers, minor units, milliseconds.
std::string column_name(const Field& field, FieldType type) {
    if (type == FieldType::Decimal) {
        return field.name + "_e" + std::to_string(field.scale);
    }
    if (type == FieldType::Money) {
        return field.name + "_minor";
    }
    return type == FieldType::Moment ? field.name + "_ms" : field.name;
}

void add_columns(std::vector<Column>& columns, const Field& field, bool sealed) {
    if (has_child_table(field)) {
        return;
    }
    if (sealed || field.sealed) {
        columns.push_back({.name = field.name + "_sealed", .type = "bytea", .sealed = true});
        return;
    }
    const FieldType type = field.type == FieldType::Computed ? field.computed_type : field.type;
    columns.push_back({.name = column_name(field, type), .type = std::string{sql_type(type)}});
    if (type == FieldType::Money) {
        columns.push_back({.name = field.name + "_currency", .type = "text"});
    }
}

}  // namespace

bool has_child_table(const Field& field) {
    return field.type == FieldType::Links || field.type == FieldType::Rows ||
           (field.type == FieldType::Choice && field.many);
}

std::string child_table(std::string_view register_name, std::string_view field_name) {
    return std::string{register_name} + "_" + std::string{field_name};
}

std::vector<Column> columns_of(const Field& field) {
    std::vector<Column> columns;
    add_columns(columns, field, false);
    return columns;
}

std::vector<Column> columns_of(const declarations::Register& declared) {
    std::vector<Column> columns = {
        {.name = "org", .type = "bigint"},
        {.name = "id", .type = "uuid"},
        {.name = "unit", .type = "uuid"},
        {.name = "number", .type = "text"},
        {.name = "state", .type = "text"},
        {.name = "revision", .type = "bigint"},
        {.name = "opened_at", .type = "bigint"},
        {.name = "opened_by", .type = "uuid"},
        {.name = "changed_at", .type = "bigint"},
        {.name = "due_on", .type = "date"},
    };
    for (const Field& field : declared.fields) {
        add_columns(columns, field, false);
    }
    return columns;
}

std::vector<Column> child_columns_of(const Field& field) {
    core::check(has_child_table(field), "the field has a table of its own");
    std::vector<Column> columns = {
        {.name = "org", .type = "bigint"},
        {.name = "entry", .type = "uuid"},
        {.name = "position", .type = "bigint"},
    };
    if (field.type == FieldType::Rows) {
        for (const Field& column : field.rows) {
            add_columns(columns, column, field.sealed);
        }
        return columns;
    }
    const bool links = field.type == FieldType::Links;
    if (field.sealed) {
        columns.push_back(
            {.name = links ? "target_sealed" : "code_sealed", .type = "bytea", .sealed = true}
        );
    } else {
        columns.push_back({.name = links ? "target" : "code", .type = links ? "uuid" : "text"});
    }
    return columns;
}

}  // namespace duban::rules
