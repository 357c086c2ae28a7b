#include "registers/internal/row.h"

#include "core/check.h"
#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::FieldType;

/// The field of a child table's own columns: `target` of links, `code` of choices.
Field element_field(const Field& list) {
    Field element = list;
    element.many = false;
    element.name = list.type == FieldType::Links ? "target" : "code";
    element.type = list.type == FieldType::Links ? FieldType::Link : FieldType::Choice;
    return element;
}

core::Json load_row(const ChildTable& child, const store::Row& row) {
    constexpr std::size_t kOwnColumns = 3;  // org, entry, position
    if (child.field->type != FieldType::Rows) {
        return codec::load_scalar(element_field(*child.field), row, kOwnColumns);
    }
    core::JsonObject out;
    std::size_t at = kOwnColumns;
    for (const Field& column : child.field->rows) {
        out.emplace(column.name, codec::load_scalar(column, row, at));
        at += codec::width(column);
    }
    return out;
}

}  // namespace

EntryRow::EntryRow(const Table& table, core::OrgId org, const core::Id& id, const core::Id& unit)
    : table_{&table}, row_{std::vector<store::Value>(table.columns.size())} {
    row_.columns[0] = store::value(org);
    row_.columns[1] = store::value(id);
    row_.columns[2] = store::value(unit);
    row_.columns[5] = std::int64_t{0};
}

EntryRow::EntryRow(const Table& table, store::Row row) : table_{&table}, row_{std::move(row)} {
    core::check(row_.columns.size() == table.columns.size(), "a row has its table's columns");
}

std::optional<EntryRow> EntryRow::find(
    store::Reader& reader, const Table& table, core::OrgId org, const core::Id& id
) {
    store::Rows rows = reader.query(
        {"registers.find_entry", table.select_one}, {store::value(org), store::value(id)}
    );
    if (rows.empty()) {
        return std::nullopt;
    }
    return EntryRow{table, std::move(rows.front())};
}

void EntryRow::set_opened(std::int64_t at_ms, const core::Id& by) {
    row_.columns[6] = at_ms;
    row_.columns[7] = store::value(by);
}

void EntryRow::set_due(const std::string& due_on) {
    row_.columns[9] = due_on.empty() ? store::Value{} : store::Value{due_on};
}

std::string EntryRow::title() const {
    const Field* field = table_->declared->title_field();
    if (field == nullptr || field->sealed) {
        return {};
    }
    const core::Json text = scalar(*field);
    return text.is_string() ? std::string{text.get_string()} : std::string{};
}

core::Json EntryRow::scalar(const Field& field) const {
    return codec::load_scalar(field, row_, table_->place(field));
}

void EntryRow::set_scalar(const Field& field, const core::Json& value) {
    codec::store_scalar(field, value, row_.columns, table_->place(field));
}

const store::Value& EntryRow::column(std::string_view name) const {
    return row_.columns[table_->place(name)];
}

void EntryRow::insert(store::Transaction& tx) const {
    tx.execute({"registers.insert_entry", table_->insert}, row_.columns);
}

void EntryRow::update(store::Transaction& tx) const {
    tx.execute({"registers.update_entry", table_->update}, row_.columns);
}

Entry EntryRow::summary() const {
    Entry entry{
        .id = id(),
        .unit = unit(),
        .opened_by = opened_by(),
        .number = number(),
        .title = title(),
        .state = state(),
        .revision = revision(),
        .opened_at_ms = opened_at_ms(),
        .changed_at_ms = changed_at_ms(),
        .due_on = due_on(),
        .fields = {}
    };
    entry.fields.reserve(table_->declared->fields.size());
    for (const auto& [field, place] : table_->field_places) {
        entry.fields.emplace(field->name, codec::load_scalar(*field, row_, place));
    }
    return entry;
}

Entry EntryRow::entry(store::Reader& reader, core::OrgId org) const {
    Entry entry = summary();
    for (const ChildTable& child : table_->children) {
        entry.fields.emplace(child.field->name, load_list(reader, child, org, id()));
    }
    return entry;
}

core::JsonArray load_list(
    store::Reader& reader, const ChildTable& child, core::OrgId org, const core::Id& entry
) {
    core::JsonArray out;
    const store::Query query{"registers.load_list", child.select};
    for (const store::Row& row : reader.query(query, {store::value(org), store::value(entry)})) {
        out.push_back(load_row(child, row));
    }
    return out;
}

void save_list(
    store::Transaction& tx,
    const ChildTable& child,
    core::OrgId org,
    const core::Id& entry,
    const core::JsonArray& rows
) {
    tx.execute({"registers.remove_list", child.remove}, {store::value(org), store::value(entry)});
    std::int64_t position = 0;
    for (const core::Json& value : rows) {
        std::vector<store::Value> columns(child.columns.size());
        columns[0] = store::value(org);
        columns[1] = store::value(entry);
        columns[2] = position++;
        if (child.field->type == FieldType::Rows) {
            std::size_t at = 3;
            for (const Field& column : child.field->rows) {
                codec::store_scalar(column, value.at(column.name), columns, at);
                at += codec::width(column);
            }
        } else {
            codec::store_scalar(element_field(*child.field), value, columns, 3);
        }
        tx.execute({"registers.insert_list_row", child.insert}, columns);
    }
}

}  // namespace duban::registers
