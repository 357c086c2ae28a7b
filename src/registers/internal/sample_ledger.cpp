#include "registers/internal/sample_ledger.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "crypto/digest.h"
#include "registers/internal/codec.h"
#include "registers/internal/pack_fault.h"
#include "registers/internal/row.h"
#include "registers/internal/writing.h"

namespace duban::registers {

namespace {

using core::Json;
using declarations::Field;
using declarations::FieldType;
using declarations::Place;
using declarations::Sample;
using declarations::SampleEntry;
using declarations::SampleRow;

constexpr std::int64_t kDayMs = 86'400'000;

std::string text_of(const Json& value) {
    return {value.get_string().data(), value.get_string().size()};
}

/// The value with ids and hashes in the place of words.
Json resolved(const Field& field, const Json& value) {
    if (value.is_array()) {
        core::JsonArray out;
        for (const Json& element : value.get_array()) {
            out.push_back(resolved(field, element));
        }
        return out;
    }
    if (field.type == FieldType::Rows) {
        core::JsonObject row;
        for (const Field& column : field.rows) {
            if (const Json* given = core::find_member(value, column.name)) {
                row.emplace(column.name, resolved(column, *given));
            }
        }
        return row;
    }
    const std::array named = {
        FieldType::Person, FieldType::Unit, FieldType::Link, FieldType::Links
    };
    if (std::ranges::find(named, field.type) != named.end()) {
        return Json(sample_id(text_of(value)).text());
    }
    return field.type == FieldType::File ? Json(crypto::sha256(text_of(value)).hex()) : value;
}

class EntryWriter {
public:
    EntryWriter(
        store::Transaction& tx, const Adopted& adopted, core::OrgId org, const Sample& sample
    )
        : tx_{tx}, adopted_{adopted}, org_{org}, sample_{sample} {}

    void write(const SampleEntry& entry, std::vector<declarations::Fault>& faults) {
        const Table& table = adopted_.table(entry.declared->name);
        EntryRow row{table, org_, sample_id(entry.name), sample_id(entry.unit)};
        const std::int64_t at_ms = entry.opened_on.days.time_since_epoch().count() * kDayMs;
        row.set_state(entry.state);
        if (!entry.number.empty()) {
            row.set_number(entry.number);
        }
        row.set_revision(1);
        row.set_opened(at_ms, sample_id({}));
        row.set_changed(at_ms);
        row.set_due(entry.due_on);
        const std::size_t before = faults.size();
        std::map<std::string, core::JsonArray> lists;
        for (const Field& field : entry.declared->fields) {
            put(row, lists, field, value_of(entry, field, faults));
        }
        if (faults.size() > before) {
            return;
        }
        row.insert(tx_);
        for (const auto& [field, values] : lists) {
            save_list(tx_, *table.find_child(field), org_, row.id(), values);
        }
        const rules::Scope scope{
            .org = org_, .entry = row.id(), .today = sample_.today, .parameters = {}
        };
        compute_fields(tx_, adopted_.rules(), scope, row);
    }

private:
    [[nodiscard]] static Json value_of(
        const SampleEntry& entry, const Field& field, std::vector<declarations::Fault>& faults
    ) {
        const auto given =
            std::ranges::find(entry.values, &field, &declarations::SampleValue::field);
        const bool is_given = given != entry.values.end();
        const Json value =
            is_given ? resolved(field, given->value) : field.initial.value_or(Json(nullptr));
        if (value.is_null()) {
            return nullptr;
        }
        std::vector<core::FieldError> errors;
        Json normal = codec::normalised(field, value, "/" + field.name, errors);
        for (const core::FieldError& error : errors) {
            faults.push_back(
                pack_fault(is_given ? given->place : entry.place, error.code, error.params)
            );
        }
        return normal;
    }

    static void put(
        EntryRow& row,
        std::map<std::string, core::JsonArray>& lists,
        const Field& field,
        const Json& value
    ) {
        if (row.table().find_child(field.name) != nullptr) {
            lists[field.name] = value.is_array() ? value.as_array() : core::JsonArray{};
        } else if (field.type != FieldType::Computed) {
            row.set_scalar(field, value);
        }
    }

    store::Transaction& tx_;
    const Adopted& adopted_;
    core::OrgId org_;
    const Sample& sample_;
};

/// As its column keeps it; nullopt when it is not of its type.
std::optional<store::Value> cell_value(const rules::Column& column, const std::string& text) {
    if (column.type == "uuid") {
        return store::value(sample_id(text));
    }
    if (column.type == "boolean") {
        const bool is_true = text == "true";
        return is_true || text == "false" ? std::optional<store::Value>{is_true} : std::nullopt;
    }
    if (column.type == "bigint") {
        std::int64_t number = 0;
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, number);
        return read.ec == std::errc{} && read.ptr == end ? std::optional<store::Value>{number}
                                                         : std::nullopt;
    }
    if (column.type == "date" && !calendar::Date::parse(text)) {
        return std::nullopt;
    }
    return store::Value{text};
}

const rules::ReadTable* find_read_table(
    const std::vector<rules::ReadTable>& tables, const std::string& name
) {
    const auto found = std::ranges::find(tables, name, &rules::ReadTable::name);
    return found == tables.end() ? nullptr : &*found;
}

/// The row's columns in the table's order, without org; faults for what is none of them.
std::vector<store::Value> cells_of(
    const rules::ReadTable& table, const SampleRow& row, std::vector<declarations::Fault>& faults
) {
    std::vector<store::Value> values(table.columns.size());
    for (const auto& [name, cell] : row.cells) {
        const auto column = std::ranges::find(table.columns, name, &rules::Column::name);
        if (column == table.columns.end()) {
            faults.push_back(
                pack_fault(cell.place, "sample.no_column", {{"name", name}, {"table", row.table}})
            );
            continue;
        }
        const auto value = cell_value(*column, cell.text);
        if (!value) {
            faults.push_back(pack_fault(cell.place, "sample.not_of_type", {{"type", column->type}})
            );
        }
        values[static_cast<std::size_t>(column - table.columns.begin())] =
            value.value_or(store::Value{});
    }
    return values;
}

void write_row(
    store::Transaction& tx,
    const rules::ReadTable& table,
    core::OrgId org,
    std::vector<store::Value> values
) {
    std::string sql = "insert into " + table.source + " (org";
    std::string places = "$1";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        sql += ", " + table.columns[i].name;
        places += ", $" + std::to_string(i + 2);
    }
    sql += ") values (" + places + ")";
    values.insert(values.begin(), store::value(org));
    tx.execute({"registers.insert_sample_row", sql}, values);
}

}  // namespace

core::Id sample_id(const std::string& word) {
    constexpr std::size_t kIdBytes = 16;
    return core::Id::from_bytes(crypto::sha256(word).view().substr(0, kIdBytes));
}

void create_sample_tables(store::Transaction& tx, const Adopted& adopted) {
    for (const declarations::Register* declared : adopted.model().registers()) {
        for (const std::string& statement : create_statements(*declared)) {
            tx.execute_ddl(statement);
        }
    }
    for (const rules::ReadTable& table : readable_tables()) {
        std::string sql = "create table " + table.source + " (org bigint";
        for (const rules::Column& column : table.columns) {
            sql += ", " + column.name + " " + column.type;
        }
        tx.execute_ddl(sql + ")");
    }
}

void write_sample(
    store::Transaction& tx,
    const Adopted& adopted,
    core::OrgId org,
    const Sample& sample,
    std::vector<declarations::Fault>& faults
) {
    EntryWriter writer{tx, adopted, org, sample};
    for (const SampleEntry& entry : sample.entries) {
        writer.write(entry, faults);
    }
    const std::vector<rules::ReadTable> tables = readable_tables();
    for (const SampleRow& row : sample.beside) {
        const rules::ReadTable* table = find_read_table(tables, row.table);
        if (table == nullptr) {
            faults.push_back(pack_fault(row.place, "sample.no_table", {{"name", row.table}}));
            continue;
        }
        write_row(tx, *table, org, cells_of(*table, row, faults));
    }
}

}  // namespace duban::registers
