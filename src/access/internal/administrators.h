// The three administrators: who may change the directory, and who must agree (law 9, E10, E22).

#pragma once

#include <optional>
#include <string_view>

#include "access/access.h"
#include "core/problem.h"

namespace duban::access::internal {

/// Somebody in the role in which he acts.
struct Seated {
    core::Id person;
    core::Id post;
    std::string role;
};

/// What an author and his second are to a change; both nil while the org has no administrators.
struct Authority {
    Seated author;
    Seated second;
};

/// Whether the org ever had all three by `day`. From then on they rule the directory: an
/// administrator whose post lapses does not set the house back to its first hour.
[[nodiscard]] bool has_administrators(const Directory& directory, calendar::Date day);

[[nodiscard]] const Post* find_post_in_role(
    const Directory& directory, const core::Id& person, std::string_view role, calendar::Date day
);

/// The post of the system administrator. Throws Problem{Forbidden,
/// "administration.not_system_admin"}.
[[nodiscard]] Seated seat_author(
    const Directory& directory, const core::Id& person, calendar::Date day
);

/// The post in which `second` agrees to what `author` wants: security administrator, or audit
/// administrator in a house of two, where nobody but the author is security administrator (P35).
/// Throws Problem{Rejected, "administration.same_person"} or {Forbidden,
/// "administration.not_security_admin"}.
[[nodiscard]] Seated seat_second(
    const Directory& directory, const core::Id& author, const core::Id& second, calendar::Date day
);

/// Who writes a register of the directory: nobody in particular until the org has its
/// administrators, then the system administrator, with a second for posts, delegations and the
/// division of work.
/// Throws also Problem{Rejected, "administration.needs_second"}.
[[nodiscard]] Authority authorize(
    const Directory& directory, const Access::Author& author, std::string_view register_name
);

/// Law 9 after a change of posts: audit apart from the two others at any time, and no day from
/// `day` on without one of each, once there were all. Throws Problem{Rejected,
/// "administrators.audit_apart"} or {Rejected, "administrators.gap"}.
void check_administrators(const Directory& after, calendar::Date day);
/// What check_administrators() would throw.
[[nodiscard]] std::optional<core::Problem> find_administrators_problem(
    const Directory& after, calendar::Date day
);

}  // namespace duban::access::internal
