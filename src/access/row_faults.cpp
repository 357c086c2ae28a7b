#include "access/row_faults.h"

#include "access/internal/administrators.h"
#include "access/internal/row_rules.h"

namespace duban::access {

std::vector<RowFault> find_faults(
    const Directory& standing, const std::vector<Unit>& rows, calendar::Date /*day*/
) {
    return internal::faults_of(rows, standing, standing.with(rows));
}

std::vector<RowFault> find_faults(
    const Directory& standing, const std::vector<Person>& rows, calendar::Date /*day*/
) {
    return internal::faults_of(rows, standing, standing.with(rows));
}

std::vector<RowFault> find_faults(
    const Directory& standing, const std::vector<Post>& rows, calendar::Date day
) {
    const Directory after = standing.with(rows);
    std::vector<RowFault> faults = internal::faults_of(rows, standing, after);
    if (const auto problem = internal::find_administrators_problem(after, day)) {
        faults.push_back({.row = {}, .column = {}, .code = problem->code, .params = problem->params}
        );
    }
    return faults;
}

}  // namespace duban::access
