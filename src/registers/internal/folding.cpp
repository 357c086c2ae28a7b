#include "registers/internal/folding.h"

#include <algorithm>

#include "registers/internal/row.h"

namespace duban::registers {

namespace {

using declarations::Field;

constexpr std::size_t kPortion = 500;

constexpr store::Query kRecorded{
    "registers.list_recorded",
    "select distinct entry from d_record where org = $1 and register = $2"
};
constexpr store::Query kDeadlines{
    "registers.load_kept_deadlines",
    "select name, first_on, due_on, provisional, started_on, paused_on, stopped_on, holder"
    " from d_deadline where org = $1 and entry = $2"
};

/// What the records of an entry say of it.
struct Folded {
    std::int64_t revision = 0;
    std::string state;
    std::string number;
    core::Id unit;
    core::Id opened_by;
    std::map<std::string, core::Json> values;  ///< fields, lists as arrays, "deadline.<name>"
    std::map<std::string, bool> erased;
};

Folded fold(const std::vector<journal::Record>& history) {
    Folded folded;
    for (const journal::Record& record : history) {
        const journal::Draft draft = record.draft();
        if (folded.revision == 0) {
            folded.opened_by = draft.actor;
        }
        folded.revision = draft.revision;
        folded.state = draft.state_after;
        folded.number = draft.number;
        folded.unit = draft.unit;
        for (const journal::Change& change : draft.changes) {
            folded.values[change.field] =
                change.is_list ? core::Json(core::JsonArray(change.rows.begin(), change.rows.end()))
                               : change.value;
            folded.erased[change.field] = false;
        }
        for (const std::string& name : record.erased()) {
            folded.erased[name] = true;
        }
    }
    return folded;
}

core::Json date_or_null(const store::Row& row, std::size_t column) {
    const auto text = row.find_text(column);
    return text ? core::Json(*text) : core::Json(nullptr);
}

core::JsonObject kept_deadline(const store::Row& row) {
    return {
        {"first_on", row.text(1)},
        {"due_on", row.text(2)},
        {"provisional", row.truth(3)},
        {"started_on", row.text(4)},
        {"paused_on", date_or_null(row, 5)},
        {"stopped_on", date_or_null(row, 6)},
        {"holder", row.text(7)}
    };
}

class Comparison {
public:
    Comparison(store::Reader& reader, core::OrgId org, const Table& table, Report& report)
        : reader_{reader}, org_{org}, table_{table}, report_{report} {}

    void compare(const EntryRow& row, const Folded& folded) {
        row_name_ = row.number().empty() ? row.id().text() : row.number();
        expect("state", row.state() == folded.state, "table.field_altered");
        expect("revision", row.revision() == folded.revision, "table.field_altered");
        expect("number", row.number() == folded.number, "table.field_altered");
        expect("unit", row.unit() == folded.unit, "table.field_altered");
        expect("opened_by", row.opened_by() == folded.opened_by, "table.field_altered");
        for (const Field& field : table_.declared->fields) {
            if (field.type != declarations::FieldType::Computed) {
                compare_field(row, folded, field);
            }
        }
        compare_deadlines(row, folded);
    }

    void add(const char* code, const std::string& row, const std::string& field) {
        report_.add(code, {{"table", table_.declared->name}, {"row", row}, {"field", field}});
    }

private:
    void expect(const std::string& field, bool holds, const char* code) {
        if (!holds) {
            add(code, row_name_, field);
        }
    }

    void compare_field(const EntryRow& row, const Folded& folded, const Field& field) {
        const auto erased = folded.erased.find(field.name);
        if (erased != folded.erased.end() && erased->second) {
            return;
        }
        const auto value = folded.values.find(field.name);
        const ChildTable* child = table_.find_child(field.name);
        if (child != nullptr) {
            const core::Json kept = load_list(reader_, *child, org_, row.id());
            const core::Json told =
                value == folded.values.end() ? core::Json(core::JsonArray{}) : value->second;
            expect(
                field.name,
                core::canonical_json(kept) == core::canonical_json(told),
                "table.list_altered"
            );
            return;
        }
        const core::Json told = value == folded.values.end() ? core::Json(nullptr) : value->second;
        const core::Json kept = row.scalar(field);
        // A default that a later version added fills old rows in the migration, not in records
        // (E17).
        const bool filled = value == folded.values.end() && field.initial && kept == *field.initial;
        expect(
            field.name,
            filled || core::canonical_json(kept) == core::canonical_json(told),
            "table.field_altered"
        );
    }

    void compare_deadlines(const EntryRow& row, const Folded& folded) {
        std::string nearest;
        std::size_t seen = 0;
        const std::vector<store::Value> key = {store::value(org_), store::value(row.id())};
        for (const store::Row& kept : reader_.query(kDeadlines, key)) {
            const std::string name = "deadline." + kept.text(0);
            const auto told = folded.values.find(name);
            ++seen;
            expect(
                name,
                told != folded.values.end() &&
                    core::canonical_json(told->second) == core::canonical_json(kept_deadline(kept)),
                "table.deadline_altered"
            );
            const bool runs = kept.is_null(5) && kept.is_null(6);
            if (runs && (nearest.empty() || kept.text(2) < nearest)) {
                nearest = kept.text(2);
            }
        }
        const auto told = static_cast<std::size_t>(std::count_if(
            folded.values.begin(),
            folded.values.end(),
            [](const auto& value) { return value.first.starts_with("deadline."); }
        ));
        expect("deadlines", seen == told, "table.deadline_altered");
        expect("due_on", row.due_on() == nearest, "table.field_altered");
    }

    store::Reader& reader_;
    core::OrgId org_;
    const Table& table_;
    Report& report_;
    std::string row_name_;
};

}  // namespace

void compare_register(
    const Registers& registers,
    store::Reader& reader,
    core::OrgId org,
    const Table& table,
    std::map<CounterKey, std::int64_t>& counted,
    Report& report
) {
    const std::string& name = table.declared->name;
    std::map<core::Id, bool> recorded;  // whether the row was seen
    for (const store::Row& row : reader.query(kRecorded, {store::value(org), name})) {
        recorded[row.id(0)] = false;
    }
    Comparison comparison{reader, org, table, report};
    const std::string sql = table.select_list + " where org = $1 and id > $2 order by id limit " +
                            std::to_string(kPortion);
    core::Id last;
    for (bool more = true; more;) {
        const store::Rows rows = reader.query(
            {"registers.verify_rows", sql},  // not a code
            {store::value(org), store::value(last)}
        );
        more = rows.size() == kPortion;
        for (const store::Row& kept : rows) {
            const EntryRow row{table, kept};
            last = row.id();
            ++report.entries;
            ++counted[{name, row.unit(), row.state()}];
            const auto found = recorded.find(row.id());
            if (found == recorded.end()) {
                comparison.add("table.row_unrecorded", row.id().text(), "id");
                continue;
            }
            found->second = true;
            comparison.compare(row, fold(registers.journal().history(reader, org, name, row.id())));
        }
    }
    for (const auto& [id, seen] : recorded) {
        if (!seen) {
            comparison.add("table.row_missing", id.text(), "id");
        }
    }
}

}  // namespace duban::registers
