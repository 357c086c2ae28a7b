#include <array>

#include "core/check.h"
#include "crypto/encoding.h"
#include "journal/internal/commitments.h"
#include "journal/internal/leaf.h"
#include "journal/internal/members.h"

namespace duban::journal {

namespace {

// The members that a hidden record commits to instead of telling them.
constexpr std::array<std::string_view, 7> kHideable{
    "register", "action", "number", "state_before", "state_after", "decision", "caused_by"
};

void put_text(core::JsonObject& object, std::string_view name, std::string_view text) {
    if (!text.empty()) {
        put(object, name, text_json(text));
    }
}

void put_id(core::JsonObject& object, std::string_view name, const core::Id& id) {
    if (!id.is_nil()) {
        put(object, name, text_json(id.text()));
    }
}

core::Json salted(std::string_view salt, const core::Json& value) {
    core::JsonObject kept;
    put(kept, "s", text_json(crypto::base64url_encode(salt)));
    put(kept, "v", value);
    return kept;
}

/// Writes the commitments of one section into the leaf and what they hide into the blob.
class SectionWriter {
public:
    SectionWriter(std::string_view seed, std::string_view salt_kind)
        : seed_{seed}, salt_kind_{salt_kind} {}

    void add(std::string_view name, const core::Json& value) {
        core::check(is_recordable(value), "a recorded number is a safe integer");
        const std::string salt = derive_salt(seed_, {.kind = salt_kind_, .name = name});
        add_pair(name, text_json(commit_value(salt, value).hex()), salted(salt, value));
    }

    void add_rows(std::string_view name, const std::vector<core::Json>& rows) {
        std::vector<SaltedRow> salted_rows;
        core::JsonArray kept;
        for (const core::Json& row : rows) {
            core::check(is_recordable(row), "a recorded number is a safe integer");
            const SaltPlace place{.kind = salt_kind_, .name = name, .row = salted_rows.size()};
            salted_rows.push_back({derive_salt(seed_, place), &row});
            kept.push_back(salted(salted_rows.back().salt, row));
        }
        core::JsonObject list;
        put(list, "count", core::Json(static_cast<std::int64_t>(rows.size())));
        put(list, "root", text_json(commit_rows(salted_rows).hex()));
        add_pair(name, std::move(list), std::move(kept));
    }

    void add_changes(const std::vector<Change>& changes) {
        for (const Change& change : changes) {
            if (change.is_list) {
                add_rows(change.field, change.rows);
            } else {
                add(change.field, change.value);
            }
        }
    }

    /// Moves what was written into `leaf` and `blob` under `section`, unless there is nothing.
    void finish(core::JsonObject& leaf, core::JsonObject& blob, std::string_view section) {
        if (!kept_.empty()) {
            put(leaf, section, std::move(committed_));
            finish_blob(blob, section);
        }
    }

    void finish_blob(core::JsonObject& blob, std::string_view section) {
        if (!kept_.empty()) {
            put(blob, section, std::move(kept_));
        }
    }

    [[nodiscard]] const core::JsonObject& committed() const { return committed_; }

private:
    void add_pair(std::string_view name, core::Json committed, core::Json kept) {
        core::check(!committed_.contains(key(name)), "a record names each field once");
        put(committed_, name, std::move(committed));
        put(kept_, name, std::move(kept));
    }

    std::string_view seed_;
    std::string_view salt_kind_;
    core::JsonObject committed_;
    core::JsonObject kept_;
};

core::JsonObject write_signature(const Signature& signature) {
    core::JsonObject object;
    put_id(object, "person", signature.person);
    put_id(object, "post", signature.post);
    put_text(object, "role", signature.role);
    put_text(object, "kind", signature.kind);
    put(object, "at", core::Json(signature.at_ms));
    put_id(object, "signed_for", signature.signed_for);
    put_id(object, "delegation", signature.delegation);
    put_id(object, "recorded_by", signature.recorded_by);
    put_id(object, "compared_by", signature.compared_by);
    put_text(object, "signed_on", signature.signed_on);
    put_text(object, "scan", signature.scan);
    return object;
}

void write_signatures(const Draft& draft, core::JsonObject& leaf, core::JsonObject& blob) {
    SectionWriter words{draft.salt_seed, "words"};
    core::JsonArray signatures;
    for (std::size_t i = 0; i < draft.signatures.size(); ++i) {
        core::JsonObject signature = write_signature(draft.signatures[i]);
        if (!draft.signatures[i].words.empty()) {
            const std::string index = std::to_string(i);
            words.add(index, text_json(draft.signatures[i].words));
            put(signature, "words", words.committed().at(key(index)));
        }
        signatures.push_back(std::move(signature));
    }
    if (!signatures.empty()) {
        put(leaf, "signatures", std::move(signatures));
    }
    words.finish_blob(blob, "words");
}

void write_names(const Draft& draft, core::JsonObject& leaf) {
    put_text(leaf, "register", draft.register_name);
    put_text(leaf, "action", draft.action);
    put_text(leaf, "number", draft.number);
    put_text(leaf, "state_before", draft.state_before);
    put_text(leaf, "state_after", draft.state_after);
    put_text(leaf, "decision", draft.decision);
    if (draft.caused_by) {
        core::JsonObject cause;
        put(cause, "register", text_json(draft.caused_by->register_name));
        put(cause, "entry", text_json(draft.caused_by->entry.text()));
        put(cause, "revision", core::Json(draft.caused_by->revision));
        put(leaf, "caused_by", std::move(cause));
    }
}

void hide_names(const Draft& draft, core::JsonObject& leaf, core::JsonObject& blob) {
    SectionWriter hidden{draft.salt_seed, "hidden"};
    for (const std::string_view name : kHideable) {
        if (const core::Json* value = leaf.if_contains(key(name))) {
            hidden.add(name, *value);
            leaf.erase(key(name));
        }
    }
    hidden.finish(leaf, blob, "hidden");
}

}  // namespace

Texts write_texts(const Draft& draft, std::int64_t recorded_at_ms) {
    core::JsonObject leaf;
    core::JsonObject blob;
    write_names(draft, leaf);
    if (draft.hidden) {
        hide_names(draft, leaf, blob);
    }
    put(leaf, "v", core::Json(kRecordVersion));
    put(leaf, "org", core::Json(draft.org.value));
    put_id(leaf, "entry", draft.entry);
    put(leaf, "revision", core::Json(draft.revision));
    put_text(leaf, "kind", draft.kind);
    put_id(leaf, "actor", draft.actor);
    put_id(leaf, "post", draft.post);
    put_id(leaf, "unit", draft.unit);
    put_text(leaf, "declaration", draft.declaration);
    put_text(leaf, "parameters", draft.parameters);
    put_text(leaf, "on", draft.on);
    put(leaf, "recorded_at", core::Json(recorded_at_ms));
    if (draft.claimed_at_ms) {
        put(leaf, "claimed_at", core::Json(*draft.claimed_at_ms));
    }
    if (!draft.erases.empty()) {
        core::JsonArray erases;
        for (const std::string& name : draft.erases) {
            erases.push_back(text_json(name));
        }
        put(leaf, "erases", std::move(erases));
    }
    write_signatures(draft, leaf, blob);
    SectionWriter changes{draft.salt_seed, "change"};
    changes.add_changes(draft.changes);
    changes.finish(leaf, blob, "changes");
    SectionWriter inputs{draft.salt_seed, "input"};
    inputs.add_changes(draft.inputs);
    inputs.finish(leaf, blob, "inputs");
    const core::Json whole(std::move(leaf));
    core::check(is_recordable(whole), "a recorded number is a safe integer");
    return {core::canonical_json(whole), core::canonical_json(core::Json(std::move(blob)))};
}

}  // namespace duban::journal
