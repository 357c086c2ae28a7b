// Hostile packs: whatever the bytes, read_pack answers with a pack or with faults; a pack that was
// read passes the model check and equals itself. The first byte says which file the rest becomes.
//
// Built with -fsanitize=fuzzer by the preset fuzz; corpus: packs/*/registers and
// tests/declarations.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "declarations/reading.h"

namespace {

using duban::declarations::Loaded;
using duban::declarations::Model;
using duban::declarations::SourceFile;

constexpr std::string_view kPack =
    "name: sample\nversion: 1.0.0\nparameters: {reviewers: {type: integer, default: 2, least: 1}}\n"
    "messages: {post.paid: {en: Paid.}}\n";

std::vector<SourceFile> files_of(std::uint8_t which, std::string text) {
    switch (which % 4) {
        case 0: return {{.path = "pack.yaml", .text = std::move(text)}};
        case 1:
            return {
                {.path = "pack.yaml", .text = std::string{kPack}},
                {.path = "controls/hit.sql", .text = std::move(text)}
            };
        default:
            return {
                {.path = "pack.yaml", .text = std::string{kPack}},
                {.path = "registers/any.yaml", .text = std::move(text)}
            };
    }
}

void must(bool condition) {
    if (!condition) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const auto files = files_of(data[0], std::string(data + 1, data + size));
    const Loaded loaded = duban::declarations::read_pack(files);
    bool error = false;
    for (const auto& fault : loaded.faults) {
        error = error || !fault.warning;
        must(fault.place.line >= 1 && fault.place.column >= 1 && !fault.text.empty());
    }
    must(error != loaded.pack.has_value());
    if (loaded.pack) {
        must(duban::declarations::differences(*loaded.pack, *loaded.pack).empty());
        static_cast<void>(duban::declarations::check_model(Model{{*loaded.pack}}));
    }
    return 0;
}
