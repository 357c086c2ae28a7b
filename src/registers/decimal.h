// Decimals as scaled integers: "12.30" with scale 2 is 1230 (E21). Exact on both databases.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duban::registers {

/// Reads "-12.3" with at most `scale` decimal places and 15 digits in all; nullopt otherwise.
[[nodiscard]] std::optional<std::int64_t> parse_decimal(std::string_view text, int scale);
/// Writes `scaled` with exactly `scale` places.
[[nodiscard]] std::string decimal_text(std::int64_t scaled, int scale);

}  // namespace duban::registers
