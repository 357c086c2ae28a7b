#include "registers/named_files.h"

#include "registers/internal/codec.h"
#include "registers/internal/row.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::FieldType;

constexpr store::Query kReadScans{
    "registers.read_scans",
    "select register, entry, scan from d_signature where org = $1 and scan <> ''"
    " order by register, entry, id"
};

class NamedFiles {
public:
    NamedFiles(store::Reader& reader, core::OrgId org) : reader_{reader}, org_{org} {}

    void read(const Table& table) {
        for (const Field& field : table.declared->fields) {
            if (field.type == FieldType::File) {
                read_field(table, field);
            }
        }
        for (const ChildTable& child : table.children) {
            for (const Field& column : child.field->rows) {
                if (column.type == FieldType::File) {
                    read_column(table, child, column);
                }
            }
        }
    }

    void read_sheets(const Adopted& adopted) {
        for (const store::Row& row : reader_.query(kReadScans, {store::value(org_)})) {
            const Table* table = adopted.find_table(row.text(0));
            const auto entry =
                table == nullptr ? std::nullopt : EntryRow::find(reader_, *table, org_, row.id(1));
            if (entry) {
                add(row.text(0), entry->id(), entry->number(), "signature", row.text(2));
            }
        }
    }

    [[nodiscard]] std::vector<NamedFile> all() && { return std::move(all_); }

private:
    void read_field(const Table& table, const Field& field) {
        const std::string column = codec::first_column(field);
        read(
            table,
            field.name,
            "select id, number, " + column + " from " + table.declared->name +
                " where org = $1 and " + column + " is not null order by id"
        );
    }

    void read_column(const Table& table, const ChildTable& child, const Field& field) {
        const std::string column = codec::first_column(field);
        read(
            table,
            child.field->name,
            "select c.entry, r.number, c." + column + " from " + child.name + " c join " +
                table.declared->name + " r on r.org = c.org and r.id = c.entry where c.org = $1" +
                " and c." + column + " is not null order by c.entry, c.position"
        );
    }

    /// `sql` asks for entry, number and hash.
    void read(const Table& table, const std::string& field, const std::string& sql) {
        for (const store::Row& row :
             reader_.query({"registers.read_named_files", sql}, {store::value(org_)})) {
            add(table.declared->name, row.id(0), row.find_text(1).value_or(""), field, row.text(2));
        }
    }

    void add(
        const std::string& register_name,
        const core::Id& entry,
        const std::string& number,
        const std::string& field,
        const std::string& hash
    ) {
        all_.push_back(
            {.register_name = register_name,
             .entry = entry,
             .row = number.empty() ? entry.text() : number,
             .field = field,
             .hash = hash}
        );
    }

    store::Reader& reader_;
    core::OrgId org_;
    std::vector<NamedFile> all_;
};

}  // namespace

std::vector<NamedFile> named_files(
    const Registers& registers, store::Reader& reader, core::OrgId org
) {
    NamedFiles named{reader, org};
    if (const auto adopted = registers.find_adopted()) {
        for (const declarations::Register* declared : adopted->model().registers()) {
            named.read(adopted->table(declared->name));
        }
        named.read_sheets(*adopted);
    }
    return std::move(named).all();
}

}  // namespace duban::registers
