#include "access/recorded_directory.h"

#include <algorithm>

#include "access/internal/tables.h"
#include "core/check.h"
#include "core/problem.h"

namespace duban::access {

namespace {

std::size_t place_of(const internal::Table& table) {
    return static_cast<std::size_t>(&table - internal::tables().data());
}

template <typename Thing>
std::vector<Thing> things_of(
    const std::map<core::Id, RecordedDirectory::RecordedRow>& rows,
    Thing (*convert)(const internal::StoredRow&)
) {
    std::vector<Thing> things;
    things.reserve(rows.size());
    for (const auto& [id, row] : rows) {
        things.push_back(convert({.id = id, .revision = row.revision, .cells = row.cells}));
    }
    return things;
}

}  // namespace

bool RecordedDirectory::add(const journal::Draft& record, std::int64_t position) {
    const internal::Table* const table = internal::find_table(record.register_name);
    if (table == nullptr) {
        return false;
    }
    RecordedRow& row = rows_.at(place_of(*table))[record.entry];
    row.cells.resize(table->columns.size());
    row.erased.resize(table->columns.size());
    row.revision = record.revision;
    row.position = position;
    for (const journal::Change& change : record.changes) {
        const auto column =
            std::ranges::find(table->columns, change.field, &internal::Column::name);
        if (column == table->columns.end() || change.is_list) {
            throw core::Problem{
                core::ProblemKind::Corrupt, "directory.malformed", {{"column", change.field}}
            };
        }
        const auto at = static_cast<std::size_t>(column - table->columns.begin());
        row.cells[at] = internal::from_json(*column, change.value);
        row.erased[at] = column->type == internal::ColumnType::Text && change.value.is_null();
    }
    directory_.reset();
    return true;
}

std::shared_ptr<const Directory> RecordedDirectory::directory() const {
    if (!directory_) {
        directory_ = std::make_shared<const Directory>(
            things_of(rows("unit"), &internal::to_unit),
            things_of(rows("person"), &internal::to_person),
            things_of(rows("post"), &internal::to_post),
            things_of(rows("delegation"), &internal::to_delegation),
            things_of(rows("division"), &internal::to_division)
        );
    }
    return directory_;
}

const std::map<core::Id, RecordedDirectory::RecordedRow>& RecordedDirectory::rows(
    std::string_view register_name
) const {
    const internal::Table* const table = internal::find_table(register_name);
    core::check(table != nullptr, "the directory has five registers");
    return rows_.at(place_of(*table));
}

}  // namespace duban::access
