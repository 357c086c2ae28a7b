// A certificate for outsiders: as the entry stood at a position, and without what is not to be
// shown. It is checked like any other (docs/formats/record.md, "Certificate").
//
//     const core::Json part = part_of(certificate, [](std::string_view field, const core::Json&) {
//         return field == "heading";
//     });

#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "core/id.h"
#include "core/json.h"
#include "journal/journal.h"
#include "store/store.h"

namespace duban::journal {

/// No last position: all records of the entry.
inline constexpr std::int64_t kNoLast = std::numeric_limits<std::int64_t>::max();

/// The first note that covers `position`: it stays the same however long the journal grows.
[[nodiscard]] std::optional<std::string> find_first_covering(
    store::Reader& reader, core::OrgId org, std::int64_t position
);

/// As make_certificate, of the entry's records up to the position `last`.
[[nodiscard]] core::Json make_certificate_until(
    store::Reader& reader,
    const Journal& journal,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& entry,
    std::string_view checkpoint_note,
    const core::Json& extra,
    std::int64_t last
);

/// A value of the newest record that changed `field`: whether it may be shown.
using MayShow = std::function<bool(std::string_view field, const core::Json& value)>;

/// The certificate without what is not to be shown: of each changed field only the newest value,
/// and only where `may_show` says so; no inputs, no words of signers, no declarations. What is held
/// back is null and the certificate says `partial`; every commitment, and so every proof, stays.
[[nodiscard]] core::Json part_of(const core::Json& certificate, const MayShow& may_show);

/// Whether a certificate says that it holds values back.
[[nodiscard]] bool is_partial(const core::Json& certificate);
/// How many values it holds back; 0 where it does not say so.
[[nodiscard]] std::int64_t held_back(const core::Json& certificate);

}  // namespace duban::journal
