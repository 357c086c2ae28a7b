// One amount with its unit in folded text: 3000余人, 17个, 66.57万元, 三百余名, 98.71%, 第五期.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duban::reading::zh {

struct Amount {
    std::size_t begin = 0;  ///< 近 and 第 included
    std::size_t end = 0;    ///< 0: no amount here
    std::string value;      ///< a decimal number; empty when `range`
    std::u32string_view unit;
    bool approximate = false;
    bool ordinal = false;
    bool range = false;  ///< 3至5个: no one value
};

/// The amount whose number begins at `at` of `text`; nothing before `from` belongs to it.
[[nodiscard]] Amount amount_at(std::u32string_view text, std::size_t at, std::size_t from);

}  // namespace duban::reading::zh
