#include "api/entry_json.h"

#include <algorithm>

#include "core/problem.h"
#include "registers/papers.h"

namespace duban::api {

namespace {

using declarations::Action;
using declarations::Field;
using declarations::Register;
using registers::Entry;
using registers::RunningDeadline;

constexpr std::size_t kNextPeopleMax = 20;
constexpr std::string_view kByNumber = "number:";

/// Never by its colour alone: a light has a sign and a word.
void add_light(
    core::JsonObject& json, const Services& services, const Asker& asker, const std::string& light
) {
    const auto say = [&](const char* what) {
        return light.empty() ? core::Json(nullptr)
                             : core::Json(services.sentences.sentence(
                                   what + light, core::Params{}, asker.language
                               ));
    };
    json["light"] = light;
    json["sign"] = say("light_sign_");
    json["word"] = say("light_word_");
}

core::JsonObject deadline_json(
    const Services& services, const Asker& asker, const RunningDeadline& deadline
) {
    core::JsonObject json = {
        {"name", deadline.name},
        {"holder", deadline.holder},
        {"started_on", deadline.started_on},
        {"first_on", deadline.first_on},
        {"due_on", deadline.due_on},
        {"provisional", deadline.provisional},
        {"paused_on", text_json(deadline.paused_on)},
        {"stopped_on", text_json(deadline.stopped_on)}
    };
    add_light(json, services, asker, deadline.light);
    return json;
}

core::Json round_json(
    const Services& services,
    store::Reader& reader,
    const Asker& asker,
    const Register& declared,
    const Entry& entry,
    Labels& labels
) {
    for (const Action& action : declared.procedure.actions) {
        if (action.signatures.empty()) {
            continue;
        }
        const auto given = services.registers.round(reader, asker.actor, entry, action);
        if (given.empty()) {
            continue;
        }
        core::JsonArray signatures;
        std::int64_t counted = 0;
        for (const auto& one : given) {
            core::JsonObject json = signature_json(one.signature, labels);
            json["id"] = one.id.text();
            json["counts"] = one.counts;
            counted += one.counts ? 1 : 0;
            if (!one.signature.scan.empty()) {
                labels.file(declared.name, entry.id, one.signature.scan);
            }
            signatures.push_back(std::move(json));
        }
        return core::JsonObject{
            {"action", action.name},
            {"signatures_given", counted},
            {"signatures_wanted",
             services.registers.signatures_wanted(asker.actor.org, declared, action)},
            {"signatures", std::move(signatures)}
        };
    }
    return nullptr;
}

/// Whose post it is when the asker would act under a delegation; nil when it is his own.
core::Id signed_for(const Asker& asker, const core::Id& post) {
    const auto& standings = asker.actor.standings;
    const auto held = std::ranges::find(standings, post, &access::Standing::post);
    return post.is_nil() || held == standings.end() ? core::Id{} : held->signed_for;
}

core::JsonArray actions_json(
    const Services& services,
    store::Reader& reader,
    const Asker& asker,
    const Register& declared,
    const Entry& entry,
    Labels& labels
) {
    core::JsonArray out;
    for (const auto& offer : services.registers.offers(reader, asker.actor, declared.name, entry)) {
        core::JsonArray compares;
        for (const auto& given :
             services.registers.round(reader, asker.actor, entry, *offer.action)) {
            const bool may_compare = !given.counts &&
                                     given.signature.recorded_by != asker.actor.person &&
                                     given.signature.person != asker.actor.person;
            if (may_compare) {
                compares.emplace_back(given.id.text());
            }
        }
        const core::Id delegator = signed_for(asker, offer.post);
        labels.person(delegator);
        out.push_back(core::JsonObject{
            {"name", offer.action->name},
            {"post", id_json(offer.post)},
            {"role", offer.role},
            {"signed_for", id_json(delegator)},
            {"signatures_given", offer.signatures_given},
            {"signatures_wanted", offer.signatures_wanted},
            {"compares", std::move(compares)}
        });
    }
    return out;
}

/// Sheets signed with a pen: what the asker may hand in, and what he may compare.
core::JsonArray papers_json(
    const Services& services,
    store::Reader& reader,
    const Asker& asker,
    const Register& declared,
    const Entry& entry,
    Labels& labels
) {
    core::JsonArray out;
    for (const registers::PaperOffer& offer :
         registers::paper_offers(services.registers, reader, asker.actor, declared.name, entry)) {
        const core::Id delegator = signed_for(asker, offer.post);
        labels.person(delegator);
        out.push_back(core::JsonObject{
            {"action", offer.action->name},
            {"way", offer.compares.is_nil() ? "record_paper" : "compare_paper"},
            {"signature", id_json(offer.compares)},
            {"post", id_json(offer.post)},
            {"role", text_json(offer.role)},
            {"signed_for", id_json(delegator)}
        });
    }
    return out;
}

/// With whom it lies: who could take the actions that lead on.
core::JsonArray next_json(
    const Services& services,
    const Asker& asker,
    const Register& declared,
    const Entry& entry,
    Labels& labels
) {
    core::JsonArray out;
    const calendar::Date today = services.registers.today(asker.actor.org);
    for (const Action& action : declared.procedure.actions) {
        const auto& from = action.from;
        if (action.reached_by_acts || !action.to || action.to == entry.state ||
            std::find(from.begin(), from.end(), entry.state) == from.end()) {
            continue;
        }
        std::vector<declarations::Role> roles = action.by;
        for (const auto& rule : action.signatures) {
            roles.push_back(rule.by);
        }
        for (const declarations::Role& role : roles) {
            core::JsonArray people;
            for (const core::Id& person :
                 access::holders(*asker.actor.directory, role, entry.unit, today)) {
                if (people.size() < kNextPeopleMax) {
                    labels.person(person);
                    people.emplace_back(person.text());
                }
            }
            out.push_back(core::JsonObject{
                {"action", action.name}, {"by", role.text()}, {"people", std::move(people)}
            });
        }
    }
    return out;
}

}  // namespace

core::Id entry_of_path(const Services& services, const Asker& asker, const http::PathParams& path) {
    const std::string& text = path.at("id");
    if (!text.starts_with(kByNumber)) {
        const auto id = core::Id::parse(text);
        if (!id) {
            throw core::Problem{core::ProblemKind::NotFound, "entry.not_found"};
        }
        return *id;
    }
    std::optional<core::Id> found;
    services.store.read([&](store::Reader& reader) {
        found = services.registers.find_number(
            reader, asker.actor, path.at("register"), text.substr(kByNumber.size())
        );
    });
    if (!found) {
        throw core::Problem{core::ProblemKind::NotFound, "entry.not_found"};
    }
    return *found;
}

bool tells_of(const journal::Draft& record, const std::vector<journal::Signature>& signatures) {
    return record.kind == "signature" &&
           std::ranges::any_of(record.signatures, [&](const journal::Signature& told) {
               return std::ranges::any_of(signatures, [&](const journal::Signature& one) {
                   return one.person == told.person && one.at_ms == told.at_ms;
               });
           });
}

core::Json id_json(const core::Id& id) {
    return id.is_nil() ? core::Json(nullptr) : core::Json(id.text());
}

core::Json text_json(const std::string& text) {
    return text.empty() ? core::Json(nullptr) : core::Json(text);
}

core::JsonObject signature_json(const journal::Signature& signature, Labels& labels) {
    labels.person(signature.person);
    labels.person(signature.signed_for);
    labels.person(signature.recorded_by);
    labels.person(signature.compared_by);
    return {
        {"kind", signature.kind},
        {"person", id_json(signature.person)},
        {"post", id_json(signature.post)},
        {"role", signature.role},
        {"signed_for", id_json(signature.signed_for)},
        {"words", text_json(signature.words)},
        {"signed_on", text_json(signature.signed_on)},
        {"scan", text_json(signature.scan)},
        {"at", instant_text(signature.at_ms)},
        {"recorded_by", id_json(signature.recorded_by)},
        {"compared_by", id_json(signature.compared_by)}
    };
}

core::JsonObject head_json(const Entry& entry) {
    return {
        {"id", entry.id.text()},
        {"number", text_json(entry.number)},
        {"title", title_of(entry)},
        {"unit", entry.unit.text()},
        {"state", entry.state},
        {"revision", entry.revision},
        {"changed_at", instant_text(entry.changed_at_ms)}
    };
}

core::JsonObject row_json(
    const Services& services,
    const Asker& asker,
    const Register& declared,
    const declarations::View* view,
    const Entry& entry,
    Labels& labels
) {
    core::JsonObject row = head_json(entry);
    labels.unit(entry.unit);
    core::JsonObject fields;
    fields.reserve(entry.fields.size());
    for (const Field& field : declared.fields) {
        const bool shown =
            view == nullptr || std::find(view->columns.begin(), view->columns.end(), field.name) !=
                                   view->columns.end();
        const auto value = entry.fields.find(field.name);
        if (shown && value != entry.fields.end()) {
            labels.value(field, declared.name, entry.id, value->value());
            fields[field.name] = value->value();
        }
    }
    row["fields"] = std::move(fields);
    row["due"] = nullptr;
    if (!entry.due_on.empty()) {
        core::JsonObject due = {{"on", entry.due_on}};
        add_light(due, services, asker, services.registers.light(asker.actor.org, declared, entry));
        row["due"] = std::move(due);
    }
    return row;
}

core::JsonObject entry_json(
    const Services& services,
    store::Reader& reader,
    const Asker& asker,
    const Register& declared,
    const Entry& entry
) {
    Labels labels{services, reader, asker};
    labels.unit(entry.unit);
    labels.person(entry.opened_by);
    core::JsonObject json = head_json(entry);
    json["register"] = declared.name;
    json["opened_at"] = instant_text(entry.opened_at_ms);
    json["opened_by"] = entry.opened_by.text();
    for (const Field& field : declared.fields) {
        labels.value(field, declared.name, entry.id, entry.fields.at(field.name));
    }
    json["fields"] = entry.fields;
    json["sealed"] = core::JsonArray{};
    core::JsonArray deadlines;
    for (const RunningDeadline& deadline :
         services.registers.deadlines(reader, asker.actor.org, declared.name, entry.id)) {
        deadlines.push_back(deadline_json(services, asker, deadline));
    }
    json["deadlines"] = std::move(deadlines);
    json["round"] = round_json(services, reader, asker, declared, entry, labels);
    json["actions"] = actions_json(services, reader, asker, declared, entry, labels);
    json["papers"] = papers_json(services, reader, asker, declared, entry, labels);
    json["next"] = next_json(services, asker, declared, entry, labels);
    json["labels"] = labels.json();
    return json;
}

}  // namespace duban::api
