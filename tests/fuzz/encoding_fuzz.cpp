// Small foreign texts and bytes: what is accepted is written back as it came, and what was decoded
// is UTF-8. The first byte says which.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "calendar/date.h"
#include "core/check.h"
#include "core/id.h"
#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "crypto/password.h"
#include "crypto/totp.h"
#include "files/internal/kind.h"
#include "text/encoding.h"
#include "text/fold.h"
#include "text/tokens.h"
#include "text/utf8.h"

namespace {

using namespace duban;

std::string folded(std::string_view text, char first, char last, int distance) {
    std::string out{text};
    for (char& c : out) {
        c = c >= first && c <= last ? static_cast<char>(c + distance) : c;
    }
    return out;
}

std::string lower(std::string_view text) {
    return folded(text, 'A', 'Z', 'a' - 'A');
}
std::string upper(std::string_view text) {
    return folded(text, 'a', 'z', 'A' - 'a');
}

/// RFC 4648: each decoder takes one text for one value.
void read_encodings(std::string_view input) {
    if (const auto bytes = crypto::hex_decode(input)) {
        core::check(crypto::hex_encode(*bytes) == lower(input), "hex comes back");
    }
    if (const auto bytes = crypto::base64_decode(input)) {
        core::check(crypto::base64_encode(*bytes) == input, "base64 comes back");
    }
    if (const auto bytes = crypto::base64url_decode(input)) {
        core::check(crypto::base64url_encode(*bytes) == input, "base64url comes back");
    }
    if (const auto bytes = crypto::base32_decode(input)) {
        core::check(crypto::base32_encode(*bytes) == upper(input), "base32 comes back");
    }
}

void read_names(std::string_view input) {
    if (const auto id = core::Id::parse(input)) {
        core::check(id->text() == lower(input), "an id comes back");
    }
    if (const auto date = calendar::Date::parse(input)) {
        core::check(date->text() == input, "a date comes back");
        core::check(
            calendar::Date::parse(date->plus_months(1).text()).has_value() || date->year() == 9999,
            "a month later is a date"
        );
    }
    if (const auto hash = crypto::Hash::parse_hex(input)) {
        core::check(hash->hex() == lower(input), "a hash comes back");
    }
}

void read_text(std::string_view input) {
    const text::Decoded decoded = text::decode(input);
    core::check(!text::find_invalid(decoded.text), "what is decoded is UTF-8");
    if (const auto read = text::from_gb18030(input)) {
        core::check(!text::find_invalid(*read), "GB 18030 becomes UTF-8");
        core::check(
            text::from_gb18030(text::to_gb18030(*read)) == read,
            "GB 18030 is written and read alike"
        );
    }
    static_cast<void>(text::tokens(input, text::TokenUse::Query));  // malformed bytes separate
    const text::Folded characters = text::fold(decoded.text);
    core::check(
        characters.offsets.size() == characters.chars.size() + 1 &&
            characters.offsets.back() == decoded.text.size(),
        "a folded text knows where it came from"
    );
}

/// The first half is the secret, the second what was typed.
void read_code(std::string_view input) {
    const std::string_view secret = input.substr(0, input.size() / 2);
    const std::string_view code = input.substr(input.size() / 2);
    const core::Instant now = core::from_ms(1'795'489'445'678);
    if (const auto step = crypto::match_totp(secret, code, now)) {
        core::check(crypto::totp_code(secret, *step) == code, "only its own code matches a step");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view input{reinterpret_cast<const char*>(data + 1), size - 1};
    switch (data[0]) {
        case 'e': read_encodings(input); break;
        case 'n': read_names(input); break;
        case 'c': read_code(input); break;
        case 'k': {
            const std::size_t tail = std::min(input.size(), files::kKindTailBytes);
            const std::string kind = files::kind_of(
                input.substr(0, files::kKindHeadBytes), input.substr(input.size() - tail)
            );
            core::check(kind.find('/') != std::string::npos, "every file has a media type");
            break;
        }
        default: read_text(input);
    }
    return 0;
}
