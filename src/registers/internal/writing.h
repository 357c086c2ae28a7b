// The parts of taking effect: values, declared values, needs, clocks, guards and the record.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registers/internal/step.h"
#include "store/store.h"

namespace duban::registers {

/// Puts the person's values, and on opening the defaults, into the row and its lists; counts the
/// revision up and writes the row. What a link names must exist: field.no_such_entry,
/// field.no_such_person, field.no_such_unit; what a file field names must be uploaded.
void write_fields(store::Transaction& tx, const Context& context, Step& step);

/// The computed fields of `row` and its lists, as written; writes the row where it has any.
void compute_fields(
    store::Transaction& tx, const rules::Rules& rules, const rules::Scope& scope, EntryRow& row
);

/// `set:` and computed fields, on the row as written.
void apply_sets(store::Transaction& tx, const Context& context, Step& step);

/// `need:` and, outside the initial state, `required:`. Problem{Rejected, "entry.incomplete"}
/// with a FieldError field.required for each.
void refuse_missing(store::Transaction& tx, const Context& context, const Step& step);

/// Moves the entry's deadlines and writes the row with its nearest due date.
void apply_clocks(store::Transaction& tx, const Context& context, Step& step);

/// `check:` on the row as written; the pack's own code and sentence.
void refuse_by_checks(store::Transaction& tx, const Context& context, const Step& step);

/// Appends the record and notes the step; returns the record's position.
std::int64_t write_record(
    store::Transaction& tx,
    const Context& context,
    const Step& step,
    const std::string& kind,
    std::string_view state_before,
    Drawn& drawn
);

/// The entries that a link or links field of the step's entry names.
[[nodiscard]] std::vector<core::Id> linked_entries(
    store::Reader& reader, core::OrgId org, const Step& step, const declarations::Field& field
);

}  // namespace duban::registers
