// Our own mistakes: what must hold whatever anyone sends.
//
//     core::check(!event.action.empty(), "a journal event names its action");
//
// A failed check aborts a debug build; a release build throws Bug, which ends the request with a
// bare 500 and a request id.

#pragma once

#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace duban::core {

/// A broken promise of our own code. Never thrown for what a user sent.
class Bug : public std::logic_error {
public:
    explicit Bug(const std::string& what) : std::logic_error{what} {}
};

/// Does nothing when `condition` holds; otherwise aborts (debug) or throws Bug (release).
/// `what` says what must hold.
void check(
    bool condition,
    std::string_view what,
    std::source_location where = std::source_location::current()
);

}  // namespace duban::core
