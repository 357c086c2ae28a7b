// Who and what a person names on a command line, by the directory as the account sees it today. One
// meaning for every command, and the same as in a sheet.

#pragma once

#include <optional>
#include <string>

#include "access/directory.h"
#include "app/transport.h"

namespace duban::app {

class Naming {
public:
    /// Asks for the directory as `as`, once, when a name is first to be found.
    Naming(Transport& transport, std::string as) : transport_{transport}, as_{std::move(as)} {}

    /// The id of the unit that `text` names: by id, code or name. Problem{NotFound,
    /// "command.name_unknown"}; {Rejected, "command.name_ambiguous"} with those called so.
    [[nodiscard]] std::string unit(const std::string& text);
    /// Of the person: by id or name. The same problems.
    [[nodiscard]] std::string person(const std::string& text);
    /// Of the unit or the person, where either may be meant. The same problems.
    [[nodiscard]] std::string either(const std::string& text);

private:
    const access::Directory& directory();

    Transport& transport_;
    std::string as_;
    std::optional<access::Directory> directory_;
};

}  // namespace duban::app
