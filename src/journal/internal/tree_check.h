// The tree computed again from the leaves, beside the one that is stored. Where a leaf is lost,
// the stored node above it takes its place, so that the rest can still be checked.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "crypto/merkle.h"
#include "journal/journal.h"

namespace duban::journal {

class TreeCheck {
public:
    TreeCheck(
        store::Reader& reader, core::OrgId org, const std::function<void(const Fault&)>& found
    )
        : reader_{reader}, org_{org}, found_{found} {}

    /// Reads the stored nodes that the next leaves, up to `size`, complete. Called before them.
    void prefetch(std::uint64_t size);
    /// The next leaf; nullopt when its record is missing.
    void append(const std::optional<crypto::Hash>& leaf);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// The right edge; nullopt where something is missing.
    [[nodiscard]] std::optional<crypto::Peaks> peaks() const;

    /// Reports rows of d_tree that no leaf accounts for.
    void find_surplus();

private:
    struct Peak {
        crypto::NodePlace place;
        std::optional<crypto::Hash> hash;
    };
    void merge();
    void report(std::string_view code, crypto::NodePlace place);

    store::Reader& reader_;
    core::OrgId org_;
    const std::function<void(const Fault&)>& found_;
    std::uint64_t size_ = 0;
    std::vector<Peak> peaks_;
    std::uint64_t prefetched_ = 0;  ///< the size up to which stored_ was filled
    std::map<crypto::NodePlace, crypto::Hash> stored_;
};

}  // namespace duban::journal
