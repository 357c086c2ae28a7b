// The readers of the parts of a pack, from the outside in.

#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "declarations/internal/values.h"
#include "declarations/model.h"
#include "declarations/reading.h"

namespace duban::declarations {

/// What a field may be: of an entry, a column of its rows, or an input of an action.
enum class FieldUse { Entry, Row, Input };

/// pack.yaml; nullopt only when it is no map.
[[nodiscard]] std::optional<Pack> read_pack_file(const Node& root, const Values& values);

/// One registers/*.yaml against the parameters and messages of its pack. Marks the parameters that
/// count signatures or days in `pack`.
[[nodiscard]] std::optional<Register> read_register(
    const Node& root, Pack& pack, const Values& values
);

/// A map of fields, of whichever use.
[[nodiscard]] std::vector<Field> read_fields(
    const Node& node, FieldUse use, bool sealed, const Values& values
);

/// The procedure of `declared`, whose fields have been read.
[[nodiscard]] Procedure read_procedure(
    const Node& node, const Register& declared, Pack& pack, const Values& values
);

/// What the names in a procedure may refer to.
struct Scope {
    const Register& declared;
    Pack& pack;
    std::vector<std::string_view> fields;
    std::vector<std::string_view> states;
    std::vector<std::string_view> actions;
};

[[nodiscard]] std::vector<Action> read_actions(
    const Node& node, const Scope& scope, const Values& values
);
[[nodiscard]] std::vector<Deadline> read_deadlines(
    const Node& node, const Scope& scope, const Values& values
);

/// What an action does to other entries.
void read_effects(Action& action, const MapReader& map, const Scope& scope, const Values& values);

/// A count that stands there or in a parameter of `pack`, which is marked as counting.
[[nodiscard]] Count read_count(
    const Node& node, std::int64_t most, Pack& pack, const Values& values
);

/// The views of `declared`, whose fields and states have been read.
[[nodiscard]] std::vector<View> read_views(
    const Node& node, const Register& declared, const Values& values
);

/// The sections of `declared`, whose fields have been read: no field stands in two.
[[nodiscard]] std::vector<Section> read_layout(
    const Node& node, const Register& declared, const Values& values
);

/// One controls/*.sql, named `name`.
[[nodiscard]] std::optional<Control> read_control(
    const SourceFile& file, const std::string& name, Faults& faults
);

/// Notes every name that is not among `known`; returns the others.
[[nodiscard]] std::vector<std::string> known_names(
    const std::vector<Named>& names,
    std::span<const std::string_view> known,
    std::string_view code,
    const Values& values
);

/// Faults of one register as a whole: columns that clash, fields nobody fills, states nobody
/// reaches or leaves.
void check_register(const Register& declared, Faults& faults);

}  // namespace duban::declarations
