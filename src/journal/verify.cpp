#include <algorithm>
#include <cstdint>

#include "crypto/merkle.h"
#include "journal/internal/erasures.h"
#include "journal/internal/leaf.h"
#include "journal/internal/rows.h"
#include "journal/internal/tree_check.h"
#include "journal/journal.h"

namespace duban::journal {

namespace {

constexpr std::int64_t kVerifiedAtOnce = 256;
// A row far beyond the others is reported; the tree is not walked up to it.
constexpr std::int64_t kGapMax = 100'000;

/// The hash of a leaf that the tree goes on with, and whether the leaf itself is another.
struct CheckedLeaf {
    crypto::Hash hash;
    bool altered = false;
};

/// One walk through the journal of an org.
class Verification {
public:
    Verification(
        store::Reader& reader, core::OrgId org, const std::function<void(const Fault&)>& found
    )
        : reader_{reader}, org_{org}, found_{found}, tree_{reader, org, found} {}

    std::int64_t run() {
        head_ = find_head(reader_, org_);
        checkpoint_ = find_checkpoint(reader_, org_);
        find_negative();
        while (next_batch()) {
        }
        check_size();
        if (!lost_) {
            tree_.find_surplus();
        }
        check_head();
        check_checkpoint();
        for (const Erased& one : erasures_.unrecorded()) {
            report("journal.erased_without_record", one.position, one.name);
        }
        return records_;
    }

private:
    /// A row before the first would be shown in its entry's history.
    void find_negative() {
        for (const RecordRow& row : read_records(reader_, org_, INT64_MIN, kVerifiedAtOnce)) {
            if (row.record.position < 0) {
                report("journal.record_surplus", row.record.position, "");
            }
        }
    }

    bool next_batch() {
        const std::vector<RecordRow> rows = read_records(reader_, org_, position_, kVerifiedAtOnce);
        if (rows.empty()) {
            return false;
        }
        const std::int64_t end = rows.back().record.position + 1;
        prefetch(std::min(end, position_ + kGapMax));
        for (const RecordRow& row : rows) {
            skip_to(row.record.position);
            const auto [leaf, altered] = check_leaf(row);
            append(leaf);
            if (altered) {
                last_recorded_at_ms_ = std::max(last_recorded_at_ms_, row.record.recorded_at_ms);
            } else {
                check_record(row);
            }
            ++records_;
        }
        return true;
    }

    /// Everything from the next position up to `position` is missing.
    void skip_to(std::int64_t position) {
        if (position <= position_) {
            return;
        }
        report_range("journal.record_missing", position_, position);
        if (position - position_ > kGapMax) {
            lost_ = true;
            position_ = position;
        }
        prefetch(position + kVerifiedAtOnce);
        while (position_ < position) {
            append(std::nullopt);
        }
    }

    void prefetch(std::int64_t size) {
        if (!lost_) {
            tree_.prefetch(static_cast<std::uint64_t>(size));
        }
    }

    void append(const std::optional<crypto::Hash>& leaf) {
        if (!lost_) {
            tree_.append(leaf);
        }
        ++position_;
        if (!lost_ && checkpoint_ && checkpoint_->size == position_) {
            checkpoint_peaks_ = tree_.peaks();
        }
        if (!lost_ && head_ && head_size() == position_) {
            head_peaks_ = tree_.peaks();
        }
    }

    /// The leaf's hash; where the leaf and the hash stored with it differ, the one that the rest of
    /// the tree confirms.
    CheckedLeaf check_leaf(const RecordRow& row) {
        const crypto::Hash computed = row.record.leaf_hash();
        const auto stored = crypto::Hash::from_bytes(row.hash);
        if (stored == computed) {
            return {computed, false};
        }
        if (!stored || leads_to_root(computed)) {
            report("journal.tree_altered", position_, "hash");
            return {computed, false};
        }
        report("journal.leaf_altered", position_, "leaf");
        return {*stored, true};
    }

    /// Whether `leaf` at the current position gives the stored root through the stored nodes.
    bool leads_to_root(const crypto::Hash& leaf) {
        if (!head_ || position_ >= head_size()) {
            return false;
        }
        const std::uint64_t size = head_->peaks.size();
        const auto index = static_cast<std::uint64_t>(position_);
        std::map<crypto::NodePlace, crypto::Hash> nodes;
        for (const crypto::NodePlace& place : crypto::inclusion_nodes(index, size)) {
            const auto hash = find_node(reader_, org_, place);
            if (!hash) {
                return false;
            }
            nodes.emplace(place, *hash);
        }
        const auto path = crypto::inclusion_path(index, size, [&](crypto::NodePlace place) {
            return nodes.at(place);
        });
        const crypto::InclusionClaim claim{
            .leaf = leaf, .index = index, .size = size, .root = head_->peaks.root()
        };
        return crypto::verify_inclusion(claim, path);
    }

    void check_record(const RecordRow& row) {
        const std::int64_t position = row.record.position;
        const auto parts = find_parts(row.record);
        if (!parts) {
            const bool legible = find_parts({.leaf = row.record.leaf, .blob = "{}"}).has_value();
            if (legible) {
                report("journal.blob_altered", position, "blob");
            } else {
                report("journal.leaf_malformed", position, "leaf");
            }
            return;
        }
        const auto draft = find_draft(*parts);
        if (!draft) {
            report("journal.blob_altered", position, "leaf");
            return;
        }
        std::vector<std::string> erased;
        const std::vector<Commitment> all = commitments_of(*parts);
        for (const Commitment& commitment : all) {
            if (!matches(commitment)) {
                report("journal.blob_altered", position, public_name(commitment));
            } else if (commitment.kept->is_null()) {
                erased.push_back(public_name(commitment));
            }
        }
        if (const std::string surplus = find_surplus(*parts, all); !surplus.empty()) {
            report("journal.blob_altered", position, surplus);
        }
        erasures_.add(position, *draft, erased);
        check_columns(row, *draft);
    }

    void check_columns(const RecordRow& row, const Draft& draft) {
        const std::int64_t position = row.record.position;
        const auto require = [&](bool equal, const std::string& column) {
            if (!equal) {
                report("journal.column_altered", position, column);
            }
        };
        require(draft.org == org_, "org");
        require(draft.register_name == row.register_name, "register");
        require(draft.entry == row.entry, "entry");
        require(draft.revision == row.revision, "revision");
        require(draft.action == row.action, "action");
        require(draft.kind == row.kind, "kind");
        require(draft.recorded_at_ms == row.record.recorded_at_ms, "recorded_at");
        if (draft.recorded_at_ms < last_recorded_at_ms_) {
            report("journal.time_falls", position, "leaf");
        }
        last_recorded_at_ms_ = std::max(last_recorded_at_ms_, draft.recorded_at_ms);
    }

    /// Size and records contradict each other: what the peaks confirm is right.
    void check_size() {
        if (!head_ || head_size() == position_) {
            return;
        }
        const auto peaks = lost_ ? std::nullopt : tree_.peaks();
        if (peaks && peaks->hashes() == head_->peaks.hashes()) {
            report_head("size");
        } else if (head_size() > position_) {
            skip_to(head_size());
        } else if (head_peaks_ && head_peaks_->hashes() == head_->peaks.hashes()) {
            report_range("journal.record_surplus", head_size(), position_);
        } else {
            report_head("size, peaks");
        }
    }

    void check_head() {
        if (!head_) {
            report_head("size, peaks");
            return;
        }
        const auto peaks = lost_ ? std::nullopt : tree_.peaks();
        if (peaks && head_size() == position_ && peaks->hashes() != head_->peaks.hashes()) {
            report_head("peaks");
        }
        if (records_ == head_size() && head_->last_recorded_at_ms != last_recorded_at_ms_) {
            report_head("last_recorded_at");
        }
    }

    void check_checkpoint() {
        if (!checkpoint_) {
            return;
        }
        const auto said = parse_checkpoint_note(checkpoint_->note);
        const auto size = static_cast<std::uint64_t>(checkpoint_->size);
        if (!said || said->head.size != size) {
            report_checkpoint("journal.checkpoint_malformed");
        } else if (checkpoint_->size > position_) {
            report_checkpoint("journal.checkpoint_ahead");
        } else if (size > 0 && checkpoint_peaks_ && checkpoint_peaks_->root() != said->head.root) {
            report_checkpoint("journal.checkpoint_mismatch");
        }
    }

    [[nodiscard]] std::int64_t head_size() const {
        return static_cast<std::int64_t>(head_->peaks.size());
    }

    void report(std::string_view code, std::int64_t position, std::string_view field) {
        std::string place = "d_record " + std::to_string(org_.value) + "/";
        place += std::to_string(position);
        if (!field.empty()) {
            place += " " + std::string{field};
        }
        found_({.position = position, .code = std::string{code}, .detail = std::move(place)});
    }

    void report_range(std::string_view code, std::int64_t first, std::int64_t end) {
        std::string place = "d_record " + std::to_string(org_.value) + "/";
        place += std::to_string(first);
        if (end - first > 1) {
            place += "-" + std::to_string(end - 1);
        }
        found_({.position = first, .code = std::string{code}, .detail = std::move(place)});
    }

    void report_head(std::string_view column) {
        const std::string place = "d_head " + std::to_string(org_.value) + " ";
        found_({.code = "journal.head_altered", .detail = place + std::string{column}});
    }

    void report_checkpoint(std::string_view code) {
        found_(
            {.code = std::string{code},
             .detail = "d_checkpoint " + std::to_string(org_.value) + "/" +
                       std::to_string(checkpoint_->size) + " note"}
        );
    }

    store::Reader& reader_;
    core::OrgId org_;
    const std::function<void(const Fault&)>& found_;
    TreeCheck tree_;
    Erasures erasures_;
    std::optional<HeadRow> head_;
    std::optional<CheckpointRow> checkpoint_;
    std::optional<crypto::Peaks> checkpoint_peaks_;
    std::optional<crypto::Peaks> head_peaks_;  ///< computed at the stored size
    std::int64_t position_ = 0;                ///< of the next record
    std::int64_t records_ = 0;
    std::int64_t last_recorded_at_ms_ = 0;
    bool lost_ = false;  ///< the tree can no longer be followed
};

}  // namespace

std::int64_t Journal::verify(
    store::Reader& reader, core::OrgId org, const std::function<void(const Fault&)>& found
) const {
    return Verification{reader, org, found}.run();
}

}  // namespace duban::journal
