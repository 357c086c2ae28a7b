#include "registers/internal/folded_law.h"

#include <algorithm>
#include <sstream>

#include "core/problem.h"
#include "crypto/digest.h"
#include "registers/adoption.h"

namespace duban::registers {

namespace {

using declarations::Pack;
using journal::Draft;

std::string parameters_digest(const std::map<std::string, core::Json>& parameters) {
    core::JsonObject values;
    for (const auto& [name, value] : parameters) {
        values[name] = value;
    }
    return crypto::sha256(core::canonical_json(values)).hex();
}

calendar::Date recorded_date(const std::string& text) {
    return calendar::Date::parse(text).value_or(calendar::Date{});
}

std::vector<std::string> recorded_words(const Draft& record) {
    std::vector<std::string> words;
    for (const journal::Change& change : record.changes) {
        if (change.field == "differences") {
            for (const core::Json& row : change.rows) {
                words.push_back(core::canonical_json(row));
            }
        }
    }
    return words;
}

core::Id id_of(const std::string& text) {
    return core::Id::parse(text).value_or(core::Id{});
}

}  // namespace

std::string change_text(const Draft& record, std::string_view field) {
    for (const journal::Change& change : record.changes) {
        if (change.field == field && change.value.is_string()) {
            return std::string{change.value.get_string()};
        }
    }
    return {};
}

bool FoldedLaw::add(const Draft& record, std::int64_t position) {
    if (record.register_name == "pack") {
        add_version(record, position);
    } else if (record.register_name == "parameter") {
        auto& settings = parameters_[change_text(record, "name")];
        settings.push_back(
            {.position = position,
             .value = core::find_json(change_text(record, "after")).value_or(core::Json(nullptr))}
        );
        note_parameters();
    } else if (record.register_name == "profile") {
        add_profile(record);
    } else if (record.register_name == "backfill_decision") {
        add_decision(record);
    } else {
        return false;
    }
    return true;
}

std::shared_ptr<const Pack> FoldedLaw::load(const std::string& digest) {
    const auto known = loaded_.find(digest);
    if (known != loaded_.end()) {
        return known->second;
    }
    std::shared_ptr<const Pack> pack;
    try {
        const std::string bundle = Adoption::bundle(*reader_, digest);
        if (crypto::sha256(bundle).hex() == digest) {
            pack = std::make_shared<const Pack>(Adoption::pack_of(bundle));
        }
    } catch (const core::Problem&) {
        // No such text, or none that can be read: the version stands without its pack.
    }
    loaded_.emplace(digest, pack);
    return pack;
}

void FoldedLaw::add_version(const Draft& record, std::int64_t position) {
    LawVersion version{
        .position = position,
        .digest = record.declaration,
        .on = record.on,
        .pack = load(record.declaration),
        .differences = {},
        .words = {}
    };
    const std::string name = version.pack ? version.pack->name : change_text(record, "pack");
    auto& versions = versions_[name];
    if (version.pack && !versions.empty() && versions.back().pack) {
        version.differences = declarations::differences(*versions.back().pack, *version.pack);
        version.words = recorded_words(record);
        if (version.words.size() != version.differences.size()) {
            version.words.clear();
        }
    }
    if (version.pack) {
        for (const declarations::Parameter& parameter : version.pack->parameters) {
            auto& settings = parameters_[name + "." + parameter.name];
            if (settings.empty()) {
                settings.push_back({.position = position, .value = parameter.initial});
            }
        }
    }
    versions.push_back(std::move(version));
    note_parameters();
}

void FoldedLaw::add_profile(const Draft& record) {
    core::JsonObject changes;
    for (const journal::Change& change : record.changes) {
        if (change.field != "approved_by") {
            changes[change.field] = change.value;
        }
    }
    profile_ = Profile{
        .record = record.entry,
        .actor = record.actor,
        .profile = changed(profile_ ? profile_->profile : OrgProfile{}, changes)
    };
}

void FoldedLaw::add_decision(const Draft& record) {
    Decision decision{
        .id = record.entry,
        .title = change_text(record, "title"),
        .paper = change_text(record, "paper"),
        .registers = {},
        .from = recorded_date(change_text(record, "from_day")),
        .to = recorded_date(change_text(record, "to_day")),
        .recorder = id_of(change_text(record, "recorder")),
        .checker = id_of(change_text(record, "checker")),
        .decided_on = recorded_date(record.on)
    };
    std::istringstream words{change_text(record, "registers")};
    for (std::string word; words >> word;) {
        decision.registers.push_back(word);
    }
    decisions_[record.entry] = std::move(decision);
}

void FoldedLaw::note_parameters() {
    parameter_digests_.insert(parameters_digest(parameters()));
}

const std::vector<LawVersion>& FoldedLaw::versions(std::string_view pack) const {
    static const std::vector<LawVersion> kNone;
    const auto found = versions_.find(pack);
    return found == versions_.end() ? kNone : found->second;
}

const Pack* FoldedLaw::find_text(const std::string& digest) const {
    const auto found = loaded_.find(digest);
    return found == loaded_.end() ? nullptr : found->second.get();
}

bool FoldedLaw::is_legible() const {
    return std::ranges::all_of(versions_, [](const auto& versions) {
        return std::ranges::all_of(versions.second, [](const LawVersion& version) {
            return version.pack != nullptr;
        });
    });
}

const LawVersion* FoldedLaw::find_declaring(std::string_view register_name) const {
    for (const auto& [name, versions] : versions_) {
        const LawVersion& newest = versions.back();
        const bool declares =
            newest.pack && std::ranges::any_of(newest.pack->registers, [&](const auto& declared) {
                return declared.name == register_name;
            });
        if (declares) {
            return &newest;
        }
    }
    return nullptr;
}

std::map<std::string, core::Json> FoldedLaw::parameters() const {
    std::map<std::string, core::Json> values;
    for (const auto& [name, settings] : parameters_) {
        values[name] = settings.back().value;
    }
    return values;
}

std::optional<core::Json> FoldedLaw::find_parameter(const std::string& name, std::int64_t position)
    const {
    const auto found = parameters_.find(name);
    std::optional<core::Json> value;
    if (found != parameters_.end()) {
        for (const Setting& setting : found->second) {
            if (setting.position < position) {
                value = setting.value;
            }
        }
    }
    return value;
}

std::int64_t FoldedLaw::wanted(
    const std::string& pack, const declarations::SignatureRule& rule, std::int64_t position
) const {
    if (rule.count.parameter.empty()) {
        return rule.count.value;
    }
    const auto value = find_parameter(pack + "." + rule.count.parameter, position);
    return value && value->is_int64() ? value->get_int64() : 1;
}

}  // namespace duban::registers
