// The directory as records tell it, without its tables: for verification, which judges each
// step by the posts of its moment, and for comparing the tables with the journal.
//
//     RecordedDirectory recorded;
//     journal.for_each(reader, org, 0, [&](const journal::Record& record) {
//         const journal::Draft draft = record.draft();
//         if (!recorded.add(draft)) judge(draft, *recorded.directory());
//         return true;
//     });

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "access/directory.h"
#include "journal/record.h"
#include "store/value.h"

namespace duban::access {

/// For one thread and one org.
class RecordedDirectory {
public:
    /// A row as folded so far. A text that was erased from its records has no known value.
    struct RecordedRow {
        std::int64_t revision = 0;
        std::int64_t position = -1;  ///< of the last record that wrote it
        std::vector<store::Value> cells;
        std::vector<bool> erased;
    };

    /// Applies a record of the five registers; false for another register. Throws
    /// Problem{Corrupt, "directory.malformed"} for a record that is none of ours.
    bool add(const journal::Draft& record, std::int64_t position = -1);

    /// The directory after the records added so far; kept until the next one.
    [[nodiscard]] std::shared_ptr<const Directory> directory() const;

    /// The rows of one register ("unit", …), by id.
    [[nodiscard]] const std::map<core::Id, RecordedRow>& rows(std::string_view register_name) const;

private:
    std::array<std::map<core::Id, RecordedRow>, 5> rows_;
    mutable std::shared_ptr<const Directory> directory_;
};

}  // namespace duban::access
