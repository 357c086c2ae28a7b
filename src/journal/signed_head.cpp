#include "journal/signed_head.h"

#include "core/problem.h"
#include "crypto/merkle.h"
#include "journal/internal/rows.h"

namespace duban::journal {

namespace {

constexpr std::string_view kSignature = "— ";
constexpr store::Query kForget{
    "journal.forget_checkpoint", "delete from d_checkpoint where org = $1 and size = $2"
};

/// A line with its end.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end == std::string_view::npos ? end : end + 1);
    text.remove_prefix(line.size());
    return line;
}

}  // namespace

std::vector<std::string> notes_in(std::string_view text) {
    std::vector<std::string> notes;
    bool was_signature = true;  // a note begins after the signatures of the one before
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        const bool is_signature = line.starts_with(kSignature);
        if (was_signature && !is_signature) {
            if (line == "\n") {
                continue;  // between two notes
            }
            notes.emplace_back();
        }
        if (notes.empty()) {
            notes.emplace_back();
        }
        notes.back() += line;
        was_signature = is_signature;
    }
    return notes;
}

SignedHead open_signed_head(
    std::string_view note,
    const crypto::NoteVerifier& verifier,
    const std::string& origin,
    const std::string& place
) {
    const auto parsed = crypto::parse_note(note);
    const auto checkpoint = parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
    if (!checkpoint || checkpoint->head.size > static_cast<std::uint64_t>(INT64_MAX)) {
        throw core::Problem{core::ProblemKind::Invalid, "checkpoint.malformed", {{"place", place}}};
    }
    if (!crypto::open_note(note, verifier)) {
        throw core::Problem{
            core::ProblemKind::Invalid,
            "checkpoint.unsigned",
            {{"place", place}, {"key", verifier.key().name}}
        };
    }
    if (checkpoint->origin != origin) {
        throw core::Problem{
            core::ProblemKind::Invalid,
            "checkpoint.foreign",
            {{"place", place}, {"origin", checkpoint->origin}, {"log", origin}}
        };
    }
    return {
        .size = static_cast<std::int64_t>(checkpoint->head.size), .root = checkpoint->head.root
    };
}

Standing standing_of(store::Reader& reader, core::OrgId org, const SignedHead& head) {
    if (head.size > static_cast<std::int64_t>(read_head(reader, org).peaks.size())) {
        return Standing::Short;
    }
    return root_at(reader, org, head.size) == head.root ? Standing::Held : Standing::Forked;
}

void forget_unheld(store::Transaction& tx, core::OrgId org) {
    while (const auto row = find_checkpoint(tx, org)) {
        const auto said = parse_checkpoint_note(row->note);
        const bool fits = said && said->head.size == static_cast<std::uint64_t>(row->size);
        if (fits &&
            standing_of(tx, org, {.size = row->size, .root = said->head.root}) == Standing::Held) {
            return;
        }
        tx.execute(kForget, {store::value(org), row->size});
    }
}

crypto::Hash root_at(store::Reader& reader, core::OrgId org, std::int64_t size) {
    const crypto::Peaks now = read_head(reader, org).peaks;
    const auto wanted = static_cast<std::uint64_t>(size);
    if (size < 0 || wanted > now.size()) {
        throw core::Problem{
            core::ProblemKind::NotFound,
            "journal.size_unknown",
            {{"size", std::to_string(size)}, {"reached", std::to_string(now.size())}}
        };
    }
    if (wanted == now.size()) {
        return now.root();
    }
    std::vector<crypto::Hash> hashes;
    for (const crypto::NodePlace& place : crypto::peak_places(wanted)) {
        hashes.push_back(load_node(reader, org, place));
    }
    return crypto::Peaks{wanted, std::move(hashes)}.root();
}

}  // namespace duban::journal
