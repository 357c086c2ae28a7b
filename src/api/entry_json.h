// An entry as the API shows it (docs/formats/api.md, sections 5 and 6).

#pragma once

#include "api/labels.h"
#include "http/router.h"

namespace duban::api {

/// Whether a record of the history tells of one of these signatures.
[[nodiscard]] bool tells_of(
    const journal::Draft& record, const std::vector<journal::Signature>& signatures
);

/// The entry that a path names by `{register}` and `{id}`: an id, or `number:JZ-2026-0007` of one
/// that the asker may read. Problem{NotFound, "entry.not_found"}.
[[nodiscard]] core::Id entry_of_path(
    const Services& services, const Asker& asker, const http::PathParams& path
);

/// What every list says of an entry.
[[nodiscard]] core::JsonObject head_json(const registers::Entry& entry);

/// One row of a list: the columns of the view.
[[nodiscard]] core::JsonObject row_json(
    const Services& services,
    const Asker& asker,
    const declarations::Register& declared,
    const declarations::View* view,
    const registers::Entry& entry,
    Labels& labels
);

/// The whole entry with deadlines, the open round, what the asker may do and who could be next.
[[nodiscard]] core::JsonObject entry_json(
    const Services& services,
    store::Reader& reader,
    const Asker& asker,
    const declarations::Register& declared,
    const registers::Entry& entry
);

/// Members of a signature, ids as text and nil as null.
[[nodiscard]] core::JsonObject signature_json(const journal::Signature& signature, Labels& labels);

[[nodiscard]] core::Json id_json(const core::Id& id);
[[nodiscard]] core::Json text_json(const std::string& text);

}  // namespace duban::api
