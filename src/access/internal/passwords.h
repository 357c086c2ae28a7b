// What a name and a password must be.

#pragma once

#include <string>
#include <string_view>

namespace duban::access::internal {

/// ASCII letters in lower case: names differ by more than that.
[[nodiscard]] std::string folded(std::string_view name);

/// `name` is folded already.
[[nodiscard]] bool is_account_name(std::string_view name);
/// Throws Problem{Rejected, "account.name_malformed"}. `name` is folded already.
void check_account_name(std::string_view name);

/// Throws Problem{Rejected, "password.too_short"}, "password.too_long" or "password.is_name".
void check_password(std::string_view password, std::string_view account_name);

}  // namespace duban::access::internal
