// Records whose bytes were altered: read, matched and written again without a fault of ours.
// Input: the leaf, a zero byte, the blob.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "core/problem.h"
#include "journal/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const std::size_t zero = input.find('\0');
    duban::journal::Record record;
    record.leaf = input.substr(0, zero);
    record.blob = zero == std::string_view::npos ? "{}" : input.substr(zero + 1);
    (void)record.find_mismatch();
    (void)record.erased();
    try {
        const duban::journal::Draft draft = record.draft();
        duban::core::check(draft.salt_seed.empty(), "a seed is never kept");
    } catch (const duban::core::Problem& problem) {
        duban::core::check(problem.code == "record.malformed", "what is no record is malformed");
    }
    return 0;
}
