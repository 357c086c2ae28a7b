// The program's sentences, read from what is embedded, and a problem as a line for a person.

#pragma once

#include <string>
#include <string_view>

#include "api/sentences.h"
#include "core/json.h"
#include "core/problem.h"

namespace duban::app {

[[nodiscard]] const api::LocaleSentences& sentences();
/// The language of the terminal: DUBAN_LANGUAGE, else LC_ALL, LC_MESSAGES or LANG, else Chinese.
[[nodiscard]] std::string terminal_language();
/// The sentence of a code in the language of the terminal.
[[nodiscard]] std::string say(std::string_view code, const core::Params& params = {});
/// The sentence of a problem and one line for each faulty field, with the code in brackets.
[[nodiscard]] std::string explained(const core::Problem& problem, const std::string& language);

/// The sentence of {"code", "params"}, as differences are kept; its English words without a code.
[[nodiscard]] std::string difference_text(const core::Json& kept);

}  // namespace duban::app
