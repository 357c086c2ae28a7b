// What a person types at a command: lines, and secrets that are not shown.

#pragma once

#include <optional>
#include <string>

namespace duban::app {

/// Whether a person sits at the standard input.
[[nodiscard]] bool is_terminal();

/// One line of the standard input without its end; nullopt when there is none. At a terminal the
/// prompt is shown and what is typed is not.
[[nodiscard]] std::optional<std::string> ask_secret(const std::string& prompt);

}  // namespace duban::app
