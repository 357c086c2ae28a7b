// Texts offered as rules: gated, compiled on the twin and rendered without a fault of ours, and
// what was accepted reads alike before and after the blanks between its tokens were made anew.
// Input: one byte for the form, then the rule.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "rules/internal/portable.h"
#include "rules/internal/scoped.h"
#include "rules/internal/testing.h"
#include "rules/rules.h"

namespace {

using namespace duban;

void check_lexing(std::string_view text) {
    const rules::Lexed lexed = rules::lex(text);
    if (!lexed.ok()) {
        return;
    }
    const std::string plain = rules::plain_text(lexed.script);
    const rules::Lexed again = rules::lex(plain);
    core::check(
        again.ok() || plain.size() > rules::kRuleBytesMax, "what was accepted is accepted again"
    );
    core::check(
        !again.ok() || rules::plain_text(again.script) == plain,
        "the plain text is its own plain text"
    );
    (void)rules::portable_faults(lexed.script);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string text{reinterpret_cast<const char*>(data + 1), size - 1};
    check_lexing(text);
    std::vector<declarations::Pack> packs = rules::testing_models::packs();
    if (data[0] % 2 == 0) {
        rules::testing_models::add_check(packs[0], text);
    } else {
        packs[0].controls = {rules::testing_models::control(text)};
        packs[0].controls[0].scope = data[0] % 4 == 1 ? declarations::ControlScope::Entry
                                                      : declarations::ControlScope::Register;
    }
    const rules::Rules compiled{declarations::Model{packs}};
    for (const declarations::Fault& fault : compiled.faults()) {
        core::check(
            !fault.text.empty() && fault.place.line > 0, "a fault has its sentence and place"
        );
    }
    return 0;
}
