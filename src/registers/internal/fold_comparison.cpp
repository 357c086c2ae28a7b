#include "registers/internal/fold_comparison.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/problem.h"
#include "registers/internal/codec.h"
#include "registers/internal/folded_row.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::FieldType;
using Cells = std::vector<std::string>;

constexpr std::size_t kComparedAtOnce = 256;

core::Id last_id() {
    core::Id id;
    id.octets.fill(0xFF);
    return id;
}

Cells cells_of(const SideRow& row) {
    Cells cells;
    cells.reserve(row.size());
    for (const store::Value& value : row) {
        cells.push_back(cell_text(value));
    }
    return cells;
}

/// Rows told and rows kept of one side table: what is equal falls away, the rest pairs up by key.
class SideComparison {
public:
    SideComparison(const SideTable& table, Report& report) : table_{table}, report_{report} {}

    /// Columns that nothing can be said about here.
    std::set<std::string_view> unknown = {};
    /// What the first column of the key is shown as; empty: as it is.
    std::map<std::string, std::string> names = {};

    void compare(const std::vector<SideRow>& told, const std::vector<SideRow>& kept) {
        std::multimap<Cells, Cells> open;
        for (const SideRow& row : told) {
            const Cells cells = comparable(row);
            open.emplace(key_of(cells), cells);
        }
        std::vector<Cells> rest;
        for (const SideRow& row : kept) {
            Cells cells = comparable(row);
            const auto [first, last] = open.equal_range(key_of(cells));
            const auto same =
                std::find_if(first, last, [&](const auto& o) { return o.second == cells; });
            if (same == last) {
                rest.push_back(std::move(cells));
            } else {
                open.erase(same);
            }
        }
        for (const Cells& cells : rest) {
            const auto other = open.find(key_of(cells));
            if (other == open.end()) {
                add("table.row_unrecorded", cells, table_.columns[0]);
                continue;
            }
            name_columns(other->second, cells);
            open.erase(other);
        }
        for (const auto& [key, cells] : open) {
            add("table.row_missing", cells, table_.columns[0]);
        }
    }

private:
    [[nodiscard]] Cells comparable(const SideRow& row) const {
        Cells cells = cells_of(row);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool is_free =
                std::ranges::find(table_.free, table_.columns[i]) != table_.free.end();
            if (is_free || unknown.contains(table_.columns[i])) {
                cells[i].clear();
            }
        }
        return cells;
    }

    [[nodiscard]] Cells key_of(const Cells& cells) const {
        return {cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(table_.key)};
    }

    void name_columns(const Cells& told, const Cells& kept) {
        for (std::size_t i = table_.key; i < told.size(); ++i) {
            if (told[i] != kept[i]) {
                add("table.field_altered", kept, table_.columns[i]);
            }
        }
    }

    void add(const char* code, const Cells& cells, std::string_view column) {
        const auto name = names.find(cells[0]);
        std::string row = name == names.end() ? cells[0] : name->second;
        for (std::size_t i = 1; i < table_.key; ++i) {
            row += "/" + cells[i];
        }
        report_.add(
            code,
            {{"table", std::string{table_.name}}, {"row", row}, {"field", std::string{column}}}
        );
    }

    const SideTable& table_;
    Report& report_;
};

/// One register's entries against its tables.
class RegisterComparison {
public:
    RegisterComparison(
        const Registers& registers,
        store::Reader& reader,
        core::OrgId org,
        const FoldedLineage& lineage,
        Report& report
    )
        : registers_{registers},
          reader_{reader},
          org_{org},
          lineage_{lineage},
          in_force_{registers.adopted()},
          table_{in_force_->table(lineage.declared().name)},
          report_{report} {}

    void compare(FoldedEntries entries, Counters& counted) {
        core::Id from;
        for (bool more = true; more;) {
            const std::vector<FoldedEntry> portion = entries.next(reader_, kComparedAtOnce);
            more = portion.size() == kComparedAtOnce;
            const core::Id to = more ? portion.back().id : last_id();
            compare_portion(portion, from, to, counted);
            from = to;
        }
    }

private:
    void compare_portion(
        const std::vector<FoldedEntry>& portion,
        const core::Id& from,
        const core::Id& to,
        Counters& counted
    ) {
        const std::string sql =
            table_.select_list + " where org = $1 and id > $2 and id <= $3 order by id";
        const std::vector<store::Value> range = {
            store::value(org_), store::value(from), store::value(to)
        };
        std::map<core::Id, EntryRow> rows;
        for (store::Row& row : reader_.query({"registers.read_rows_to_verify", sql}, range)) {
            const core::Id id = row.id(1);
            rows.emplace(id, EntryRow{table_, std::move(row)});
        }
        names_.clear();
        for (const FoldedEntry& entry : portion) {
            names_[entry.id.text()] = entry.number.empty() ? entry.id.text() : entry.number;
            const auto row = rows.find(entry.id);
            compare_entry(entry, row == rows.end() ? nullptr : &row->second, counted);
            if (row != rows.end()) {
                rows.erase(row);
            }
        }
        for (const auto& [id, row] : rows) {
            ++report_.entries;
            add("table.row_unrecorded", id.text(), "id");
        }
        compare_beside(portion, from, to);
    }

    void compare_entry(const FoldedEntry& entry, const EntryRow* row, Counters& counted) {
        ++report_.entries;
        ++counted[{lineage_.declared().name, entry.unit, entry.state}];
        const std::string& name = names_[entry.id.text()];
        if (row == nullptr) {
            add("table.row_missing", name, "id");
            return;
        }
        if (entry.broken) {
            return;
        }
        std::vector<std::string> misfits;
        const EntryRow told = folded_row(table_, org_, entry, misfits);
        for (const std::string& field : misfits) {
            add("table.field_altered", name, field);
        }
        for (std::size_t i = 2; i < kFixed; ++i) {
            if (!entry.unknown.contains(table_.columns[i].name)) {
                compare_column(told, *row, name, table_.columns[i].name);
            }
        }
        for (const Field& field : lineage_.declared().fields) {
            const bool untold = entry.illegible && !entry.values.contains(field.name) &&
                                field.type != FieldType::Computed;
            if (untold || entry.unknown.contains(field.name) ||
                std::ranges::find(misfits, field.name) != misfits.end()) {
                continue;
            }
            compare_field(entry, told, *row, field);
        }
    }

    void compare_field(
        const FoldedEntry& entry, const EntryRow& told, const EntryRow& row, const Field& field
    ) {
        const std::string& name = names_[entry.id.text()];
        if (field.type == FieldType::Computed) {
            compare_computed(entry, row, name, field);
        } else if (const ChildTable* child = table_.find_child(field.name)) {
            if (!same_list(*child, entry, field)) {
                add("table.list_altered", name, field.name);
            }
        } else {
            for (const rules::Column& column : rules::columns_of(field)) {
                compare_column(told, row, name, column.name);
            }
        }
    }

    [[nodiscard]] bool same_list(
        const ChildTable& child, const FoldedEntry& entry, const Field& field
    ) const {
        try {
            const core::Json kept = load_list(reader_, child, org_, entry.id);
            return core::canonical_json(kept) == core::canonical_json(entry.value(field));
        } catch (const core::Problem&) {
            return false;  // a cell of another type than its column's
        }
    }

    /// Null is right for a field that a version added after the entry's last record.
    void compare_computed(
        const FoldedEntry& entry, const EntryRow& row, const std::string& name, const Field& field
    ) {
        const std::string column = codec::first_column(field);
        const bool is_null = std::holds_alternative<std::monostate>(row.column(column));
        const auto& versions = lineage_.law().versions(lineage_.declared().pack);
        if (is_null && !versions.empty() && versions.back().position > entry.position) {
            return;
        }
        try {
            EntryRow told = row;
            told.set_scalar(
                codec::computed_scalar(field), computed_value(reader_, registers_, org_, row, field)
            );
            compare_column(told, row, name, column);
        } catch (const core::Problem&) {
            add("table.field_altered", name, column);
        }
    }

    void compare_column(
        const EntryRow& told,
        const EntryRow& row,
        const std::string& name,
        const std::string& column
    ) {
        if (cell_text(told.column(column)) != cell_text(row.column(column))) {
            add("table.field_altered", name, column);
        }
    }

    void compare_beside(
        const std::vector<FoldedEntry>& portion, const core::Id& from, const core::Id& to
    ) {
        using Told = std::vector<SideRow> (*)(const FoldedEntry&, const std::string&);
        const std::pair<const SideTable*, Told> tables[] = {
            {&side::kStep, step_rows},
            {&side::kSignature, signature_rows},
            {&side::kDeadline, deadline_rows},
            {&side::kBackfill, backfill_rows}
        };
        std::set<std::string> broken;
        std::set<std::string_view> unknown;
        for (const FoldedEntry& entry : portion) {
            if (entry.broken) {
                broken.insert(entry.id.text());
            }
            if (entry.unknown.contains(std::string{journal::kSignatureWords})) {
                unknown.insert("words");
            }
            const bool unsaid = std::ranges::any_of(entry.backfills, [](const auto& backfill) {
                return !backfill.paper_known;
            });
            if (unsaid) {
                unknown.insert("paper");
            }
        }
        for (const auto& [table, rows_of] : tables) {
            std::vector<SideRow> told;
            for (const FoldedEntry& entry : portion) {
                const std::vector<SideRow> rows = rows_of(entry, lineage_.declared().name);
                if (!entry.broken) {
                    told.insert(told.end(), rows.begin(), rows.end());
                }
            }
            std::vector<SideRow> kept = kept_rows(
                reader_,
                *table,
                org_,
                " and entry > $2 and entry <= $3 and register = $4",
                {store::value(from), store::value(to), lineage_.declared().name}
            );
            std::erase_if(kept, [&](const SideRow& row) {
                return broken.contains(cell_text(row.front()));
            });
            SideComparison comparison{*table, report_};
            comparison.unknown = unknown;
            comparison.names = names_;
            comparison.compare(told, kept);
        }
    }

    void add(const char* code, const std::string& row, const std::string& field) {
        report_.add(code, {{"table", lineage_.declared().name}, {"row", row}, {"field", field}});
    }

    static constexpr std::size_t kFixed = 10;  // org, id, unit … due_on

    const Registers& registers_;
    store::Reader& reader_;
    core::OrgId org_;
    const FoldedLineage& lineage_;
    std::shared_ptr<const Adopted> in_force_;
    const Table& table_;
    Report& report_;
    std::map<std::string, std::string> names_;  ///< of the portion's entries, by id
};

std::string hex_of(const std::string& bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto octet = static_cast<unsigned char>(c);
        out.push_back(kDigits[octet >> 4U]);
        out.push_back(kDigits[octet & 0xFU]);
    }
    return out;
}

}  // namespace

std::string cell_text(const store::Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*number);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return std::to_string(*real);
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto* bytes = std::get_if<core::Bytes>(&value)) {
        return bytes->data.size() == core::Id{}.octets.size()
                   ? core::Id::from_bytes(bytes->data).text()
                   : hex_of(bytes->data);
    }
    if (const auto* truth = std::get_if<bool>(&value)) {
        return *truth ? "1" : "0";
    }
    return {};
}

void compare_register(
    const Registers& registers,
    store::Reader& reader,
    core::OrgId org,
    const FoldedEntries& entries,
    const FoldedLineage& lineage,
    Counters& counted,
    Report& report
) {
    RegisterComparison{registers, reader, org, lineage, report}.compare(entries, counted);
}

void compare_house_table(
    store::Reader& reader,
    const SideTable& table,
    core::OrgId org,
    const std::vector<SideRow>& told,
    Report& report
) {
    SideComparison{table, report}.compare(told, kept_rows(reader, table, org));
}

}  // namespace duban::registers
