// Access: tables from records, and tables against records (E17).

#include <algorithm>

#include "access/access.h"
#include "access/internal/tables.h"
#include "access/recorded_directory.h"
#include "core/problem.h"

namespace duban::access {

namespace {

using RecordedRows = std::map<core::Id, RecordedDirectory::RecordedRow>;

std::string place_text(const internal::Table& table, const core::Id& id) {
    return std::string{table.name} + " " + id.text();
}

std::string cell_text(const store::Value& cell) {
    return core::json_text(internal::to_json(cell));
}

/// Each field in which a row of the table is not what its records say.
void compare_row(
    const internal::Table& table,
    const internal::StoredRow& row,
    const RecordedDirectory::RecordedRow& recorded,
    std::vector<journal::Fault>& faults
) {
    const auto add = [&](std::string_view field, const std::string& told, const std::string& is) {
        faults.push_back(
            {.position = recorded.position,
             .code = "directory.row_altered",
             .detail = place_text(table, row.id) + " " + std::string{field} + ": recorded " + told +
                       ", table " + is}
        );
    };
    if (row.revision != recorded.revision) {
        add("revision", std::to_string(recorded.revision), std::to_string(row.revision));
    }
    for (std::size_t place = 0; place < table.columns.size(); ++place) {
        if (!recorded.erased[place] && row.cells[place] != recorded.cells[place]) {
            add(table.columns[place].name,
                cell_text(recorded.cells[place]),
                cell_text(row.cells[place]));
        }
    }
}

void compare_table(
    store::Reader& reader,
    core::OrgId org,
    const internal::Table& table,
    const RecordedRows& recorded,
    std::vector<journal::Fault>& faults
) {
    std::size_t met = 0;
    std::vector<core::Id> seen;
    reader.for_each(table.load, {store::value(org)}, [&](const store::Row& read) {
        const internal::StoredRow row = internal::read_row(table, read);
        const auto found = recorded.find(row.id);
        if (found == recorded.end()) {
            faults.push_back(
                {.position = -1,
                 .code = "directory.row_unrecorded",
                 .detail = place_text(table, row.id)}
            );
            return true;
        }
        ++met;
        seen.push_back(row.id);
        compare_row(table, row, found->second, faults);
        return true;
    });
    if (met == recorded.size()) {
        return;
    }
    std::ranges::sort(seen);
    for (const auto& [id, row] : recorded) {
        if (!std::ranges::binary_search(seen, id)) {
            faults.push_back(
                {.position = row.position,
                 .code = "directory.row_missing",
                 .detail = place_text(table, id)}
            );
        }
    }
}

}  // namespace

bool Access::replay(store::Transaction& tx, const journal::Draft& record) {
    const internal::Table* const table = internal::find_table(record.register_name);
    if (table == nullptr) {
        return false;
    }
    internal::StoredRow row{
        .id = record.entry,
        .revision = record.revision,
        .cells = internal::Cells(table->columns.size())
    };
    const store::Rows found =
        tx.query(table->find, {store::value(record.org), store::value(record.entry)});
    if (!found.empty()) {
        row.cells = internal::read_row(*table, found.front()).cells;
    }
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
    }
    internal::save_row(tx, *table, record.org, row);
    return true;
}

void Access::remove_unrecorded(
    store::Transaction& tx, core::OrgId org, const RecordedDirectory& recorded
) {
    // Backwards, for rows refer to those of the tables before.
    for (std::size_t place = internal::kTables; place-- > 0;) {
        const internal::Table& table = internal::tables()[place];
        const RecordedRows& rows = recorded.rows(table.register_name);
        std::string remove =
            "delete from " + std::string{table.name} + " where org = $1 and id = $2";
        if (table.register_name == "person") {
            remove += " and not exists (select 1 from d_account where org = $1 and person = $2)";
        }
        for (const store::Row& row : tx.query(table.load, {store::value(org)})) {
            if (!rows.contains(row.id(0))) {
                tx.execute(
                    {"access.delete_unrecorded", remove},
                    {store::value(org), store::value(row.id(0))}
                );
            }
        }
    }
}

std::vector<journal::Fault> Access::compare_with_records(store::Reader& reader, core::OrgId org)
    const {
    RecordedDirectory recorded;
    journal_.for_each(reader, org, 0, [&](const journal::Record& record) {
        recorded.add(record.draft(), record.position);
        return true;
    });
    return compare_with_records(reader, org, recorded);
}

std::vector<journal::Fault> Access::compare_with_records(
    store::Reader& reader, core::OrgId org, const RecordedDirectory& recorded
) {
    std::vector<journal::Fault> faults;
    for (const internal::Table& table : internal::tables()) {
        compare_table(reader, org, table, recorded.rows(table.register_name), faults);
    }
    return faults;
}

}  // namespace duban::access
