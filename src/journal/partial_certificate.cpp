#include "journal/partial_certificate.h"

#include <set>

#include "journal/internal/members.h"

namespace duban::journal {

namespace {

constexpr store::Query kFindFirstCovering{
    "journal.find_first_covering",
    "select note from d_checkpoint where org = $1 and size > $2 order by size limit 1"
};

constexpr std::string_view kPartial = "partial";

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
    core::JsonObject& blob, std::set<std::string, std::less<>>& seen, const MayShow& may_show
) {
    const auto changes = blob.find("changes");
    if (changes == blob.end() || !changes->value().is_object()) {
        return;
    }
    for (auto& member : changes->value().get_object()) {
        const std::string_view field = name_of(member);
        const bool newest = seen.emplace(field).second;
        const bool shown =
            newest && !member.value().is_null() && may_show(field, value_of(member.value()));
        if (!shown) {
            member.value() = nullptr;
        }
    }
}

}  // namespace

std::optional<std::string> find_first_covering(
    store::Reader& reader, core::OrgId org, std::int64_t position
) {
    const store::Rows rows = reader.query(kFindFirstCovering, {store::value(org), position});
    return rows.empty() ? std::nullopt : std::optional{rows[0].text(0)};
}

bool is_partial(const core::Json& certificate) {
    const core::Json* partial = core::find_member(certificate, kPartial);
    return partial != nullptr && partial->is_bool() && partial->get_bool();
}

std::int64_t held_back(const core::Json& certificate) {
    std::int64_t values = 0;
    const core::Json* records = core::find_member(certificate, "records");
    if (!is_partial(certificate) || records == nullptr || !records->is_array()) {
        return values;
    }
    for (const core::Json& record : records->get_array()) {
        const core::Json* blob = core::find_member(record, "blob");
        const core::JsonObject* parts = blob == nullptr ? nullptr : blob->if_object();
        for (const auto& part : parts == nullptr ? core::JsonObject{} : *parts) {
            const core::JsonObject* names = part.value().if_object();
            for (const auto& name : names == nullptr ? core::JsonObject{} : *names) {
                values += name.value().is_null() ? 1 : 0;
            }
        }
    }
    return values;
}

core::Json part_of(const core::Json& certificate, const MayShow& may_show) {
    core::Json part = certificate;
    core::JsonObject& members = part.as_object();
    members.erase("declarations");
    put(members, kPartial, core::Json(true));
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
