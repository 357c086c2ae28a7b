// What a row of the directory must be, given all the others as they stand after the change.

#pragma once

#include <vector>

#include "access/directory.h"
#include "access/row_faults.h"
#include "core/problem.h"

namespace duban::access::internal {

inline constexpr std::size_t kNameBytesMax = 600;

/// Each fault of each row: codes `directory.*`, `unit.*`, `person.*`, `post.*`, `delegation.*`,
/// `division.*`. `before` is the directory as it stood, `after` as it would be.
[[nodiscard]] std::vector<RowFault> faults_of(
    const std::vector<Unit>& rows, const Directory& before, const Directory& after
);
[[nodiscard]] std::vector<RowFault> faults_of(
    const std::vector<Person>& rows, const Directory& before, const Directory& after
);
[[nodiscard]] std::vector<RowFault> faults_of(
    const std::vector<Post>& rows, const Directory& before, const Directory& after
);
[[nodiscard]] std::vector<RowFault> faults_of(
    const std::vector<Delegation>& rows, const Directory& before, const Directory& after
);
[[nodiscard]] std::vector<RowFault> faults_of(
    const std::vector<Division>& rows, const Directory& before, const Directory& after
);

/// Throws Problem{Rejected, …} for the first fault.
template <typename Thing>
void check_rows(const std::vector<Thing>& rows, const Directory& before, const Directory& after) {
    std::vector<RowFault> faults = faults_of(rows, before, after);
    if (!faults.empty()) {
        RowFault& first = faults.front();
        throw core::Problem{
            core::ProblemKind::Rejected, std::move(first.code), std::move(first.params)
        };
    }
}

}  // namespace duban::access::internal
