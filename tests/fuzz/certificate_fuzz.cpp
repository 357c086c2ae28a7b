// Certificates from strangers: checked without a throw, and never valid without a signature.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "core/json.h"
#include "crypto/note.h"
#include "journal/journal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // A key whose private half nobody holds.
    static const std::string kKey =
        duban::crypto::NoteVerifier::from_public_key("duban/fuzz", std::string(32, 'k')).text();
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    if (const auto certificate = duban::core::find_json(input)) {
        (void)duban::journal::check_certificate(*certificate, "");
        const auto report = duban::journal::check_certificate(*certificate, kKey);
        duban::core::check(!report.valid, "nobody can sign with a key that nobody holds");
    }
    return 0;
}
