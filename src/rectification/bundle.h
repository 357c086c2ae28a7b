// Publications as a folder for whatever site publishes (P12): pages without script in each
// language, the same as JSON, the approved text byte for byte, and the certificates with which
// anybody checks it offline. The same publications give the same bytes.
//
//     write_bundle("public", bundle_of(gather(desk, {}), look));
//
//     index.html index.en.html publications.json style.css
//     GS-2026-001/ index.html index.en.html publication.json text.txt proof.json proofs/….json

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/problem.h"
#include "rectification/publication.h"

namespace duban::rectification {

/// A page of HTML with its sheet is at most this long; what does not fit goes on the next one.
inline constexpr std::size_t kPageBytesMax = 60UL * 1024;

/// The words around what is published, and how it is set.
struct Look {
    std::string_view style;  ///< the stylesheet
    std::function<
        std::string(std::string_view code, const core::Params& params, std::string_view language)>
        say;
};

/// Path in the folder, by `/` → bytes.
using Files = std::map<std::string, std::string>;

/// The name under which a publication or a certificate lies: what it is called where that is safe
/// as a name on any site, else its digest's beginning.
[[nodiscard]] std::string file_name(std::string_view called);

[[nodiscard]] Files bundle_of(const std::vector<Publication>& publications, const Look& look);

/// Puts `files` in the place of what `folder` holds, all at once: a reader sees the old bundle or
/// the new one. Refuses what is not a bundle of the same log: Problem{Rejected,
/// "publication.not_a_bundle"}; a file in it that no bundle put there or that was changed since:
/// Problem{Rejected, "publication.foreign_file"}. Problem{Unavailable, "file.not_writable"}.
void write_bundle(const std::filesystem::path& folder, const Files& files);

}  // namespace duban::rectification
