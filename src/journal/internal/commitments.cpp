#include "journal/internal/commitments.h"

#include <algorithm>

#include "core/check.h"
#include "crypto/merkle.h"

namespace duban::journal {

namespace {

constexpr char kValuePrefix = '\x02';
constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53;

std::string big_endian(std::uint64_t number) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[bytes.size() - 1 - i] = static_cast<char>((number >> (8 * i)) & 0xFFU);
    }
    return bytes;
}

}  // namespace

std::string derive_salt(std::string_view seed, const SaltPlace& place) {
    core::check(seed.size() == 32, "a record's salts come from a seed of 32 bytes");
    std::string message{place.kind};
    message.push_back('\0');
    message += place.name;
    if (place.row) {
        message.push_back('\0');
        message += big_endian(*place.row);
    }
    return std::string{crypto::hmac_sha256(seed, message).view().substr(0, kSaltBytes)};
}

crypto::Hash commit_value(std::string_view salt, const core::Json& value) {
    std::string message(1, kValuePrefix);
    message += salt;
    message += core::canonical_json(value);
    return crypto::sha256(message);
}

crypto::Hash commit_rows(const std::vector<SaltedRow>& rows) {
    std::vector<crypto::Hash> leaves;
    leaves.reserve(rows.size());
    for (const SaltedRow& row : rows) {
        leaves.push_back(crypto::leaf_hash(row.salt + core::canonical_json(*row.value)));
    }
    return crypto::merkle_root(leaves);
}

bool is_recordable(const core::Json& value) {
    if (const core::JsonArray* elements = value.if_array()) {
        return std::ranges::all_of(*elements, is_recordable);
    }
    if (const core::JsonObject* members = value.if_object()) {
        return std::ranges::all_of(*members, [](const auto& member) {
            return is_recordable(member.value());
        });
    }
    if (value.is_number()) {
        return value.is_int64() && value.get_int64() <= kIntegerMax &&
               value.get_int64() >= -kIntegerMax;
    }
    return true;
}

}  // namespace duban::journal
