#include "api/labels.h"

#include <algorithm>
#include <array>

#include "core/problem.h"
#include "crypto/digest.h"

namespace duban::api {

namespace {

using declarations::Field;
using declarations::FieldType;

/// Text is not looked through for what it might name.
bool names_something(const Field& field) {
    constexpr std::array kNaming = {
        FieldType::File, FieldType::Person, FieldType::Unit, FieldType::Link, FieldType::Links
    };
    return std::ranges::find(kNaming, field.type) != kNaming.end();
}

}  // namespace

std::string title_of(const registers::Entry& entry) {
    if (!entry.title.empty()) {
        return entry.title;
    }
    return entry.number.empty() ? entry.id.text() : entry.number;
}

void Labels::person(const core::Id& id) {
    if (id.is_nil() || labels_.contains(id.text())) {
        return;
    }
    const access::Person* person = asker_.actor.directory->find_person(id);
    labels_[id.text()] = core::JsonObject{
        {"kind", "person"}, {"text", person == nullptr ? std::string{} : person->name}
    };
}

void Labels::unit(const core::Id& id) {
    if (id.is_nil() || labels_.contains(id.text())) {
        return;
    }
    const access::Unit* unit = asker_.actor.directory->find_unit(id);
    labels_[id.text()] =
        core::JsonObject{{"kind", "unit"}, {"text", unit == nullptr ? std::string{} : unit->name}};
}

void Labels::entry(const std::string& register_name, const core::Id& id) {
    if (labels_.contains(id.text())) {
        return;
    }
    const auto found = services_.registers.find_entry(reader_, asker_.actor, register_name, id);
    if (!found) {
        labels_[id.text()] = core::JsonObject{{"kind", "entry"}, {"restricted", true}};
        return;
    }
    labels_[id.text()] = core::JsonObject{
        {"kind", "entry"},
        {"register", register_name},
        {"number", found->number},
        {"text", title_of(*found)},
        {"state", found->state}
    };
}

void Labels::file(
    const std::string& register_name, const core::Id& entry, const std::string& hash
) {
    for (const files::ClaimedFile& claimed :
         services_.files.claims_of(reader_, asker_.actor.org, register_name, entry)) {
        if (claimed.claim.hash.hex() == hash) {
            labels_[hash] = core::JsonObject{
                {"kind", "file"},
                {"text", claimed.claim.name},
                {"size", claimed.size},
                {"type", claimed.kind}
            };
        }
    }
}

void Labels::value(
    const Field& field,
    const std::string& register_name,
    const core::Id& entry_id,
    const core::Json& value
) {
    if (value.is_array()) {
        for (const core::Json& element : value.get_array()) {
            this->value(field, register_name, entry_id, element);
        }
        return;
    }
    if (field.type == FieldType::Rows && value.is_object()) {
        for (const Field& column : field.rows) {
            this->value(column, register_name, entry_id, value.get_object().at(column.name));
        }
        return;
    }
    if (!value.is_string() || !names_something(field)) {
        return;
    }
    const std::string text{value.get_string()};
    if (field.type == FieldType::File) {
        file(register_name, entry_id, text);
        return;
    }
    const auto id = core::Id::parse(text);
    if (!id) {
        return;
    }
    if (field.type == FieldType::Person) {
        person(*id);
    } else if (field.type == FieldType::Unit) {
        unit(*id);
    } else if (field.type == FieldType::Link || field.type == FieldType::Links) {
        entry(field.to, *id);
    }
}

}  // namespace duban::api
