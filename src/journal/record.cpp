#include "journal/record.h"

#include <algorithm>

#include "core/problem.h"
#include "crypto/merkle.h"
#include "journal/internal/leaf.h"

namespace duban::journal {

Draft Record::draft() const {
    const auto parts = find_parts(*this);
    auto draft = parts ? find_draft(*parts) : std::nullopt;
    if (!draft) {
        throw core::Problem{
            core::ProblemKind::Corrupt, "record.malformed", {{"position", std::to_string(position)}}
        };
    }
    return *std::move(draft);
}

crypto::Hash Record::leaf_hash() const {
    return crypto::leaf_hash(leaf);
}

std::optional<std::string> Record::find_mismatch() const {
    const auto parts = find_parts(*this);
    if (!parts) {
        return "blob";
    }
    const std::vector<Commitment> all = commitments_of(*parts);
    for (const Commitment& commitment : all) {
        if (!matches(commitment)) {
            return public_name(commitment);
        }
    }
    const std::string surplus = find_surplus(*parts, all);
    return surplus.empty() ? std::nullopt : std::optional{surplus};
}

std::vector<std::string> Record::erased() const {
    std::vector<std::string> names;
    const auto parts = find_parts(*this);
    if (!parts) {
        return names;
    }
    for (const Commitment& commitment : commitments_of(*parts)) {
        if (commitment.kept != nullptr && commitment.kept->is_null()) {
            names.push_back(public_name(commitment));
        }
    }
    std::ranges::sort(names);
    const auto twice = std::ranges::unique(names);
    names.erase(twice.begin(), twice.end());
    return names;
}

}  // namespace duban::journal
