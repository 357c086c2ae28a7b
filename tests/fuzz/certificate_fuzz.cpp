// Certificates from strangers: checked without a throw, and never valid without a signature.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "core/json.h"
#include "journal/journal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // A key whose private half nobody holds.
    constexpr std::string_view kKey =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    if (const auto certificate = duban::core::find_json(input)) {
        (void)duban::journal::check_certificate(*certificate, "");
        const auto report = duban::journal::check_certificate(*certificate, kKey);
        duban::core::check(!report.valid, "nobody can sign with a key that nobody holds");
    }
    return 0;
}
