#include <set>

#include "journal/internal/members.h"
#include "journal/journal.h"

namespace duban::journal {

namespace {

/// Every value of a part of the blob is held back.
void hold_back(core::JsonObject& blob, std::string_view part) {
    const auto found = blob.find(part);
    if (found == blob.end() || !found->value().is_object()) {
        return;
    }
    for (auto& member : found->value().get_object()) {
        member.value() = nullptr;
    }
}

/// The value without its salts: a list as an array of its rows.
core::Json value_of(const core::Json& kept) {
    if (const core::JsonArray* rows = kept.if_array()) {
        core::JsonArray values;
        for (const core::Json& row : *rows) {
            values.push_back(row.at("v"));
        }
        return values;
    }
    return kept.at("v");
}

/// Goes from the newest record to the oldest: `seen` are the fields a newer one changed.
void show_newest(
    core::JsonObject& blob,
    std::set<std::string, std::less<>>& seen,
    const MayShow& may_show
) {
    const auto changes = blob.find("changes");
    if (changes == blob.end() || !changes->value().is_object()) {
        return;
    }
    for (auto& member : changes->value().get_object()) {
        const std::string_view field = name_of(member);
        const bool newest = seen.emplace(field).second;
        const bool shown = newest && !member.value().is_null() &&
                           may_show(field, value_of(member.value()));
        if (!shown) {
            member.value() = nullptr;
        }
    }
}

}  // namespace

core::Json part_of(const core::Json& certificate, const MayShow& may_show) {
    core::Json part = certificate;
    core::JsonObject& members = part.as_object();
    members.erase("declarations");
    put(members, "partial", core::Json(true));
    std::set<std::string, std::less<>> seen;
    core::JsonArray& records = members["records"].as_array();
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        core::JsonObject& blob = record->as_object()["blob"].as_object();
        for (const std::string_view kind : {"inputs", "words"}) {
            hold_back(blob, kind);
        }
        show_newest(blob, seen, may_show);
    }
    return part;
}

}  // namespace duban::journal
