// Signed notes, their keys and checkpoints from strangers: what is accepted has one form, and
// nothing opens that nobody signed.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "crypto/note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace duban;
    // A key whose private half nobody holds.
    static const auto kStranger =
        crypto::NoteVerifier::from_public_key("duban/fuzz", std::string(32, 'k'));
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    if (const auto verifier = crypto::NoteVerifier::parse(input)) {
        core::check(verifier->text() == input, "a verifier key comes back");
    }
    if (const auto signer = crypto::NoteSigner::parse(input)) {
        core::check(signer->secret_text() == input, "a signer key comes back");
        const std::string note = signer->sign("text\n");
        core::check(
            crypto::open_note(note, signer->verifier()) == "text\n", "what was signed opens"
        );
    }
    if (const auto checkpoint = crypto::parse_checkpoint(input)) {
        core::check(checkpoint->text() == input, "a checkpoint comes back");
    }
    if (const auto note = crypto::parse_note(input)) {
        core::check(!note->signatures.empty(), "a note is signed");
        core::check(input.starts_with(note->text), "a note's text stands at its head");
        static_cast<void>(crypto::parse_checkpoint(note->text));
    }
    core::check(!crypto::open_note(input, kStranger), "nobody can sign with a key nobody holds");
    return 0;
}
