// What would be wrong with rows of the directory, each fault with its row and column: for a sheet
// of them, whose sender wants all at once and not the first alone.
//
//     for (const RowFault& fault : find_faults(*directory, units, today)) { … }

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/directory.h"
#include "core/problem.h"

namespace duban::access {

struct RowFault {
    std::optional<std::size_t> row;  ///< absent: of all of them together
    std::string column;              ///< as the API names it: "code", "to"; empty: of the whole row
    std::string code;
    core::Params params;
};

/// What Access::put() of `rows` on `day` would refuse, every fault of it; empty when it would
/// pass. Who puts them is not looked at.
[[nodiscard]] std::vector<RowFault> find_faults(
    const Directory& standing, const std::vector<Unit>& rows, calendar::Date day
);
[[nodiscard]] std::vector<RowFault> find_faults(
    const Directory& standing, const std::vector<Person>& rows, calendar::Date day
);
[[nodiscard]] std::vector<RowFault> find_faults(
    const Directory& standing, const std::vector<Post>& rows, calendar::Date day
);

}  // namespace duban::access
