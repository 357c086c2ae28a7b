// Collects faults of a pack, each with its sentence in English; nothing stops at the first one.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/problem.h"
#include "declarations/reading.h"

namespace duban::declarations {

/// The English sentence of `code` with its placeholders filled. Every code stands in sentences.cpp.
[[nodiscard]] std::string sentence_of(std::string_view code, const core::Params& params);

/// Every fault code with its English sentence, for locales and their test.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> sentences();

class Faults {
public:
    void error(const Place& place, std::string_view code, core::Params params = {});
    void warn(const Place& place, std::string_view code, core::Params params = {});

    [[nodiscard]] bool has_errors() const { return errors_ > 0; }
    [[nodiscard]] std::size_t size() const { return faults_.size(); }
    /// Sorted by file, line and column; at most kFaultsMax of them.
    [[nodiscard]] std::vector<Fault> take();

    /// Enough for a person to repair; a file of garbage must not fill the memory.
    static constexpr std::size_t kFaultsMax = 1000;

private:
    void add(const Place& place, std::string_view code, core::Params params, bool warning);

    std::vector<Fault> faults_;
    std::size_t errors_ = 0;
};

}  // namespace duban::declarations
