#include <algorithm>
#include <set>
#include <tuple>

#include "core/problem.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "journal/internal/commitments.h"
#include "journal/internal/erasures.h"
#include "journal/internal/leaf.h"
#include "journal/internal/members.h"
#include "journal/internal/rows.h"
#include "journal/journal.h"
#include "journal/partial_certificate.h"

namespace duban::journal {

namespace {

constexpr std::string_view kFormat = "duban-certificate-1";

/// A record of a certificate, read but not judged.
struct Shown {
    Record record;
    std::vector<crypto::Hash> proof;
};

std::optional<std::vector<crypto::Hash>> read_proof(const core::Json& shown) {
    const core::Json* member = core::find_member(shown, "proof");
    if (member == nullptr || !member->is_array()) {
        return std::nullopt;
    }
    std::vector<crypto::Hash> proof;
    for (const core::Json& element : member->get_array()) {
        const auto* text = element.if_string();
        const auto hash =
            text == nullptr ? std::nullopt
                            : crypto::Hash::parse_hex(std::string_view{text->data(), text->size()});
        if (!hash) {
            return std::nullopt;
        }
        proof.push_back(*hash);
    }
    return proof;
}

std::optional<Shown> read_shown(const core::Json& json) {
    const auto position = core::find_integer(json, "position");
    const auto leaf = core::find_string(json, "leaf");
    const core::Json* blob = core::find_member(json, "blob");
    auto proof = read_proof(json);
    if (!position || *position < 0 || !leaf || blob == nullptr || !is_recordable(*blob) || !proof) {
        return std::nullopt;
    }
    return Shown{
        .record =
            {.position = *position,
             .recorded_at_ms = 0,
             .leaf = *leaf,
             .blob = core::canonical_json(*blob)},
        .proof = *std::move(proof)
    };
}

/// Checks one certificate; each fault is noted and the rest is still looked at.
class CertificateCheck {
public:
    explicit CertificateCheck(const core::Json& certificate) : certificate_{certificate} {}

    CertificateReport run(std::string_view verifier_key) {
        report_.key_given = !verifier_key.empty();
        partial_ = is_partial(certificate_);
        const core::Json* records = core::find_member(certificate_, "records");
        if (core::find_string(certificate_, "format") != kFormat || records == nullptr ||
            !records->is_array() || records->get_array().empty()) {
            fail("certificate.malformed");
            return std::move(report_);
        }
        check_checkpoint(verifier_key);
        for (const core::Json& json : records->get_array()) {
            if (const auto shown = read_shown(json)) {
                check_record(*shown);
            } else {
                fail("certificate.malformed");
            }
        }
        if (!erasures_.unrecorded().empty()) {
            fail("certificate.erased_without_record");
        }
        check_declarations();
        report_.valid = report_.faults.empty();
        return std::move(report_);
    }

private:
    void fail(std::string_view code) {
        if (std::ranges::find(report_.faults, code) == report_.faults.end()) {
            report_.faults.emplace_back(code);
        }
    }

    void check_checkpoint(std::string_view verifier_key) {
        const std::string own = core::find_string(certificate_, "verifier_key").value_or("");
        const auto key = crypto::NoteVerifier::parse(report_.key_given ? verifier_key : own);
        const auto note = core::find_string(certificate_, "checkpoint");
        const auto text = key && note ? crypto::open_note(*note, *key) : std::nullopt;
        const auto checkpoint = text ? crypto::parse_checkpoint(*text) : std::nullopt;
        if (!checkpoint) {
            fail("certificate.checkpoint_unsigned");
            return;
        }
        tree_ = checkpoint->head;
        report_.origin = checkpoint->origin;
        report_.tree_size = static_cast<std::int64_t>(tree_.size);
        report_.root = tree_.root.hex();
    }

    void check_record(const Shown& shown) {
        ++report_.records;
        const auto parts = find_parts(shown.record);
        const auto draft = parts ? find_draft(*parts) : std::nullopt;
        if (!draft) {
            fail("certificate.leaf_malformed");
            return;
        }
        const crypto::InclusionClaim claim{
            .leaf = shown.record.leaf_hash(),
            .index = static_cast<std::uint64_t>(shown.record.position),
            .size = tree_.size,
            .root = tree_.root
        };
        if (claim.index >= claim.size || !crypto::verify_inclusion(claim, shown.proof)) {
            fail("certificate.proof_wrong");
        }
        if (shown.record.find_mismatch()) {
            fail("certificate.value_altered");
        }
        check_entry(*draft);
        check_order(shown.record.position, *draft);
        count_signatures(*draft);
        note_missing(shown, *draft);
        declarations_.insert(draft->declaration);
        last_ = *draft;
        last_position_ = shown.record.position;
    }

    void check_entry(const Draft& draft) {
        if (draft.register_name != core::find_string(certificate_, "register") ||
            draft.entry.text() != core::find_string(certificate_, "entry")) {
            fail("certificate.wrong_entry");
        }
        const std::string suffix = "/" + std::to_string(draft.org.value);
        if (!report_.origin.empty() && !report_.origin.ends_with(suffix)) {
            fail("certificate.wrong_org");
        }
    }

    /// A certificate that shows all must say why a value is not there; one that says it is a part
    /// may hold back any of them: their commitments stand in the leaf all the same.
    void note_missing(const Shown& shown, const Draft& draft) {
        if (!partial_) {
            erasures_.add(shown.record.position, draft, shown.record.erased());
        }
    }

    /// Lawful in the small: the steps follow one another without a gap.
    void check_order(std::int64_t position, const Draft& draft) {
        if (position <= last_position_) {
            fail("certificate.order_wrong");
        }
        if (last_ && draft.recorded_at_ms < last_->recorded_at_ms) {
            fail("certificate.time_falls");
        }
        const std::int64_t before = last_ ? last_->revision : 0;
        const bool repeats = draft.kind == "signature" && last_ && draft.revision == before;
        if (!repeats && draft.revision != before + 1) {
            fail("certificate.revision_gap");
        }
        if (draft.state_before != (last_ ? last_->state_after : std::string{})) {
            fail("certificate.state_gap");
        }
    }

    /// A pen's signature that one person recorded and nobody compared yet: it does not count, and
    /// the record of its comparison is judged.
    static bool waits_for_comparison(const Signature& one) {
        return one.kind == "paper" && one.compared_by.is_nil() && !one.recorded_by.is_nil() &&
               one.recorded_by != one.person;
    }

    void count_signatures(const Draft& draft) {
        report_.backfilled += draft.kind == "backfill" ? 1 : 0;
        for (const Signature& one : draft.signatures) {
            if (draft.kind == "signature" && waits_for_comparison(one)) {
                continue;
            }
            // The record that ends a round may repeat the signatures given in it.
            if (!signatures_.emplace(one.person, one.post, one.role, one.kind, one.at_ms).second) {
                continue;
            }
            report_.own += one.kind == "own" ? 1 : 0;
            report_.delegated += one.kind == "delegated" ? 1 : 0;
            report_.paper += one.kind == "paper" ? 1 : 0;
            const std::set<core::Id> persons{one.person, one.recorded_by, one.compared_by};
            if (one.kind == "paper" && (persons.size() < 3 || persons.contains(core::Id{}))) {
                fail("certificate.signature_same_person");
            }
        }
    }

    void check_declarations() {
        const core::Json* given = core::find_member(certificate_, "declarations");
        if (given == nullptr) {
            return;
        }
        if (!given->is_object()) {
            fail("certificate.malformed");
            return;
        }
        for (const auto& member : given->get_object()) {
            const auto* text = member.value().if_string();
            if (text == nullptr ||
                crypto::sha256({text->data(), text->size()}).hex() != name_of(member)) {
                fail("certificate.declaration_altered");
            }
        }
        for (const std::string& digest : declarations_) {
            if (!digest.empty() && core::find_member(*given, digest) == nullptr) {
                fail("certificate.declaration_missing");
            }
        }
    }

    const core::Json& certificate_;
    CertificateReport report_;
    crypto::TreeHead tree_;
    Erasures erasures_;
    std::set<std::string> declarations_;
    std::set<std::tuple<core::Id, core::Id, std::string, std::string, std::int64_t>> signatures_;
    std::optional<Draft> last_;
    std::int64_t last_position_ = -1;
    bool partial_ = false;
};

core::JsonObject show(const Record& record, const std::vector<crypto::Hash>& path) {
    core::JsonArray proof;
    for (const crypto::Hash& hash : path) {
        proof.push_back(text_json(hash.hex()));
    }
    core::JsonObject shown;
    put(shown, "position", core::Json(record.position));
    put(shown, "leaf", text_json(record.leaf));
    put(shown, "blob", core::parse_json(record.blob));
    put(shown, "proof", std::move(proof));
    return shown;
}

}  // namespace

core::Json make_certificate_until(
    store::Reader& reader,
    const Journal& journal,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& entry,
    std::string_view checkpoint_note,
    const core::Json& extra,
    std::int64_t last
) {
    const auto checkpoint = parse_checkpoint_note(checkpoint_note);
    std::vector<Record> history = journal.history(reader, org, register_name, entry);
    std::erase_if(history, [&](const Record& record) { return record.position > last; });
    if (history.empty()) {
        throw core::Problem{core::ProblemKind::NotFound, "entry.not_found"};
    }
    const auto size = checkpoint ? static_cast<std::int64_t>(checkpoint->head.size) : 0;
    core::JsonArray records;
    for (const Record& record : history) {
        if (record.position >= size) {
            throw core::Problem{core::ProblemKind::Conflict, "certificate.not_covered"};
        }
        const auto path = journal.inclusion_proof(reader, org, record.position, size);
        records.push_back(show(record, path));
    }
    core::JsonObject certificate;
    if (const core::JsonObject* members = extra.if_object()) {
        certificate = *members;
    }
    put(certificate, "format", text_json(kFormat));
    put(certificate, "register", text_json(register_name));
    put(certificate, "entry", text_json(entry.text()));
    put(certificate, "checkpoint", text_json(checkpoint_note));
    put(certificate, "records", std::move(records));
    return certificate;
}

core::Json make_certificate(
    store::Reader& reader,
    const Journal& journal,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& entry,
    std::string_view checkpoint_note,
    const core::Json& extra
) {
    return make_certificate_until(
        reader, journal, org, register_name, entry, checkpoint_note, extra, kNoLast
    );
}

CertificateReport check_certificate(const core::Json& certificate, std::string_view verifier_key) {
    return CertificateCheck{certificate}.run(verifier_key);
}

}  // namespace duban::journal
