// Erased values against the records that say so: what has no such record was destroyed behind
// the program's back.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/id.h"
#include "journal/record.h"

namespace duban::journal {

/// A value that is gone.
struct Erased {
    std::int64_t position = 0;
    std::string register_name;
    core::Id entry;
    std::string name;
};

/// Collects over a walk through records; the answer stands at its end.
class Erasures {
public:
    /// `draft` was recorded at `position` with these names erased.
    void add(std::int64_t position, const Draft& draft, const std::vector<std::string>& erased);
    /// Values erased without a later record of the same entry that names them.
    [[nodiscard]] std::vector<Erased> unrecorded() const;

private:
    using Key = std::tuple<std::string, core::Id, std::string>;
    std::map<Key, std::int64_t> recorded_;  ///< the last record that says so
    std::vector<Erased> erased_;
};

}  // namespace duban::journal
