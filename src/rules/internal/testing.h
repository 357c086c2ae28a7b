// Declarations built by hand, for the tests of this room and of its fuzz targets.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "declarations/model.h"

namespace duban::rules::testing_models {

inline declarations::Field field(std::string name, declarations::FieldType type) {
    declarations::Field made;
    made.name = std::move(name);
    made.type = type;
    return made;
}

/// The register `post` with a field of every kind and the list `post_steps`.
inline declarations::Register post_register() {
    using declarations::FieldType;
    declarations::Register declared;
    declared.name = "post";
    declared.pack = "foundation";
    declared.place = {.file = "registers/post.yaml", .line = 1, .column = 1};
    declared.fields = {
        field("person", FieldType::Person),
        field("body", FieldType::Text),
        field("paid", FieldType::Boolean),
        field("begins_on", FieldType::Date),
        field("ends_on", FieldType::Date),
        field("hours", FieldType::Integer),
        field("fee", FieldType::Money),
        field("secret", FieldType::Text),
        field("steps", FieldType::Rows),
    };
    declared.fields[7].sealed = true;
    declared.fields[8].rows = {field("due", FieldType::Date), field("points", FieldType::Integer)};
    return declared;
}

/// The pack `foundation` with `post`, a parameter of each type, and the pack `other` that does not
/// need it and keeps the register `dossier`.
inline std::vector<declarations::Pack> packs() {
    using declarations::FieldType;
    declarations::Pack foundation;
    foundation.name = "foundation";
    foundation.registers = {post_register()};
    for (const auto& [name, type, initial] :
         {std::tuple<const char*, const char*, core::Json>{"hours_max", "integer", 40},
          {"from_day", "date", "2023-01-01"},
          {"kind", "text", "board"},
          {"strict", "boolean", true}}) {
        declarations::Parameter parameter;
        parameter.name = name;
        parameter.type = type;
        parameter.initial = initial;
        foundation.parameters.push_back(parameter);
    }
    declarations::Pack other;
    other.name = "other";
    declarations::Register dossier;
    dossier.name = "dossier";
    dossier.pack = "other";
    dossier.fields = {field("note", FieldType::Text)};
    other.registers = {dossier};
    return {foundation, other};
}

/// A check of the register `post` in an action with the inputs `reason`, `day` and `amount`.
inline void add_check(declarations::Pack& pack, const std::string& that) {
    using declarations::FieldType;
    declarations::Action action;
    action.name = "approve";
    action.inputs = {
        field("reason", FieldType::Text),
        field("day", FieldType::Date),
        field("amount", FieldType::Decimal)
    };
    action.inputs[2].scale = 2;
    declarations::Check check;
    check.that = that;
    check.code = "post.refused";
    check.place = {.file = "registers/post.yaml", .line = 30, .column = 20};
    action.checks = {check};
    pack.registers[0].procedure.actions.push_back(action);
}

inline declarations::Control control(const std::string& sql) {
    declarations::Control made;
    made.name = "check";
    made.pack = "foundation";
    made.register_name = "post";
    made.sql = sql;
    made.place = {.file = "controls/check.sql", .line = 1, .column = 1};
    made.sql_place = {.file = "controls/check.sql", .line = 3, .column = 1};
    return made;
}

}  // namespace duban::rules::testing_models
