#include "text/tokens.h"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include "core/check.h"
#include "text/utf8.h"

namespace duban::text {
namespace {

bool is_word(char32_t c) {
    if (c < 0x80) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    const auto point = static_cast<UChar32>(c);
    return u_isalnum(point) != 0 || (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
}

/// The pairs of one run of CJK characters, and what stands alone.
void take_run(std::u32string_view run, TokenUse use, std::vector<std::string>& found) {
    for (std::size_t i = 0; i + 1 < run.size(); ++i) {
        found.push_back(to_utf8(run.substr(i, 2)));
    }
    if (use == TokenUse::Index || run.size() == 1) {
        found.push_back(to_utf8(run.substr(run.size() - 1)));
    }
}

}  // namespace

bool is_cjk(char32_t c) {
    if (c < 0x1100) {
        return false;
    }
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           c == 0x3005 || (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) ||
           (c >= 0x3105 && c <= 0x312F) || (c >= 0x1100 && c <= 0x11FF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFD);
}

std::string folded_case(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    core::check(U_SUCCESS(status) != 0, "ICU has its NFKC case folding");
    std::string folded;
    folded.reserve(text.size());
    icu::StringByteSink<std::string> sink{&folded};
    fold->normalizeUTF8(
        0,
        icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())},
        sink,
        nullptr,
        status
    );
    core::check(U_SUCCESS(status) != 0, "ICU folds any text");
    return folded;
}

std::vector<std::string> tokens(std::string_view text, TokenUse use) {
    const std::u32string chars = to_utf32(folded_case(text));
    const std::u32string_view all = chars;
    std::vector<std::string> found;
    for (std::size_t at = 0; at < all.size();) {
        std::size_t end = at;
        if (is_cjk(all[at])) {
            while (end < all.size() && is_cjk(all[end])) {
                ++end;
            }
            take_run(all.substr(at, end - at), use, found);
        } else if (is_word(all[at])) {
            while (end < all.size() && is_word(all[end]) && !is_cjk(all[end])) {
                ++end;
            }
            found.push_back(to_utf8(all.substr(at, end - at)));
        } else {
            ++end;
        }
        at = end;
    }
    return found;
}

std::vector<std::string> distinct_characters(std::string_view text) {
    std::u32string chars = to_utf32(folded_case(text));
    std::erase_if(chars, [](char32_t c) { return !is_cjk(c); });
    std::ranges::sort(chars);
    const auto repeated = std::ranges::unique(chars);
    chars.erase(repeated.begin(), repeated.end());
    std::vector<std::string> found;
    found.reserve(chars.size());
    for (const char32_t c : chars) {
        found.push_back(to_utf8({&c, 1}));
    }
    return found;
}

std::vector<std::string_view> passages(std::string_view text) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const std::string_view passage = first(text, kPassageCharactersMax);
        found.push_back(passage);
        if (passage.size() == text.size()) {
            break;
        }
        text.remove_prefix(first(text, kPassageCharactersMax - kPassageOverlap).size());
    }
    return found;
}

}  // namespace duban::text
