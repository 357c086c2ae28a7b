#include "registers/decimal.h"

#include <charconv>

namespace duban::registers {

namespace {

constexpr std::size_t kDigitsMax = 15;

}  // namespace

std::optional<std::int64_t> parse_decimal(std::string_view text, int scale) {
    const bool negative = text.starts_with('-');
    const std::string_view digits = negative ? text.substr(1) : text;
    const std::size_t dot = std::min(digits.find('.'), digits.size());
    const std::string_view fraction = dot < digits.size() ? digits.substr(dot + 1) : "";
    const auto places = static_cast<std::size_t>(scale);
    if (dot == 0 || fraction.size() > places || (dot < digits.size() && fraction.empty())) {
        return std::nullopt;
    }
    const std::string all = std::string{digits.substr(0, dot)} + std::string{fraction} +
                            std::string(places - fraction.size(), '0');
    if (all.size() > kDigitsMax || all.find_first_not_of("0123456789") != std::string::npos) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    std::from_chars(all.data(), all.data() + all.size(), value);
    return negative ? -value : value;
}

std::string decimal_text(std::int64_t scaled, int scale) {
    std::string digits = std::to_string(scaled < 0 ? -scaled : scaled);
    const auto places = static_cast<std::size_t>(scale);
    if (digits.size() <= places) {
        digits.insert(0, places + 1 - digits.size(), '0');
    }
    if (places > 0) {
        digits.insert(digits.size() - places, ".");
    }
    return (scaled < 0 ? "-" : "") + digits;
}

}  // namespace duban::registers
