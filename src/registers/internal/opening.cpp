#include "registers/internal/opening.h"

#include "core/check.h"
#include "core/problem.h"
#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

using core::Json;
using core::Problem;
using core::ProblemKind;
using declarations::Field;
using declarations::FieldType;

/// The input that `input('x')` names; nullopt when `source` is something else.
std::optional<Json> input_value(const Step& step, const std::string& source) {
    constexpr std::string_view kInput = "input('";
    if (!source.starts_with(kInput)) {
        return std::nullopt;
    }
    const std::string name = source.substr(kInput.size(), source.size() - kInput.size() - 2);
    const Json* value = core::find_member(step.inputs, name);
    return value == nullptr ? Json(nullptr) : *value;
}

/// A field as it stands after the step: what the person sent, else what the row holds.
Json field_value(store::Reader& reader, core::OrgId org, const Step& step, const Field& field) {
    const ChildTable* child = step.table->find_child(field.name);
    return child == nullptr ? step.row.scalar(field)
                            : Json(load_list(reader, *child, org, step.row.id()));
}

/// Where the values of one opened entry come from.
class Sources {
public:
    Sources(store::Reader& reader, core::OrgId org, const Step& step, const Json* row)
        : reader_{reader}, org_{org}, step_{step}, row_{row} {}

    [[nodiscard]] Json value(const std::string& source) const {
        constexpr std::string_view kRow = "row.";
        if (source == "id") {
            return Json(step_.row.id().text());
        }
        if (source == "unit") {
            return Json(step_.row.unit().text());
        }
        if (source == "number") {
            return step_.row.number().empty() ? Json(nullptr) : Json(step_.row.number());
        }
        if (row_ != nullptr && source.starts_with(kRow)) {
            const Json* column = core::find_member(*row_, source.substr(kRow.size()));
            return column == nullptr ? Json(nullptr) : *column;
        }
        if (const auto input = input_value(step_, source)) {
            return *input;
        }
        const Field* field = step_.table->declared->find_field(source);
        core::check(field != nullptr, "opens: set names a field of its register");
        return field_value(reader_, org_, step_, *field);
    }

private:
    store::Reader& reader_;
    core::OrgId org_;
    const Step& step_;
    const Json* row_;
};

core::Id unit_of(const Json& value) {
    const auto id =
        value.is_string() ? core::Id::parse(std::string{value.get_string()}) : std::nullopt;
    if (!id) {
        throw Problem{ProblemKind::Rejected, "unit.not_found"};
    }
    return *id;
}

Opening opening_of(
    const Step& step, const declarations::Opens& opens, const Table& opened, const Sources& sources
) {
    Opening opening{.unit = step.row.unit(), .fields = {}};
    std::vector<core::FieldError> errors;
    for (const auto& [name, source] : opens.set) {
        Json value = sources.value(source);
        if (name == "unit") {
            opening.unit = unit_of(value);
            continue;
        }
        const Field* field = opened.declared->find_field(name);
        core::check(field != nullptr, "opens: set fills a declared field");
        if (field->type == FieldType::Links && value.is_string()) {
            value = core::JsonArray{value};
        }
        opening.fields[name] = codec::normalised(*field, value, "/fields/" + name, errors);
    }
    if (!errors.empty()) {
        Problem problem{ProblemKind::Invalid, "entry.invalid_fields"};
        problem.errors = std::move(errors);
        throw problem;
    }
    return opening;
}

}  // namespace

std::vector<Opening> openings(
    store::Reader& reader,
    core::OrgId org,
    const Step& step,
    const declarations::Opens& opens,
    const Table& opened
) {
    std::vector<Opening> all;
    if (opens.each.empty()) {
        all.push_back(opening_of(step, opens, opened, Sources{reader, org, step, nullptr}));
        return all;
    }
    const Field* list = step.table->declared->find_field(opens.each);
    core::check(list != nullptr, "opens: each names a list of its register");
    const Json rows = field_value(reader, org, step, *list);
    for (const Json& row : rows.get_array()) {
        all.push_back(opening_of(step, opens, opened, Sources{reader, org, step, &row}));
    }
    return all;
}

std::optional<core::Id> unit_moved_to(const Step& step) {
    const std::string& source = step.action->moves_to;
    if (source.empty()) {
        return std::nullopt;
    }
    if (const auto input = input_value(step, source)) {
        return unit_of(*input);
    }
    if (const auto sent = step.fields.find(source); sent != step.fields.end()) {
        return unit_of(sent->second);
    }
    const Field* field = step.table->declared->find_field(source);
    core::check(field != nullptr, "unit: names a field of its register");
    return unit_of(step.row.scalar(*field));
}

bool is_typed_elsewhere(
    const declarations::Register& declared, const declarations::Action& action
) {
    return !declared.home.here && (action.name == "open" || !action.fields.empty());
}

}  // namespace duban::registers
