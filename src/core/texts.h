// Sentences and labels by language: a map from BCP 47 tag to text, with fallback (P33).
//
//     const Texts title{{{"zh", "兼职"}, {"en", "Concurrent post"}}};
//     title.in("en-GB");  // "Concurrent post"

#pragma once

#include <map>
#include <string>
#include <string_view>

namespace duban::core {

/// Texts of one meaning by language tag ("zh", "en", "zh-Hant").
struct Texts {
    std::map<std::string, std::string, std::less<>> by_tag;

    /// The text for `tag`, else for its primary language, else Chinese, else English, else any;
    /// empty when there is none.
    [[nodiscard]] std::string_view in(std::string_view tag) const;
    [[nodiscard]] bool empty() const { return by_tag.empty(); }
    bool operator==(const Texts&) const = default;
};

}  // namespace duban::core
