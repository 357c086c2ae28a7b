#include "registers/incoming.h"

#include <algorithm>

#include "core/check.h"
#include "registers/internal/codec.h"
#include "registers/internal/reading_conditions.h"
#include "registers/internal/row.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::FieldType;
using declarations::Register;
using declarations::View;

bool may_name(const Field& field, const std::string& register_name) {
    return (field.type == FieldType::Link || field.type == FieldType::Links) &&
           field.to == register_name && !field.sealed;
}

const View* find_view_by(const Register& declared, const Field& field) {
    const auto found = std::ranges::find_if(declared.views, [&](const View& view) {
        return std::ranges::find(view.filters, field.name) != view.filters.end();
    });
    return found == declared.views.end() ? nullptr : &*found;
}

/// At most `limit` rows whose `field` holds `id`, found by the index on the field.
store::Rows rows_naming(
    store::Reader& reader,
    const Table& table,
    const Field& field,
    Conditions conditions,
    const core::Id& id,
    std::size_t limit
) {
    const ChildTable* list = table.find_child(field.name);
    std::string from = table.select_list;
    if (list == nullptr) {
        conditions.equal(codec::first_column(field), store::value(id));
    } else {
        from = list->select_naming(table, conditions.bind(store::value(id)));
        conditions.add("id = _naming");
    }
    return run_bounded(
        reader,
        from + " where " + conditions.text() + " order by id desc limit " + std::to_string(limit),
        conditions,
        limit
    );
}

}  // namespace

Naming naming(
    const Registers& registers,
    store::Reader& reader,
    const access::Actor& actor,
    const NamedEntry& named
) {
    core::check(named.limit >= 1 && named.limit <= kNamingMax, "a group has 1 to kNamingMax");
    static_cast<void>(registers.entry(reader, actor, named.register_name, named.id));
    Naming out;
    out.adopted = registers.adopted();
    for (const Register* declared : out.adopted->model().registers()) {
        const Table& table = out.adopted->table(declared->name);
        Conditions conditions{actor.org};
        if (!add_readable(conditions, *out.adopted, actor, *declared)) {
            continue;
        }
        for (const Field& field : declared->fields) {
            if (!may_name(field, named.register_name)) {
                continue;
            }
            store::Rows rows =
                rows_naming(reader, table, field, conditions, named.id, named.limit + 1);
            if (rows.empty()) {
                continue;
            }
            NamingGroup group{
                .declared = declared,
                .field = &field,
                .view = find_view_by(*declared, field),
                .entries = {},
                .more = rows.size() > named.limit
            };
            rows.resize(std::min(rows.size(), named.limit));
            for (store::Row& row : rows) {
                group.entries.push_back(EntryRow{table, std::move(row)}.summary());
            }
            out.groups.push_back(std::move(group));
        }
    }
    return out;
}

}  // namespace duban::registers
