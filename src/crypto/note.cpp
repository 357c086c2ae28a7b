#include "crypto/note.h"

#include <algorithm>
#include <charconv>

#include <sodium.h>

#include "core/check.h"
#include "crypto/encoding.h"
#include "crypto/internal/sodium.h"

namespace duban::crypto {

namespace {

using internal::octets;

constexpr char kEd25519 = '\x01';                    // signed-note, "Signature types"
constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014 and a space
constexpr std::string_view kSecretPrefix = "PRIVATE+KEY+";
constexpr std::size_t kKeyIdBytes = 4;

/// A key name: no empty text, no white space, no plus.
bool is_key_name(std::string_view name) {
    return !name.empty() && name.find_first_of("+ \t\r\n\v\f") == std::string_view::npos;
}

/// The text of a note: ends with a newline, no other control characters.
bool is_note_text(std::string_view text) {
    return text.ends_with('\n') && std::ranges::none_of(text, [](char c) {
               const auto octet = static_cast<unsigned char>(c);
               return (octet < 0x20 && c != '\n') || octet == 0x7F;
           });
}

std::string big_endian(std::uint32_t value) {
    return {
        static_cast<char>(value >> 24U),
        static_cast<char>((value >> 16U) & 0xFFU),
        static_cast<char>((value >> 8U) & 0xFFU),
        static_cast<char>(value & 0xFFU)
    };
}

std::uint32_t read_big_endian(std::string_view four) {
    std::uint32_t value = 0;
    for (const char c : four.substr(0, kKeyIdBytes)) {
        value = (value << 8U) | static_cast<std::uint8_t>(c);
    }
    return value;
}

std::uint32_t key_id(std::string_view name, std::string_view public_key) {
    std::string data{name};
    data.append({'\n', kEd25519}).append(public_key);
    return read_big_endian(sha256(data).view());
}

/// The parts of "name+hash+base64": name, id, key bytes without the type.
struct KeyText {
    KeyName key;
    std::string bytes;
};

std::optional<KeyText> parse_key_text(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view name = text.substr(0, first);
    const std::string_view id_text = text.substr(first + 1, second - first - 1);
    const auto id = hex_decode(id_text);
    auto bytes = base64_decode(text.substr(second + 1));
    // One key, one text: the id in lower case only.
    const bool has_id = id && id->size() == kKeyIdBytes && hex_encode(*id) == id_text;
    const bool well_formed = is_key_name(name) && has_id && bytes &&
                             bytes->size() == 1 + SecretKey::kBytes && bytes->front() == kEd25519;
    if (!well_formed) {
        return std::nullopt;
    }
    bytes->erase(0, 1);
    return KeyText{{std::string{name}, read_big_endian(*id)}, *std::move(bytes)};
}

/// The two halves of a key pair in the form libsodium takes.
struct KeyPair {
    std::string public_key = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
    std::string secret_key = std::string(crypto_sign_SECRETKEYBYTES, '\0');
};

KeyPair key_pair(const SecretKey& seed) {
    internal::ensure_sodium();
    KeyPair pair;
    const int done = crypto_sign_seed_keypair(
        octets(pair.public_key), octets(pair.secret_key), octets(seed.reveal())
    );
    core::check(done == 0, "a seed gives a key pair");
    return pair;
}

std::string public_half(const SecretKey& seed) {
    KeyPair pair = key_pair(seed);
    wipe(pair.secret_key);
    return pair.public_key;
}

std::optional<NoteSignature> parse_signature_line(std::string_view line) {
    if (!line.starts_with(kDash)) {
        return std::nullopt;
    }
    line.remove_prefix(kDash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) {
        return std::nullopt;
    }
    const auto bytes = base64_decode(line.substr(space + 1));
    if (!bytes || bytes->size() <= kKeyIdBytes) {
        return std::nullopt;
    }
    return NoteSignature{
        .key = {std::string{line.substr(0, space)}, read_big_endian(*bytes)},
        .signature = bytes->substr(kKeyIdBytes)
    };
}

/// A decimal number without leading zeros.
std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || (text.size() > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    return value;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace

NoteVerifier::NoteVerifier(const std::string& name, std::string public_key)
    : key_{name, key_id(name, public_key)}, public_key_{std::move(public_key)} {}

std::optional<NoteVerifier> NoteVerifier::parse(std::string_view text) {
    const auto parts = parse_key_text(text);
    if (!parts) {
        return std::nullopt;
    }
    NoteVerifier verifier{parts->key.name, parts->bytes};
    return verifier.key_ == parts->key ? std::optional{std::move(verifier)} : std::nullopt;
}

NoteVerifier NoteVerifier::from_public_key(const std::string& name, std::string_view public_key) {
    core::check(is_key_name(name), "a key name has no space and no plus");
    core::check(public_key.size() == crypto_sign_PUBLICKEYBYTES, "a public key has 32 bytes");
    return NoteVerifier{name, std::string{public_key}};
}

std::string NoteVerifier::text() const {
    return key_.name + '+' + hex_encode(big_endian(key_.id)) + '+' +
           base64_encode(kEd25519 + public_key_);
}

bool NoteVerifier::verify(std::string_view message, std::string_view signature) const {
    internal::ensure_sodium();
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(
               octets(signature), octets(message), message.size(), octets(public_key_)
           ) == 0;
}

NoteSigner::NoteSigner(const std::string& name, const SecretKey& seed)
    : seed_{seed}, verifier_{NoteVerifier::from_public_key(name, public_half(seed))} {}

NoteSigner NoteSigner::make(const std::string& name, core::Random& random) {
    return NoteSigner{name, SecretKey::make(random)};
}

std::optional<NoteSigner> NoteSigner::parse(std::string_view text) {
    if (!text.starts_with(kSecretPrefix)) {
        return std::nullopt;
    }
    auto parts = parse_key_text(text.substr(kSecretPrefix.size()));
    if (!parts) {
        return std::nullopt;
    }
    const auto seed = SecretKey::from_bytes(parts->bytes);
    wipe(parts->bytes);
    if (!seed) {
        return std::nullopt;
    }
    NoteSigner signer{parts->key.name, *seed};
    return signer.verifier_.key() == parts->key ? std::optional{std::move(signer)} : std::nullopt;
}

std::string NoteSigner::secret_text() const {
    const KeyName& key = verifier_.key();
    return std::string{kSecretPrefix} + key.name + '+' + hex_encode(big_endian(key.id)) + '+' +
           base64_encode(kEd25519 + std::string{seed_.reveal()});
}

std::string NoteSigner::signature_line(std::string_view text) const {
    KeyPair pair = key_pair(seed_);
    std::string signature(crypto_sign_BYTES, '\0');
    const int done = crypto_sign_detached(
        octets(signature), nullptr, octets(text), text.size(), octets(pair.secret_key)
    );
    wipe(pair.secret_key);
    core::check(done == 0, "a message can be signed");
    return std::string{kDash} + verifier_.key().name + ' ' +
           base64_encode(big_endian(verifier_.key().id) + signature) + '\n';
}

std::string NoteSigner::sign(std::string_view text) const {
    core::check(
        is_note_text(text), "a note's text ends with a newline and has no control characters"
    );
    return std::string{text} + '\n' + signature_line(text);
}

std::optional<std::string> NoteSigner::cosign(std::string_view note) const {
    const auto parsed = parse_note(note);
    return parsed ? std::optional{std::string{note} + signature_line(parsed->text)} : std::nullopt;
}

std::optional<Note> parse_note(std::string_view note) {
    // The signatures follow the LAST empty line: the text may hold empty lines itself.
    const std::size_t split =
        note.size() > kNoteBytesMax ? std::string_view::npos : note.rfind("\n\n");
    if (split == std::string_view::npos || !note.ends_with('\n')) {
        return std::nullopt;
    }
    Note out{.text = std::string{note.substr(0, split + 1)}, .signatures = {}};
    const auto lines = lines_of(note.substr(split + 2));
    if (!is_note_text(out.text) || lines.empty() || lines.size() > kNoteSignaturesMax) {
        return std::nullopt;
    }
    for (const std::string_view line : lines) {
        auto signature = parse_signature_line(line);
        if (!signature) {
            return std::nullopt;
        }
        out.signatures.push_back(*std::move(signature));
    }
    return out;
}

std::optional<std::string> open_note(std::string_view note, const NoteVerifier& verifier) {
    auto parsed = parse_note(note);
    if (!parsed) {
        return std::nullopt;
    }
    bool is_signed = false;
    for (const NoteSignature& line : parsed->signatures) {
        if (line.key != verifier.key()) {
            continue;
        }
        if (!verifier.verify(parsed->text, line.signature)) {
            return std::nullopt;
        }
        is_signed = true;
    }
    return is_signed ? std::optional{std::move(parsed->text)} : std::nullopt;
}

std::string Checkpoint::text() const {
    std::string out =
        origin + '\n' + std::to_string(head.size) + '\n' + base64_encode(head.root.view()) + '\n';
    for (const std::string& line : extensions) {
        out.append(line).push_back('\n');
    }
    return out;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view text) {
    const auto lines = lines_of(text);
    if (!is_note_text(text) || lines.size() < 3 || lines[0].empty()) {
        return std::nullopt;
    }
    const auto size = parse_size(lines[1]);
    const auto root_bytes = base64_decode(lines[2]);
    const auto root = root_bytes ? Hash::from_bytes(*root_bytes) : std::nullopt;
    const bool has_empty_line =
        std::ranges::any_of(lines, [](std::string_view line) { return line.empty(); });
    if (!size || !root || has_empty_line) {
        return std::nullopt;
    }
    return Checkpoint{
        .origin = std::string{lines[0]},
        .head = {*size, *root},
        .extensions = {lines.begin() + 3, lines.end()}
    };
}

}  // namespace duban::crypto
