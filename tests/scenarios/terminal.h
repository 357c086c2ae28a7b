// Commands as a person runs them: what he types, what they print, what they refuse.

#pragma once

#include <functional>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "core/problem.h"

namespace duban::scenarios {

/// The code of what the command refuses; empty when it does not.
inline std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const core::Problem& problem) {
        return problem.code;
    }
    return {};
}

/// What commands read while it lives: lines of standard input, as from a pipe.
class Typed {
public:
    explicit Typed(const std::string& lines) : lines_{lines}, before_{std::cin.rdbuf()} {
        std::cin.rdbuf(lines_.rdbuf());
        std::cin.clear();
    }
    Typed(const Typed&) = delete;
    Typed& operator=(const Typed&) = delete;
    ~Typed() {
        std::cin.rdbuf(before_);
        std::cin.clear();
    }

private:
    std::istringstream lines_;
    std::streambuf* before_;
};

/// The words of an `init` that asks nothing.
inline std::vector<std::string> founding(
    const std::string& data, const std::vector<std::string>& more = {}
) {
    std::vector<std::string> words{"--data", data, "--yes"};
    words.insert(words.end(), {"--system", "Sysa Sample", "--security", "Seca Sample"});
    words.insert(words.end(), {"--audit", "Auda Sample"});
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// The word after `name` in what `init` prints.
inline std::string printed_password(const std::string& said, const std::string& name) {
    const std::size_t at = said.find("  " + name + "  ");
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t from = at + name.size() + 4;
    return said.substr(from, said.find('\n', from) - from);
}

}  // namespace duban::scenarios
