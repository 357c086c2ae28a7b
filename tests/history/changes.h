// What administrators change while a history is played: posts, people, units, delegations, the
// division of work, parameters, and the decisions under which backfill is open.

#pragma once

#include <string>
#include <vector>

#include "chance.h"
#include "registers/decisions.h"
#include "town.h"
#include "values.h"

namespace duban::history {

/// How a refusal is written down: the code, its parameters, the faults of fields.
[[nodiscard]] std::string text_of(const core::Problem& problem);

class Changes {
public:
    Changes(Town& town, Chance& chance, Values& values)
        : town_{town}, chance_{chance}, values_{values} {}

    /// Makes one change; what it was.
    std::string one();
    [[nodiscard]] const std::vector<registers::Decision>& decisions() const { return decisions_; }

private:
    std::string new_person();
    std::string new_post();
    std::string end_post();
    std::string delegation();
    std::string division();
    std::string unit();
    std::string person_leaves();
    std::string parameter();
    std::string decision();

    [[nodiscard]] core::Id make_id();
    [[nodiscard]] access::Span from_today(int days);

    Town& town_;
    Chance& chance_;
    Values& values_;
    std::vector<registers::Decision> decisions_;
    int count_ = 0;
};

}  // namespace duban::history
