#include <algorithm>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include "crypto/encoding.h"
#include "journal/internal/commitments.h"
#include "journal/internal/leaf.h"
#include "journal/internal/members.h"
#include "journal/journal.h"

namespace duban::journal {

namespace {

// Each reader says false or gives nothing where the bytes are not what we write.

bool read_id(const core::JsonObject& object, std::string_view name, core::Id& id) {
    const core::Json* member = object.if_contains(key(name));
    if (member == nullptr) {
        return true;
    }
    const auto* text = member->if_string();
    const auto parsed = text == nullptr
                            ? std::nullopt
                            : core::Id::parse(std::string_view{text->data(), text->size()});
    id = parsed.value_or(core::Id{});
    return parsed.has_value();
}

bool read_text(const core::JsonObject& object, std::string_view name, std::string& text) {
    const core::Json* member = object.if_contains(key(name));
    if (member == nullptr) {
        return true;
    }
    const auto* string = member->if_string();
    text = string == nullptr ? std::string{} : std::string{string->data(), string->size()};
    return string != nullptr;
}

bool read_integer(const core::JsonObject& object, std::string_view name, std::int64_t& number) {
    const core::Json* member = object.if_contains(key(name));
    number = member != nullptr && member->is_int64() ? member->get_int64() : 0;
    return member != nullptr && member->is_int64();
}

/// The object under `name`; an empty one when absent; nullptr when it is something else.
const core::JsonObject* find_section(const core::JsonObject& object, std::string_view name) {
    static const core::JsonObject none;
    const core::Json* member = object.if_contains(key(name));
    return member == nullptr ? &none : member->if_object();
}

const core::JsonArray* find_list(const core::JsonObject& object, std::string_view name) {
    static const core::JsonArray none;
    const core::Json* member = object.if_contains(key(name));
    return member == nullptr ? &none : member->if_array();
}

/// The value of {"s", "v"}; null for anything else.
core::Json value_of(const core::Json* kept) {
    const core::Json* value = kept == nullptr ? nullptr : core::find_member(*kept, "v");
    return value == nullptr ? core::Json(nullptr) : core::Json(*value, boost::json::storage_ptr{});
}

const core::Json* find_kept(const Parts& parts, std::string_view section, std::string_view name) {
    const core::Json* names = parts.blob.if_contains(key(section));
    return names == nullptr ? nullptr : core::find_member(*names, name);
}

std::optional<std::string> find_salt(const core::Json& kept) {
    const core::JsonObject* object = kept.if_object();
    const auto text = core::find_string(kept, "s");
    if (object == nullptr || object->size() != 2 || !text || !object->contains("v")) {
        return std::nullopt;
    }
    auto salt = crypto::base64url_decode(*text);
    return salt && salt->size() == kSaltBytes ? salt : std::nullopt;
}

bool rows_match(const core::JsonObject& committed, const core::JsonArray& kept) {
    std::vector<SaltedRow> rows;
    for (const core::Json& row : kept) {
        const auto salt = find_salt(row);
        if (!salt) {
            return false;
        }
        rows.push_back({*salt, core::find_member(row, "v")});
    }
    const core::Json list(committed);
    return core::find_integer(list, "count") == static_cast<std::int64_t>(rows.size()) &&
           core::find_string(list, "root") == commit_rows(rows).hex();
}

std::vector<Change> read_changes(const Parts& parts, std::string_view section) {
    std::vector<Change> changes;
    for (const auto& member : *find_section(parts.leaf, section)) {
        const core::Json* kept = find_kept(parts, section, name_of(member));
        Change change{.field = std::string{name_of(member)}};
        change.is_list = member.value().is_object();
        const core::JsonArray* rows = kept == nullptr ? nullptr : kept->if_array();
        if (!change.is_list) {
            change.value = value_of(kept);
        } else if (rows != nullptr) {
            for (const core::Json& row : *rows) {
                change.rows.push_back(value_of(&row));
            }
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

std::optional<Signature> read_signature(const core::Json& json, const core::Json* words) {
    const core::JsonObject* object = json.if_object();
    Signature signature;
    if (object == nullptr || !read_id(*object, "person", signature.person) ||
        !read_id(*object, "post", signature.post) || !read_text(*object, "role", signature.role) ||
        !read_text(*object, "kind", signature.kind) ||
        !read_integer(*object, "at", signature.at_ms) ||
        !read_id(*object, "signed_for", signature.signed_for) ||
        !read_id(*object, "delegation", signature.delegation) ||
        !read_id(*object, "recorded_by", signature.recorded_by) ||
        !read_id(*object, "compared_by", signature.compared_by) ||
        !read_text(*object, "signed_on", signature.signed_on) ||
        !read_text(*object, "scan", signature.scan)) {
        return std::nullopt;
    }
    const core::Json said = value_of(words);
    if (const auto* text = said.if_string()) {
        signature.words = std::string{text->data(), text->size()};
    }
    return signature;
}

bool read_cause(const core::JsonObject& names, std::optional<Cause>& caused_by) {
    const core::Json* member = names.if_contains("caused_by");
    if (member == nullptr) {
        return true;
    }
    const core::JsonObject* object = member->if_object();
    Cause cause;
    if (object == nullptr || !read_text(*object, "register", cause.register_name) ||
        !read_id(*object, "entry", cause.entry) ||
        !read_integer(*object, "revision", cause.revision)) {
        return false;
    }
    caused_by = std::move(cause);
    return true;
}

/// The leaf's members with the hidden ones put back from the blob; erased ones stay away.
core::JsonObject told_names(const Parts& parts) {
    core::JsonObject names = parts.leaf;
    for (const auto& member : *find_section(parts.leaf, "hidden")) {
        core::Json value = value_of(find_kept(parts, "hidden", name_of(member)));
        if (!value.is_null()) {
            put(names, name_of(member), std::move(value));
        }
    }
    return names;
}

bool read_names(const Parts& parts, Draft& draft) {
    draft.hidden = parts.leaf.contains("hidden");
    const core::JsonObject told = draft.hidden ? told_names(parts) : core::JsonObject{};
    const core::JsonObject& names = draft.hidden ? told : parts.leaf;
    return read_text(names, "register", draft.register_name) &&
           read_text(names, "action", draft.action) && read_text(names, "number", draft.number) &&
           read_text(names, "state_before", draft.state_before) &&
           read_text(names, "state_after", draft.state_after) &&
           read_text(names, "decision", draft.decision) && read_cause(names, draft.caused_by);
}

bool read_plain(const core::JsonObject& leaf, Draft& draft) {
    std::int64_t claimed_at = 0;
    if (read_integer(leaf, "claimed_at", claimed_at)) {
        draft.claimed_at_ms = claimed_at;
    } else if (leaf.contains("claimed_at")) {
        return false;
    }
    return read_integer(leaf, "org", draft.org.value) && read_id(leaf, "entry", draft.entry) &&
           read_integer(leaf, "revision", draft.revision) && read_text(leaf, "kind", draft.kind) &&
           read_id(leaf, "actor", draft.actor) && read_id(leaf, "post", draft.post) &&
           read_id(leaf, "unit", draft.unit) && read_text(leaf, "declaration", draft.declaration) &&
           read_text(leaf, "parameters", draft.parameters) && read_text(leaf, "on", draft.on) &&
           read_integer(leaf, "recorded_at", draft.recorded_at_ms);
}

bool read_lists(const Parts& parts, Draft& draft) {
    const core::JsonArray* signatures = find_list(parts.leaf, "signatures");
    const core::JsonArray* erases = find_list(parts.leaf, "erases");
    if (signatures == nullptr || erases == nullptr) {
        return false;
    }
    for (const core::Json& name : *erases) {
        if (!name.is_string()) {
            return false;
        }
        draft.erases.emplace_back(name.get_string().data(), name.get_string().size());
    }
    for (const core::Json& json : *signatures) {
        const std::string index = std::to_string(draft.signatures.size());
        auto signature = read_signature(json, find_kept(parts, "words", index));
        if (!signature) {
            return false;
        }
        draft.signatures.push_back(*std::move(signature));
    }
    return true;
}

/// The value that `text` is the canonical form of, in memory that is given back as one piece: a
/// ledger's records are read by the million, each to be looked at and dropped. A name that stands
/// twice has no canonical form, and decimals are not recordable; so the checks of core::find_json
/// are not needed.
std::optional<core::Json> find_canonical(const std::string& text) {
    constexpr std::size_t kMemoryFactor = 4;  // what is made of a text takes about so many bytes
    boost::json::parse_options options;
    options.max_depth = core::kJsonDepthMax;
    boost::system::error_code error;
    core::Json value = boost::json::parse(
        key(text),
        error,
        boost::json::make_shared_resource<boost::json::monotonic_resource>(
            kMemoryFactor * text.size()
        ),
        options
    );
    const bool canonical = !error && is_recordable(value) && core::canonical_json(value) == text;
    return canonical ? std::optional{std::move(value)} : std::nullopt;
}

bool has_shape(const core::JsonObject& leaf) {
    std::int64_t version = 0;
    return read_integer(leaf, "v", version) && version == kRecordVersion &&
           find_section(leaf, "changes") != nullptr && find_section(leaf, "inputs") != nullptr &&
           find_section(leaf, "hidden") != nullptr && find_list(leaf, "signatures") != nullptr;
}

}  // namespace

std::optional<Parts> find_parts(const Record& record) {
    if (record.leaf.size() > kLeafBytesMax) {
        return std::nullopt;
    }
    auto leaf = find_canonical(record.leaf);
    auto blob = find_canonical(record.blob);
    if (!leaf || !blob || !leaf->is_object() || !blob->is_object() ||
        !has_shape(leaf->get_object())) {
        return std::nullopt;
    }
    return Parts{std::move(leaf->get_object()), std::move(blob->get_object())};
}

std::optional<Draft> find_draft(const Parts& parts) {
    Draft draft;
    if (!read_names(parts, draft) || !read_plain(parts.leaf, draft) || !read_lists(parts, draft)) {
        return std::nullopt;
    }
    draft.changes = read_changes(parts, "changes");
    draft.inputs = read_changes(parts, "inputs");
    return draft;
}

std::string public_name(const Commitment& commitment) {
    return commitment.section == "words" ? std::string{kSignatureWords} : commitment.name;
}

std::vector<Commitment> commitments_of(const Parts& parts) {
    std::vector<Commitment> all;
    for (const std::string_view section : {"changes", "inputs", "hidden"}) {
        for (const auto& member : *find_section(parts.leaf, section)) {
            const std::string_view name = name_of(member);
            all.push_back(
                {section, std::string{name}, &member.value(), find_kept(parts, section, name)}
            );
        }
    }
    std::size_t i = 0;
    for (const core::Json& signature : *find_list(parts.leaf, "signatures")) {
        if (const core::Json* words = core::find_member(signature, "words")) {
            const std::string index = std::to_string(i);
            all.push_back({"words", index, words, find_kept(parts, "words", index)});
        }
        ++i;
    }
    return all;
}

bool matches(const Commitment& commitment) {
    if (commitment.kept == nullptr) {
        return false;
    }
    if (commitment.kept->is_null()) {
        return true;
    }
    if (const core::JsonObject* list = commitment.committed->if_object()) {
        const core::JsonArray* rows = commitment.kept->if_array();
        return rows != nullptr && rows_match(*list, *rows);
    }
    const auto salt = find_salt(*commitment.kept);
    const auto* text = commitment.committed->if_string();
    return salt && text != nullptr &&
           std::string_view{text->data(), text->size()} ==
               commit_value(*salt, *core::find_member(*commitment.kept, "v")).hex();
}

std::string find_surplus(const Parts& parts, const std::vector<Commitment>& all) {
    for (const auto& section : parts.blob) {
        const core::JsonObject* names = section.value().if_object();
        if (names == nullptr || names->empty()) {
            return std::string{name_of(section)};
        }
        for (const auto& member : *names) {
            const bool committed = std::ranges::any_of(all, [&](const Commitment& one) {
                return one.section == name_of(section) && one.name == name_of(member);
            });
            if (!committed) {
                return std::string{name_of(member)};
            }
        }
    }
    return {};
}

}  // namespace duban::journal
