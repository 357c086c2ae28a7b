// An entry's row in memory: read once, changed, written once. Lists lie in child tables and are
// read when they are asked for.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"
#include "core/id.h"
#include "core/json.h"
#include "registers/adopted.h"
#include "registers/registers.h"
#include "store/store.h"

namespace duban::registers {

class EntryRow {
public:
    /// An entry that is being opened: every field null, revision 0, no state.
    EntryRow(const Table& table, core::OrgId org, const core::Id& id, const core::Id& unit);

    [[nodiscard]] static std::optional<EntryRow> find(
        store::Reader& reader, const Table& table, core::OrgId org, const core::Id& id
    );
    /// From a row of Table::select_list.
    EntryRow(const Table& table, store::Row row);

    [[nodiscard]] core::Id id() const { return row_.id(1); }
    [[nodiscard]] core::Id unit() const { return row_.id(2); }
    [[nodiscard]] std::string number() const { return row_.find_text(3).value_or(""); }
    [[nodiscard]] std::string state() const { return row_.find_text(4).value_or(""); }
    [[nodiscard]] std::int64_t revision() const { return row_.integer(5); }
    [[nodiscard]] std::int64_t opened_at_ms() const { return row_.integer(6); }
    [[nodiscard]] core::Id opened_by() const { return row_.id(7); }
    [[nodiscard]] std::int64_t changed_at_ms() const { return row_.integer(8); }
    [[nodiscard]] std::string due_on() const { return row_.find_text(9).value_or(""); }
    [[nodiscard]] access::EntryFacts facts() const { return {id(), unit(), opened_by()}; }

    void set_unit(const core::Id& unit) { row_.columns[2] = store::value(unit); }
    void set_number(std::string number) { row_.columns[3] = std::move(number); }
    void set_state(std::string state) { row_.columns[4] = std::move(state); }
    void set_revision(std::int64_t revision) { row_.columns[5] = revision; }
    void set_opened(std::int64_t at_ms, const core::Id& by);
    void set_changed(std::int64_t at_ms) { row_.columns[8] = at_ms; }
    /// Empty: no running deadline.
    void set_due(const std::string& due_on);

    /// What its title field says; empty where it has none, or it is sealed.
    [[nodiscard]] std::string title() const;
    /// A scalar field's value in its normal form.
    [[nodiscard]] core::Json scalar(const declarations::Field& field) const;
    void set_scalar(const declarations::Field& field, const core::Json& value);
    /// A column by its name, for `opens: set`.
    [[nodiscard]] const store::Value& column(std::string_view name) const;

    void insert(store::Transaction& tx) const;
    void update(store::Transaction& tx) const;

    /// What its own row holds, as the API shows it: without lists.
    [[nodiscard]] Entry summary() const;
    /// Everything as the API shows it; lists are read through `reader`.
    [[nodiscard]] Entry entry(store::Reader& reader, core::OrgId org) const;

    [[nodiscard]] const Table& table() const { return *table_; }

private:
    const Table* table_;
    store::Row row_;
};

/// The rows of a child table in order, each in its normal form.
[[nodiscard]] core::JsonArray load_list(
    store::Reader& reader, const ChildTable& child, core::OrgId org, const core::Id& entry
);
/// Replaces them.
void save_list(
    store::Transaction& tx,
    const ChildTable& child,
    core::OrgId org,
    const core::Id& entry,
    const core::JsonArray& rows
);

}  // namespace duban::registers
