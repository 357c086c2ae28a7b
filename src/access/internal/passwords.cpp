#include "access/internal/passwords.h"

#include <algorithm>

#include "access/accounts.h"
#include "core/problem.h"
#include "crypto/password.h"

namespace duban::access::internal {

namespace {

constexpr std::size_t kNameCharactersMax = 60;

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

std::string folded(std::string_view name) {
    std::string lower{name};
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return lower;
}

bool is_account_name(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-' || c == '@' || static_cast<unsigned char>(c) >= 0x80U;
    };
    return !name.empty() && name.size() <= kNameCharactersMax && std::ranges::all_of(name, allowed);
}

void check_account_name(std::string_view name) {
    if (!is_account_name(name)) {
        throw core::Problem{core::ProblemKind::Rejected, "account.name_malformed"};
    }
}

void check_password(std::string_view password, std::string_view account_name) {
    if (password.size() > crypto::kPasswordBytesMax) {
        throw core::Problem{
            core::ProblemKind::Rejected,
            "password.too_long",
            {{"limit", std::to_string(crypto::kPasswordBytesMax)}}
        };
    }
    const auto characters = static_cast<std::size_t>(std::ranges::count_if(password, [](char byte) {
        return !is_continuation(byte);
    }));
    if (characters < kPasswordCharactersMin) {
        throw core::Problem{
            core::ProblemKind::Rejected,
            "password.too_short",
            {{"limit", std::to_string(kPasswordCharactersMin)}}
        };
    }
    if (folded(password) == account_name) {
        throw core::Problem{core::ProblemKind::Rejected, "password.is_name"};
    }
}

}  // namespace duban::access::internal
