// The registers as a command reaches them: questions in the account's name, and what a person
// writes at the terminal as the API takes it.

#pragma once

#include <string>

#include "app/arguments.h"
#include "app/naming.h"
#include "app/settings.h"
#include "app/transport.h"
#include "core/json.h"

namespace duban::app {

/// An account's way to the house: of --data and --as.
class Ledger {
public:
    explicit Ledger(const Arguments& arguments);

    [[nodiscard]] core::Json ask(const std::string& path, const std::string& query = "");
    [[nodiscard]] core::Json send(http::Request request);

    /// A value as the field's type writes it in JSON: names of people and units and numbers of
    /// entries become ids, titles of choices their codes, @path the hash of the file that is
    /// uploaded.
    [[nodiscard]] core::Json value(const core::Json& field, const std::string& text);
    /// The value of a filter of `declared`'s list or of a figure over it: as value(), for a fixed
    /// column or a field; any other as it is.
    [[nodiscard]] std::string filter(
        const core::Json& declared, const std::string& name, const std::string& text
    );
    [[nodiscard]] Naming& naming() { return naming_; }

private:
    core::Json linked(const std::string& register_name, const std::string& text);
    core::Json uploaded(const std::string& path);
    core::Json list(const core::Json& field, const std::string& text);
    core::Json scalar(const core::Json& field, const std::string& text);

    Settings settings_;
    std::string as_;
    Transport transport_;
    Naming naming_;
};

/// Of an entry that `text` names by id or number.
[[nodiscard]] std::string entry_path(const std::string& register_name, const std::string& text);
/// The element of a declaration's list that is called so; nullptr when there is none.
[[nodiscard]] const core::Json* find_named(
    const core::Json& declared, std::string_view list, const std::string& name
);

}  // namespace duban::app
