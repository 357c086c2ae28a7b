// Which program this is: what `duban --version` prints and the log says at the start.

#pragma once

#include <string_view>

namespace duban::app {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace duban::app
