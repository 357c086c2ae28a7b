// Typed rows to cells and back, and cells to the JSON of a record and back.

#include "access/internal/tables.h"
#include "core/check.h"
#include "core/problem.h"

namespace duban::access::internal {

namespace {

store::Value date_cell(const std::optional<calendar::Date>& day) {
    return day ? store::Value{day->text()} : store::Value{};
}

void add_span(Cells& cells, const Span& span) {
    cells.emplace_back(span.from.text());
    cells.push_back(date_cell(span.to));
}

[[noreturn]] void refuse_malformed(std::string_view column) {
    throw core::Problem{
        core::ProblemKind::Corrupt, "directory.malformed", {{"column", std::string{column}}}
    };
}

/// The typed cells of one row, taken one after the other.
class CellReader {
public:
    explicit CellReader(const StoredRow& row) : cells_{row.cells} {}

    core::Id id() {
        const auto* const found = std::get_if<core::Bytes>(&next());
        return found == nullptr ? core::Id{} : core::Id::from_bytes(found->data);
    }
    std::string text() {
        const auto* const found = std::get_if<std::string>(&next());
        return found == nullptr ? std::string{} : *found;
    }
    bool truth() {
        const bool* const found = std::get_if<bool>(&next());
        return found != nullptr && *found;
    }
    Span span() {
        Span read;
        const std::optional<calendar::Date> from = date();
        if (!from) {
            refuse_malformed("starts_on");
        }
        read.from = *from;
        read.to = date();
        return read;
    }

private:
    const store::Value& next() { return cells_.at(place_++); }
    std::optional<calendar::Date> date() {
        const auto* const found = std::get_if<std::string>(&next());
        return found == nullptr ? std::nullopt : calendar::Date::parse(*found);
    }

    const Cells& cells_;
    std::size_t place_ = 0;
};

}  // namespace

StoredRow read_row(const Table& table, const store::Row& row) {
    StoredRow read{.id = row.id(0), .revision = row.integer(1), .cells = {}};
    for (std::size_t place = 0; place < table.columns.size(); ++place) {
        const std::size_t at = place + 2;
        switch (table.columns[place].type) {
            case ColumnType::Truth: read.cells.emplace_back(row.truth(at)); break;
            case ColumnType::Id:
            case ColumnType::OptionalId:
                read.cells.push_back(store::value_or_null(row.id(at)));
                break;
            case ColumnType::Text:
            case ColumnType::Date:
            case ColumnType::OptionalDate:
                read.cells.push_back(store::value(row.find_text(at)));
                break;
        }
    }
    return read;
}

// Parentheses, not braces: Json{text} would be an array of one.
core::Json to_json(const store::Value& cell) {
    if (const auto* const text = std::get_if<std::string>(&cell)) {
        return core::Json(*text);
    }
    if (const auto* const bytes = std::get_if<core::Bytes>(&cell)) {
        return core::Json(core::Id::from_bytes(bytes->data).text());
    }
    if (const bool* const truth = std::get_if<bool>(&cell)) {
        return core::Json(*truth);
    }
    core::check(std::holds_alternative<std::monostate>(cell), "a cell is text, id, truth or null");
    return nullptr;
}

store::Value from_json(const Column& column, const core::Json& value) {
    if (value.is_null()) {
        return column.type == ColumnType::Text ? store::Value{std::string{}} : store::Value{};
    }
    if (column.type == ColumnType::Truth) {
        if (!value.is_bool()) {
            refuse_malformed(column.name);
        }
        return value.as_bool();
    }
    if (!value.is_string()) {
        refuse_malformed(column.name);
    }
    const std::string text{value.as_string()};
    if (column.type == ColumnType::Id || column.type == ColumnType::OptionalId) {
        const std::optional<core::Id> id = core::Id::parse(text);
        if (!id) {
            refuse_malformed(column.name);
        }
        return store::value(*id);
    }
    if (column.type != ColumnType::Text && !calendar::Date::parse(text)) {
        refuse_malformed(column.name);
    }
    return text;
}

Cells cells_of(const Unit& unit) {
    Cells cells{
        store::value_or_null(unit.parent), unit.name, unit.code, std::string{text_of(unit.kind)}
    };
    add_span(cells, unit.span);
    return cells;
}

Cells cells_of(const Person& person) {
    Cells cells{person.name, person.mobile};
    add_span(cells, person.span);
    return cells;
}

Cells cells_of(const Post& post) {
    Cells cells{store::value(post.person), store::value(post.unit), post.role, post.outside};
    add_span(cells, post.span);
    return cells;
}

Cells cells_of(const Delegation& delegation) {
    Cells cells{store::value(delegation.post), store::value(delegation.delegate), delegation.paper};
    add_span(cells, delegation.span);
    return cells;
}

Cells cells_of(const Division& division) {
    Cells cells{store::value(division.leader), store::value(division.unit), division.area};
    add_span(cells, division.span);
    return cells;
}

Unit to_unit(const StoredRow& row) {
    CellReader cells{row};
    Unit unit;
    unit.id = row.id;
    unit.parent = cells.id();
    unit.name = cells.text();
    unit.code = cells.text();
    const std::optional<UnitKind> kind = find_unit_kind(cells.text());
    if (!kind) {
        refuse_malformed("kind");
    }
    unit.kind = *kind;
    unit.span = cells.span();
    return unit;
}

Person to_person(const StoredRow& row) {
    CellReader cells{row};
    Person person;
    person.id = row.id;
    person.name = cells.text();
    person.mobile = cells.text();
    person.span = cells.span();
    return person;
}

Post to_post(const StoredRow& row) {
    CellReader cells{row};
    Post post;
    post.id = row.id;
    post.person = cells.id();
    post.unit = cells.id();
    post.role = cells.text();
    post.outside = cells.truth();
    post.span = cells.span();
    return post;
}

Delegation to_delegation(const StoredRow& row) {
    CellReader cells{row};
    Delegation delegation;
    delegation.id = row.id;
    delegation.post = cells.id();
    delegation.delegate = cells.id();
    delegation.paper = cells.text();
    delegation.span = cells.span();
    return delegation;
}

Division to_division(const StoredRow& row) {
    CellReader cells{row};
    Division division;
    division.id = row.id;
    division.leader = cells.id();
    division.unit = cells.id();
    division.area = cells.text();
    division.span = cells.span();
    return division;
}

}  // namespace duban::access::internal
