#include "core/problem.h"
#include "crypto/merkle.h"
#include "journal/internal/rows.h"
#include "journal/journal.h"

namespace duban::journal {

namespace {

constexpr store::Query kFindNote{
    "journal.find_note", "select note from d_checkpoint where org = $1 and size = $2"
};
constexpr store::Query kInsertCheckpoint{
    "journal.insert_checkpoint",
    "insert into d_checkpoint (org, size, signed_at, note) values ($1, $2, $3, $4)"
};

[[noreturn]] void refuse_fork(const Head& head, const CheckpointRow& last) {
    throw core::Problem{
        core::ProblemKind::Corrupt,
        "journal.forked",
        {{"size", std::to_string(head.size)}, {"signed", std::to_string(last.size)}}
    };
}

/// Nothing is signed that does not continue what was signed before.
void require_continuation(
    store::Reader& reader, core::OrgId org, const Head& head, const CheckpointRow& last
) {
    const auto said = parse_checkpoint_note(last.note);
    if (!said || last.size > head.size ||
        said->head.size != static_cast<std::uint64_t>(last.size)) {
        refuse_fork(head, last);
    }
    if (last.size == 0) {
        return;
    }
    const crypto::TreeHead now{.size = static_cast<std::uint64_t>(head.size), .root = head.root};
    const auto path = Journal{}.consistency_proof(reader, org, last.size, head.size);
    if (!crypto::verify_consistency(said->head, now, path)) {
        refuse_fork(head, last);
    }
}

}  // namespace

Checkpoints::Checkpoints(crypto::NoteSigner signer, std::string origin_prefix)
    : signer_{std::move(signer)}, origin_prefix_{std::move(origin_prefix)} {}

std::string Checkpoints::sign(store::Store& store, core::OrgId org, core::Instant now) const {
    Head head;
    std::optional<CheckpointRow> last;
    store.read([&](store::Reader& reader) {
        head = Journal{}.head(reader, org);
        last = find_checkpoint(reader, org);
        if (last) {
            require_continuation(reader, org, head, *last);
        }
    });
    if (last && last->size == head.size) {
        return last->note;
    }
    const crypto::Checkpoint checkpoint{
        .origin = origin(org),
        .head = {.size = static_cast<std::uint64_t>(head.size), .root = head.root},
        .extensions = {}
    };
    const std::string note = signer_.sign(checkpoint.text());
    std::string kept;
    store.write(org, [&](store::Transaction& tx) {
        // Another call may have signed the same head meanwhile.
        const store::Rows rows = tx.query(kFindNote, {store::value(org), head.size});
        kept = rows.empty() ? note : rows[0].text(0);
        if (rows.empty()) {
            tx.execute(kInsertCheckpoint, {store::value(org), head.size, core::to_ms(now), note});
        }
    });
    return kept;
}

std::optional<std::string> Checkpoints::find_newest(store::Reader& reader, core::OrgId org) const {
    auto row = find_checkpoint(reader, org);
    return row ? std::optional{std::move(row->note)} : std::nullopt;
}

std::string Checkpoints::origin(core::OrgId org) const {
    return origin_prefix_ + "/" + std::to_string(org.value);
}

std::string Checkpoints::verifier_key() const {
    return signer_.verifier().text();
}

}  // namespace duban::journal
