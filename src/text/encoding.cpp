#include "text/encoding.h"

#include <algorithm>
#include <memory>

#include <unicode/ucnv.h>

#include "core/check.h"
#include "text/utf8.h"

namespace duban::text {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter{ucnv_open(name, &status)};
    core::check(U_SUCCESS(status) != 0 && converter != nullptr, "ICU has its converters");
    return converter;
}

/// Converts all of `bytes`; nullopt at the first byte `from` does not know.
std::optional<std::string> converted(const char* from, const char* to, std::string_view bytes) {
    const Converter source = open_converter(from);
    const Converter target = open_converter(to);
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(source.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::string text(bytes.size() * 3 + 16, '\0');
    char* out = text.data();
    const char* in = bytes.data();
    ucnv_convertEx(
        target.get(),
        source.get(),
        &out,
        text.data() + text.size(),
        &in,
        bytes.data() + bytes.size(),
        nullptr,
        nullptr,
        nullptr,
        nullptr,
        1,
        1,
        &status
    );
    if (U_FAILURE(status) != 0) {
        return std::nullopt;
    }
    text.resize(static_cast<std::size_t>(out - text.data()));
    return text;
}

void to_line_feeds(std::string& text) {
    std::size_t kept = text.find('\r');
    if (kept == std::string::npos) {
        return;
    }
    for (std::size_t at = kept; at < text.size(); ++at) {
        if (text[at] != '\r' || at + 1 == text.size() || text[at + 1] != '\n') {
            text[kept++] = text[at];
        }
    }
    text.resize(kept);
}

Decoded decoded_as_is(std::string_view bytes) {
    if (bytes.starts_with(kUtf16LittleMark) || bytes.starts_with(kUtf16BigMark)) {
        const char* name = bytes.starts_with(kUtf16BigMark) ? "UTF-16BE" : "UTF-16LE";
        if (auto text = converted(name, "UTF-8", bytes.substr(2))) {
            return {std::move(*text), Encoding::Utf16};
        }
    }
    if (bytes.starts_with(kUtf8Mark)) {
        bytes.remove_prefix(kUtf8Mark.size());
    }
    if (!find_invalid(bytes)) {
        return {std::string{bytes}, Encoding::Utf8};
    }
    if (auto text = from_gb18030(bytes)) {
        if (text->starts_with(kUtf8Mark)) {
            text->erase(0, kUtf8Mark.size());
        }
        return {std::move(*text), Encoding::Gb18030};
    }
    return {repaired(bytes), Encoding::Damaged};
}

}  // namespace

std::optional<std::string> from_gb18030(std::string_view bytes) {
    return converted("gb18030", "UTF-8", bytes);
}

std::string to_gb18030(std::string_view text) {
    auto bytes = converted("UTF-8", "gb18030", text);
    core::check(bytes.has_value(), "GB 18030 holds every character of well-formed text");
    return std::move(*bytes);
}

Decoded decode(std::string_view bytes) {
    Decoded read = decoded_as_is(bytes);
    to_line_feeds(read.text);
    return read;
}

Decoded decode_beginning(std::string_view bytes) {
    constexpr std::size_t kCutMax = 3;  // of the four bytes of a character
    std::optional<Decoded> found;
    for (std::size_t cut = 0; cut <= std::min(kCutMax, bytes.size()); ++cut) {
        Decoded read = decode(bytes.substr(0, bytes.size() - cut));
        if (read.encoding == Encoding::Utf8) {
            return read;
        }
        if (!found && read.encoding != Encoding::Damaged) {
            found = std::move(read);
        }
    }
    return found ? std::move(*found) : decode(bytes);
}

}  // namespace duban::text
