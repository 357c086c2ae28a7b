// Declarations built by hand, for the tests of this room and of its fuzz targets.

#pragma once

#include <string>
#include <utility>

#include "declarations/model.h"

namespace duban::rules::testing_models {

inline declarations::Field field(std::string name, declarations::FieldType type) {
    declarations::Field made;
    made.name = std::move(name);
    made.type = type;
    return made;
}

}  // namespace duban::rules::testing_models
