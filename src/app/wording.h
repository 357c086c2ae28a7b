// What the API answers in codes and ids, in the words of the terminal's language: as a sheet and
// the pages have them.

#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/problem.h"

namespace duban::app {

/// Of texts by language; `otherwise` when they have none.
[[nodiscard]] std::string text_in(const core::Json* texts, const std::string& otherwise);

/// The title of the element called `name` in a list of the declaration.
[[nodiscard]] std::string title_of(
    const core::Json& declared, std::string_view list, const std::string& name
);
/// Of an action, declared or of every register.
[[nodiscard]] std::string action_title(const core::Json& declared, const std::string& name);

/// An input of an action as a declaration tells fields: declared, or one that Duban asks for itself
/// (docs/formats/declaration.md, "Actions"): `to` and `pause_reason` with their choices.
[[nodiscard]] core::Json input_of(
    const core::Json& declared, const std::string& action, const std::string& name
);

/// A field's value: the titles of choices, yes and no, what ids name and that it is restricted.
/// `field` and `labels` may be nullptr.
[[nodiscard]] std::string value_text(
    const core::Json* field, const core::Json& value, const core::Json* labels
);

/// Puts the title of a field or input in the place of each pointer into the request of `action`.
void name_pointers(core::Problem& problem, const core::Json& declared, const std::string& action);
/// The title of "/fields/x" or "/inputs/x"; another pointer as it is.
[[nodiscard]] std::string pointer_title(
    const std::string& pointer, const core::Json& declared, const std::string& action
);

/// "● in time".
[[nodiscard]] std::string light_text(const std::string& light);

/// Number, or id where there is none: what `duban show` takes.
[[nodiscard]] std::string name_text(const core::Json& entry);
/// The title of a row, and what it is linked to when it has no number.
[[nodiscard]] std::string about_text(
    const core::Json& entry, const core::Json& declared, const core::Json* labels
);

/// Columns on the terminal: a Han character is two wide.
[[nodiscard]] std::size_t width_of(const std::string& text);
/// Cut or filled up to `width`, and two blanks.
[[nodiscard]] std::string padded(const std::string& text, std::size_t width);

/// Contents, deadlines, the round of signatures and what may be done now.
[[nodiscard]] std::string entry_text(const core::Json& entry, const core::Json& declared);
/// A line for each step, with what was given to it and the words of who signed below.
[[nodiscard]] std::string history_text(const core::Json& history, const core::Json& declared);

}  // namespace duban::app
