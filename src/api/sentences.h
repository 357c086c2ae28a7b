// The sentences of locales/<tag>/*.yaml, filled with their values (E31).

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/problem_response.h"

namespace duban::api {

class LocaleSentences final : public http::Sentences {
public:
    /// Adds the sentences of one file: a map `code: sentence` in YAML. Problem{Corrupt,
    /// "locale.malformed"}.
    void add(const std::string& tag, const std::string& yaml);

    /// With the word that was perhaps meant, where params hold one as `nearest`.
    [[nodiscard]] std::string sentence(
        std::string_view code, const core::Params& params, std::string_view language
    ) const override;
    [[nodiscard]] std::vector<std::string> languages() const override;

private:
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> by_tag_;
};

/// `text` with each {name} replaced by its value; names without one stay as they are.
[[nodiscard]] std::string filled(std::string_view text, const core::Params& params);

}  // namespace duban::api
