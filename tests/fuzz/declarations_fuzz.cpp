// Hostile packs: whatever the bytes, read_pack answers with a pack or with faults; a pack that was
// read passes the model check and equals itself. The first byte says which file the rest becomes:
// of a declaration, or of a sample.
//
// Built with -fsanitize=fuzzer by the preset fuzz; corpus: packs/*/registers and
// tests/declarations.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "declarations/reading.h"
#include "declarations/sample.h"

namespace {

using duban::declarations::Fault;
using duban::declarations::Loaded;
using duban::declarations::Model;
using duban::declarations::SourceFile;

constexpr std::string_view kPack =
    "name: sample\nversion: 1.0.0\nparameters: {reviewers: {type: integer, default: 2, least: 1}}\n"
    "messages: {post.paid: {en: Paid.}}\n";

constexpr std::string_view kTrip =
    "register: trip\nfields:\n  place_to: {type: text}\n  days: {type: integer}\n"
    "  expense: {type: money}\n  overseas: {type: boolean}\n  joined_by: {type: links, to: trip}\n"
    "  stops: {type: rows, rows: {town: {type: text}, nights: {type: integer}}}\n"
    "procedure:\n  initial: draft\n  states: {draft: , done: {final: true}}\n  actions:\n"
    "    open: {by: unit.clerk, fields: [place_to, days, expense, overseas, joined_by, stops]}\n"
    "    finish: {from: draft, to: done, by: unit.clerk}\n";
constexpr std::string_view kLongTrip =
    "-- register: trip · kind: fact\nselect id, 'long' as reason from trip where days > 5\n";

std::vector<SourceFile> files_of(std::uint8_t which, std::string text) {
    switch (which % 5) {
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

bool has_error(const std::vector<Fault>& faults) {
    bool error = false;
    for (const Fault& fault : faults) {
        error = error || !fault.warning;
        must(fault.place.line >= 1 && fault.place.column >= 1 && !fault.text.empty());
    }
    return error;
}

void read_sample(std::string text) {
    static const Model kModel{{duban::declarations::read_pack(
                                   std::vector<SourceFile>{
                                       {.path = "pack.yaml", .text = std::string{kPack}},
                                       {.path = "registers/trip.yaml", .text = std::string{kTrip}},
                                       {.path = "controls/long.sql", .text = std::string{kLongTrip}}
                                   }
    ).pack.value()}};
    const auto loaded = duban::declarations::read_sample(
        {.path = "sample/any.yaml", .text = std::move(text)}, kModel, "sample"
    );
    must(has_error(loaded.faults) != loaded.sample.has_value());
    if (loaded.sample) {
        for (const auto& find : loaded.sample->finds) {
            must(loaded.sample->find_entry(find.entry) != nullptr);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    std::string text(data + 1, data + size);
    if (data[0] % 5 == 4) {
        read_sample(std::move(text));
        return 0;
    }
    const Loaded loaded = duban::declarations::read_pack(files_of(data[0], std::move(text)));
    must(has_error(loaded.faults) != loaded.pack.has_value());
    if (loaded.pack) {
        must(duban::declarations::differences(*loaded.pack, *loaded.pack).empty());
        static_cast<void>(duban::declarations::check_model(Model{{*loaded.pack}}));
    }
    return 0;
}
