#include "app/naming.h"

#include "core/problem.h"
#include "exchange/named.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

core::Id id_in(const core::Json& json, std::string_view name) {
    return core::Id::parse(core::find_string(json, name).value_or("")).value_or(core::Id{});
}

access::Directory directory_of(const core::Json& json) {
    std::vector<access::Unit> units;
    for (const core::Json& unit : json.at("units").as_array()) {
        units.push_back(
            {.id = id_in(unit, "id"),
             .parent = id_in(unit, "parent"),
             .name = core::find_string(unit, "name").value_or(""),
             .code = core::find_string(unit, "code").value_or(""),
             .span = {}}
        );
    }
    std::vector<access::Person> people;
    for (const core::Json& person : json.at("people").as_array()) {
        people.push_back(
            {.id = id_in(person, "id"),
             .name = core::find_string(person, "name").value_or(""),
             .mobile = {},
             .span = {}}
        );
    }
    std::vector<access::Post> posts;
    for (const core::Json& post : json.at("posts").as_array()) {
        posts.push_back(
            {.id = id_in(post, "id"),
             .person = id_in(post, "person"),
             .unit = id_in(post, "unit"),
             .role = core::find_string(post, "role").value_or(""),
             .span = {}}
        );
    }
    return {std::move(units), std::move(people), std::move(posts), {}, {}};
}

/// What tells one from another of the same name: an id, and what people know them by.
std::string told_apart(const access::Directory&, const access::Unit& unit) {
    return unit.code + " = " + unit.id.text();
}

std::string told_apart(const access::Directory& directory, const access::Person& person) {
    std::string units;
    for (const access::Post& post : directory.posts()) {
        const access::Unit* unit =
            post.person == person.id ? directory.find_unit(post.unit) : nullptr;
        if (unit != nullptr) {
            units += (units.empty() ? "" : "/") + unit->name;
        }
    }
    return units.empty() ? person.id.text() : units + " = " + person.id.text();
}

template <typename Row>
std::string only(
    const access::Directory& directory,
    const std::vector<const Row*>& called,
    const std::string& text
) {
    if (called.empty()) {
        throw Problem{ProblemKind::NotFound, "command.name_unknown", {{"name", text}}};
    }
    if (called.size() == 1) {
        return called.front()->id.text();
    }
    std::string among;
    for (const Row* row : called) {
        among += (among.empty() ? "" : "; ") + told_apart(directory, *row);
    }
    throw Problem{
        ProblemKind::Rejected, "command.name_ambiguous", {{"name", text}, {"among", among}}
    };
}

}  // namespace

std::string Naming::unit(const std::string& text) {
    return core::Id::parse(text)
               ? text
               : only(directory(), exchange::units_called(directory(), text), text);
}

std::string Naming::person(const std::string& text) {
    return core::Id::parse(text)
               ? text
               : only(directory(), exchange::people_called(directory(), text), text);
}

std::string Naming::either(const std::string& text) {
    return core::Id::parse(text) || exchange::units_called(directory(), text).empty() ? person(text)
                                                                                      : unit(text);
}

const access::Directory& Naming::directory() {
    if (!directory_) {
        directory_ = directory_of(transport_.json(get("/api/v1/directory"), as_));
    }
    return *directory_;
}

}  // namespace duban::app
