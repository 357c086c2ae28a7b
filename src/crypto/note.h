// Signed notes (C2SP signed-note) and the checkpoints of a log (C2SP tlog-checkpoint), Ed25519.
//
//     const crypto::NoteSigner signer = crypto::NoteSigner::make("duban/…/1", random);
//     const std::string note = signer.sign(crypto::Checkpoint{origin, head, {}}.text());
//     const auto verifier = crypto::NoteVerifier::parse("duban/…/1+c74f20a3+ARpc…").value();
//     if (const auto text = crypto::open_note(note, verifier)) parse_checkpoint(*text);
//
// A note is its text, an empty line, and a line "— name base64(key id ‖ signature)" for each
// signature. What a note does not say in exactly this form is no note.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/random.h"
#include "crypto/merkle.h"
#include "crypto/secret_key.h"

namespace duban::crypto {

inline constexpr std::size_t kNoteBytesMax = 64UL * 1024;
inline constexpr std::size_t kNoteSignaturesMax = 100;

/// Which key signed: its name and the first four bytes of H(name ‖ "\n" ‖ 0x01 ‖ public key).
struct KeyName {
    std::string name;
    std::uint32_t id = 0;
    bool operator==(const KeyName&) const = default;
};

/// The public half of a key: checks signatures.
class NoteVerifier {
public:
    /// Reads "name+hash+base64"; nullopt when it is no Ed25519 verifier key.
    [[nodiscard]] static std::optional<NoteVerifier> parse(std::string_view text);
    /// The key `name` with these 32 bytes; a Bug when the name or the length cannot be.
    [[nodiscard]] static NoteVerifier from_public_key(
        const std::string& name, std::string_view public_key
    );

    /// "name+hash+base64": what is given to whoever wants to check.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] const KeyName& key() const { return key_; }
    [[nodiscard]] bool verify(std::string_view message, std::string_view signature) const;

private:
    NoteVerifier(const std::string& name, std::string public_key);
    KeyName key_;
    std::string public_key_;
};

/// A key that signs.
class NoteSigner {
public:
    /// A new key. `name` is not empty and has no space and no '+'; else a Bug.
    [[nodiscard]] static NoteSigner make(const std::string& name, core::Random& random);
    /// Reads what secret_text() wrote; nullopt when it is nothing of the kind.
    [[nodiscard]] static std::optional<NoteSigner> parse(std::string_view text);

    /// "PRIVATE+KEY+name+hash+base64": for the key file, nowhere else.
    [[nodiscard]] std::string secret_text() const;
    [[nodiscard]] const NoteVerifier& verifier() const { return verifier_; }

    /// The note of `text`, which ends with a newline and holds no control characters; else a Bug.
    [[nodiscard]] std::string sign(std::string_view text) const;
    /// `note` with one more signature, by this key; nullopt when it is no note.
    [[nodiscard]] std::optional<std::string> cosign(std::string_view note) const;

private:
    NoteSigner(const std::string& name, const SecretKey& seed);
    [[nodiscard]] std::string signature_line(std::string_view text) const;
    SecretKey seed_;
    NoteVerifier verifier_;
};

/// A line under a note; not yet checked.
struct NoteSignature {
    KeyName key;
    std::string signature;
};

/// A note taken apart, its signatures unchecked.
struct Note {
    std::string text;  ///< with its last newline
    std::vector<NoteSignature> signatures;
};

/// nullopt when `note` does not have the form of a signed note.
[[nodiscard]] std::optional<Note> parse_note(std::string_view note);

/// The text of `note` when `verifier`'s key signed it and every signature of that key holds;
/// signatures of other keys are passed over.
[[nodiscard]] std::optional<std::string> open_note(
    std::string_view note, const NoteVerifier& verifier
);

/// A tree head as text: origin, size, root, and lines of a later version.
struct Checkpoint {
    std::string origin;  ///< one line, not empty
    TreeHead head;
    std::vector<std::string> extensions;

    bool operator==(const Checkpoint&) const = default;
    /// The text that is signed.
    [[nodiscard]] std::string text() const;
};

/// nullopt when `text` is no checkpoint.
[[nodiscard]] std::optional<Checkpoint> parse_checkpoint(std::string_view text);

}  // namespace duban::crypto
