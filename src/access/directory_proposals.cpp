// Posts, delegations and the division of work as the payload of a proposal, and in plain words.

#include <algorithm>

#include "access/internal/tables.h"
#include "access/proposals.h"
#include "core/problem.h"

namespace duban::access {

namespace {

[[noreturn]] void refuse_malformed() {
    throw core::Problem{core::ProblemKind::Invalid, "proposal.malformed"};
}

/// The columns of the table by name, with the id: as its records have them.
template <typename Thing>
std::string rows_text(const internal::Table& table, const std::vector<Thing>& things) {
    core::JsonArray rows;
    for (const Thing& thing : things) {
        core::JsonObject row{{"id", thing.id.text()}};
        const internal::Cells cells = internal::cells_of(thing);
        for (std::size_t place = 0; place < cells.size(); ++place) {
            row[table.columns[place].name] = internal::to_json(cells[place]);
        }
        rows.push_back(std::move(row));
    }
    return core::canonical_json(rows);
}

bool is_needed(internal::ColumnType type) {
    return type != internal::ColumnType::OptionalId && type != internal::ColumnType::OptionalDate;
}

internal::StoredRow row_of(const internal::Table& table, const core::Json& row) {
    const std::optional<core::Id> id =
        core::Id::parse(core::find_string(row, "id").value_or(std::string{}));
    if (!id || id->is_nil()) {
        refuse_malformed();
    }
    internal::StoredRow read{.id = *id, .revision = 0, .cells = {}};
    for (const internal::Column& column : table.columns) {
        const core::Json* const value = core::find_member(row, column.name);
        if (value == nullptr || (value->is_null() && is_needed(column.type))) {
            refuse_malformed();
        }
        read.cells.push_back(internal::from_json(column, *value));
    }
    return read;
}

template <typename Thing>
std::vector<Thing> things_of(
    const internal::Table& table,
    std::string_view payload,
    Thing (*convert)(const internal::StoredRow&)
) {
    const std::optional<core::Json> rows = core::find_json(payload);
    if (!rows || !rows->is_array() || rows->as_array().empty() ||
        rows->as_array().size() > Access::kRowsPerJob) {
        refuse_malformed();
    }
    std::vector<Thing> things;
    for (const core::Json& row : rows->as_array()) {
        things.push_back(convert(row_of(table, row)));
    }
    return things;
}

std::string name_of(const Directory& directory, const core::Id& person) {
    const Person* const found = directory.find_person(person);
    return found == nullptr ? person.text() : found->name;
}

std::string unit_name(const Directory& directory, const core::Id& unit) {
    const Unit* const found = directory.find_unit(unit);
    return found == nullptr ? unit.text() : found->name;
}

core::JsonObject with_days(core::JsonObject params, const Span& span) {
    params["from"] = span.from.text();
    params["to"] = span.to ? span.to->text() : std::string{};
    return params;
}

core::JsonObject post_params(const Directory& directory, const Post& post, const Span& span) {
    return with_days(
        {{"person", name_of(directory, post.person)},
         {"unit", unit_name(directory, post.unit)},
         {"role", post.role}},
        span
    );
}

core::JsonObject division_params(const Directory& directory, const Division& division) {
    std::string charge = unit_name(directory, division.unit);
    if (!division.area.empty()) {
        charge += " · " + division.area;
    }
    return with_days(
        {{"person", name_of(directory, division.leader)}, {"charge", std::move(charge)}},
        division.span
    );
}

template <typename Thing>
bool has_row(const std::vector<Thing>& rows, const core::Id& id) {
    return std::ranges::find(rows, id, &Thing::id) != rows.end();
}

core::JsonObject difference_line(std::string code, core::JsonObject params) {
    return {{"code", std::move(code)}, {"params", std::move(params)}};
}

}  // namespace

std::string payload_of(const std::vector<Post>& posts) {
    return rows_text(internal::table(internal::TableName::Post), posts);
}

std::string payload_of(const std::vector<Delegation>& delegations) {
    return rows_text(internal::table(internal::TableName::Delegation), delegations);
}

std::string payload_of(const std::vector<Division>& divisions) {
    return rows_text(internal::table(internal::TableName::Division), divisions);
}

std::vector<Post> posts_of_payload(std::string_view payload) {
    return things_of(internal::table(internal::TableName::Post), payload, &internal::to_post);
}

std::vector<Delegation> delegations_of_payload(std::string_view payload) {
    return things_of(
        internal::table(internal::TableName::Delegation), payload, &internal::to_delegation
    );
}

std::vector<Division> divisions_of_payload(std::string_view payload) {
    return things_of(
        internal::table(internal::TableName::Division), payload, &internal::to_division
    );
}

core::Json difference_of(const Directory& directory, const std::vector<Post>& posts) {
    core::JsonArray lines;
    for (const Post& post : posts) {
        const bool is_new = directory.find_post(post.id) == nullptr;
        lines.push_back(difference_line(
            is_new ? "difference.post_opened" : "difference.post_amended",
            post_params(directory, post, post.span)
        ));
    }
    return lines;
}

core::Json difference_of(const Directory& directory, const std::vector<Delegation>& delegations) {
    core::JsonArray lines;
    for (const Delegation& delegation : delegations) {
        const bool is_new = !has_row(directory.delegations(), delegation.id);
        const Post* const post = directory.find_post(delegation.post);
        core::JsonObject params =
            post_params(directory, post == nullptr ? Post{} : *post, delegation.span);
        params["delegate"] = name_of(directory, delegation.delegate);
        params["paper"] = delegation.paper;
        lines.push_back(difference_line(
            is_new ? "difference.delegation_opened" : "difference.delegation_amended",
            std::move(params)
        ));
    }
    return lines;
}

core::Json difference_of(const Directory& directory, const std::vector<Division>& divisions) {
    core::JsonArray lines;
    for (const Division& division : divisions) {
        const bool is_new = !has_row(directory.divisions(), division.id);
        lines.push_back(difference_line(
            is_new ? "difference.division_opened" : "difference.division_amended",
            division_params(directory, division)
        ));
    }
    return lines;
}

}  // namespace duban::access
