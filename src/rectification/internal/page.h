// HTML of publications: everything that is not ours is escaped here, and only here.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rectification/bundle.h"

namespace duban::rectification {

/// Text as it may stand in an element or in an attribute between double quotes.
[[nodiscard]] std::string escaped(std::string_view text);

/// What the words on a page are said with.
struct Voice {
    const Look& look;
    std::string language;  ///< zh, en

    /// A sentence, escaped.
    [[nodiscard]] std::string say(std::string_view code, const core::Params& params = {}) const;
    /// `index.html`, `index.en.html`: Chinese is the first language.
    [[nodiscard]] std::string page_name(const std::string& stem) const;
};

/// Of a whole page: what stands around its main part.
struct Frame {
    std::string title;        ///< not escaped
    std::string description;  ///< not escaped
    std::string root;         ///< the way to the bundle's folder: "" or "../"
    std::string stem;         ///< of this page: "index"
};

/// `lang` of words that are not in the page's language: ` lang="zh-CN"`, or nothing.
[[nodiscard]] std::string lang_of(const Voice& voice, std::string_view words);

[[nodiscard]] std::string page_of(const Voice& voice, const Frame& frame, const std::string& main);

/// The pages of one publication by their name in its folder.
[[nodiscard]] Files pages_of(const Publication& publication, const Voice& voice);
[[nodiscard]] std::string index_of(
    const std::vector<Publication>& publications, const Voice& voice
);

/// The approved text as paragraphs and headings, each an element of its own; none where it is no
/// text.
[[nodiscard]] std::vector<std::string> paragraphs_of(
    const Publication& publication, const Voice& voice
);
/// Where the certificate of the block at `index` lies in the publication's folder.
[[nodiscard]] std::string proof_path(const PublishedBlock& block, std::size_t index);
/// text.txt, text.pdf …
[[nodiscard]] std::string text_name(const Publication& publication);

}  // namespace duban::rectification
