#include "exchange/sheet.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/problem.h"
#include "exchange/internal/cells.h"

namespace duban::exchange {

namespace {

using core::Problem;
using core::ProblemKind;
using declarations::Field;
using declarations::FieldType;
using declarations::Register;

/// Columns of every register; those of a claim on the past stand only in sheets that come in.
constexpr std::array<const char*, 6> kFixed = {
    "number", "unit", "state", "due_on", "claimed_on", "paper"
};
constexpr std::size_t kFixedOut = 4;

/// By name first: a title may be the name of another field.
const Field* find_field(const Register& declared, const std::string& name) {
    if (const Field* field = declared.find_field(name)) {
        return field;
    }
    const auto found = std::ranges::find_if(declared.fields, [&](const Field& field) {
        return is_called(field.title, name);
    });
    return found == declared.fields.end() ? nullptr : &*found;
}

std::string find_fixed(const SheetWords& words, const std::string& name) {
    for (const char* key : kFixed) {
        const auto found = words.columns.find(key);
        const bool called = found != words.columns.end() &&
                            std::ranges::any_of(found->second, [&](const std::string& word) {
                                return plain(word) == name;
                            });
        if (name == key || called) {
            return key;
        }
    }
    return {};
}

std::string title_of(const Register& declared, const Field& field, const std::string& language) {
    const std::string title{field.title.in(language)};
    const auto same = std::ranges::count_if(declared.fields, [&](const Field& other) {
        return other.title.in(language) == title;
    });
    return title.empty() || same > 1 ? field.name : title;
}

}  // namespace

Columns::Columns(
    const Register& declared, const std::vector<std::string>& head, const SheetWords& words
)
    : declared_{declared}, words_{words} {
    std::set<std::string> seen;
    for (const std::string& cell : head) {
        const std::string name = plain(cell);
        Column column{.field = find_field(declared, name), .key = {}};
        column.key = column.field == nullptr ? find_fixed(words, name) : column.field->name;
        if (column.key.empty()) {
            throw Problem{ProblemKind::Invalid, "csv.unknown_column", {{"column", cell}}};
        }
        if (!seen.insert(column.key).second) {
            throw Problem{ProblemKind::Invalid, "csv.column_twice", {{"column", cell}}};
        }
        const bool given = column.field == nullptr
                               ? column.key == "number" || column.key == "due_on"
                               : column.field->type == FieldType::Computed;
        if (given) {
            passed_over_.push_back(cell);
            column = {};
        }
        columns_.push_back(std::move(column));
    }
}

SheetRow Columns::read(const std::vector<std::string>& cells, const SheetNames& names) const {
    SheetRow row;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const Column& column = columns_[i];
        if (column.field != nullptr) {
            core::Json value = value_of_cell(*column.field, cells[i], words_, names, row.errors);
            if (!value.is_null()) {
                row.fields[column.field->name] = std::move(value);
            }
        } else if (!column.key.empty()) {
            read_fixed(column.key, cells[i], names, row);
        }
    }
    return row;
}

void Columns::read_fixed(
    const std::string& key, const std::string& cell, const SheetNames& names, SheetRow& row
) const {
    const std::string text = plain(cell);
    const std::string pointer = "/" + key;
    if (text.empty()) {
        return;
    }
    if (key == "unit") {
        const access::Unit* unit = find_unit(text, names, pointer, row.errors);
        row.unit = unit == nullptr ? core::Id{} : unit->id;
    } else if (key == "state") {
        for (const declarations::State& state : declared_.procedure.states) {
            if (state.name == text || is_called(state.title, text)) {
                row.state = state.name;
            }
        }
        if (row.state.empty()) {
            row.errors.push_back({pointer, "field.not_a_choice", {}, {}});
        }
    } else if (key == "claimed_on") {
        const auto date = find_date(text);
        row.claimed_on = date ? date->text() : "";
        if (!date) {
            row.errors.push_back({pointer, "field.wrong_type", {{"type", "date"}}, {}});
        }
    } else {
        row.paper = text;
    }
}

std::vector<std::string> sheet_head(const Register& declared, const SheetWords& words) {
    std::vector<std::string> head;
    for (std::size_t i = 0; i < kFixedOut; ++i) {
        const auto word = words.columns.find(kFixed[i]);
        head.push_back(word == words.columns.end() ? kFixed[i] : word->second.front());
    }
    for (const Field& field : declared.fields) {
        std::string title = title_of(declared, field, words.language);
        const bool taken = std::ranges::find(head, title) != head.end();
        head.push_back(taken ? field.name : std::move(title));
    }
    return head;
}

std::vector<std::string> sheet_cells(
    const Register& declared,
    const registers::Entry& entry,
    const SheetWords& words,
    const SheetNames& names
) {
    const access::Unit* unit = names.directory->find_unit(entry.unit);
    const declarations::State* state = declared.procedure.find_state(entry.state);
    const std::string title{state == nullptr ? "" : state->title.in(words.language)};
    std::vector<std::string> cells = {
        entry.number,
        unit == nullptr ? entry.unit.text() : unit->name,
        title.empty() ? entry.state : title,
        entry.due_on
    };
    for (const Field& field : declared.fields) {
        const core::Json* value = core::find_member(entry.fields, field.name);
        const bool shown = value != nullptr && !field.sealed && !declared.sealed;
        cells.push_back(shown ? cell_of_value(field, *value, words, names) : std::string{});
    }
    return cells;
}

}  // namespace duban::exchange
