// Values to send: mostly of the field's type, at times just beyond it.

#pragma once

#include <string>
#include <vector>

#include "chance.h"
#include "declarations/model.h"
#include "town.h"

namespace duban::history {

/// An entry that the history made.
struct Made {
    std::string register_name;
    core::Id entry;
};

class Values {
public:
    Values(Town& town, Chance& chance) : town_{town}, chance_{chance} {}

    /// A value that `person` sends for `field`; now and then one that is refused.
    core::Json of(const declarations::Field& field, const core::Id& person);
    core::Json of_type(const declarations::Field& field, const core::Id& person);
    /// Words of the length that lists and search must cope with.
    std::string words(std::size_t characters_max);
    std::string day(int before, int after);
    /// A file that `person` uploaded; at times another's, or none.
    std::string file(const core::Id& person);

    std::vector<Made>& made() { return made_; }

private:
    core::Json wrong(const declarations::Field& field);
    core::Json number();
    core::Json money();
    core::Json entry_of(const std::string& register_name);
    core::Json list(const declarations::Field& field, const core::Id& person);

    Town& town_;
    Chance& chance_;
    std::vector<Made> made_;
    std::vector<std::string> hashes_;
};

}  // namespace duban::history
