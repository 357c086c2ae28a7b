// The shapes that several endpoints share, by name: they become `components/schemas`.

#pragma once

#include <span>
#include <string_view>

#include "api/shapes.h"

namespace duban::api::internal {

struct NamedShape {
    std::string_view name;
    std::string_view shape;
    Members members = Members::Open;
};

[[nodiscard]] std::span<const NamedShape> named_shapes();

}  // namespace duban::api::internal
