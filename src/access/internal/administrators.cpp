#include "access/internal/administrators.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/check.h"
#include "core/problem.h"

namespace duban::access::internal {

namespace {

constexpr std::array kRoles{kSystemAdmin, kSecurityAdmin, kAuditAdmin};

/// The first day from `day` on without a post in `role`; nullopt when there is none.
std::optional<calendar::Date> find_gap(
    const Directory& directory, std::string_view role, calendar::Date day
) {
    std::vector<Span> spans;
    for (const Post& post : directory.posts()) {
        if (post.role == role) {
            spans.push_back(post.span);
        }
    }
    std::ranges::sort(spans, {}, &Span::from);
    for (const Span& span : spans) {
        if (span.from > day) {
            return day;
        }
        if (!span.to) {
            return std::nullopt;
        }
        day = std::max(day, span.to->plus_days(1));
    }
    return day;
}

std::string name_of(const Directory& directory, const core::Id& person) {
    const Person* const found = directory.find_person(person);
    return found == nullptr ? person.text() : found->name;
}

/// Whether rows of a register say who may do what.
bool gives_rights(std::string_view register_name) {
    return register_name == "post" || register_name == "delegation" || register_name == "division";
}

}  // namespace

bool has_administrators(const Directory& directory, calendar::Date day) {
    return std::ranges::all_of(kRoles, [&](std::string_view role) {
        return std::ranges::any_of(directory.posts(), [&](const Post& post) {
            return post.role == role && post.span.from <= day;
        });
    });
}

const Post* find_post_in_role(
    const Directory& directory, const core::Id& person, std::string_view role, calendar::Date day
) {
    for (const Post* const post : directory.posts_of(person, day)) {
        if (post->role == role) {
            return post;
        }
    }
    return nullptr;
}

Seated seat_author(const Directory& directory, const core::Id& person, calendar::Date day) {
    const Post* const post = find_post_in_role(directory, person, kSystemAdmin, day);
    if (post == nullptr) {
        throw core::Problem{core::ProblemKind::Forbidden, "administration.not_system_admin"};
    }
    return {.person = person, .post = post->id, .role = post->role};
}

Seated seat_second(
    const Directory& directory, const core::Id& author, const core::Id& second, calendar::Date day
) {
    if (second == author) {
        throw core::Problem{core::ProblemKind::Rejected, "administration.same_person"};
    }
    const Post* post = find_post_in_role(directory, second, kSecurityAdmin, day);
    if (post == nullptr) {
        const bool house_of_two = std::ranges::none_of(directory.posts(), [&](const Post& other) {
            return other.role == kSecurityAdmin && other.person != author && other.span.covers(day);
        });
        if (house_of_two) {
            post = find_post_in_role(directory, second, kAuditAdmin, day);
        }
    }
    if (post == nullptr) {
        throw core::Problem{core::ProblemKind::Forbidden, "administration.not_security_admin"};
    }
    return {.person = second, .post = post->id, .role = post->role};
}

Authority authorize(
    const Directory& directory, const Access::Author& author, std::string_view register_name
) {
    const std::optional<calendar::Date> day = calendar::Date::parse(author.on);
    core::check(day.has_value(), "an author writes on a civil date");
    if (!has_administrators(directory, *day)) {
        return {.author = {.person = author.person, .post = {}, .role = {}}, .second = {}};
    }
    Authority authority{.author = seat_author(directory, author.person, *day), .second = {}};
    if (gives_rights(register_name)) {
        if (author.approved_by.is_nil()) {
            throw core::Problem{
                core::ProblemKind::Rejected,
                "administration.needs_second",
                {{"register", std::string{register_name}}}
            };
        }
        authority.second = seat_second(directory, author.person, author.approved_by, *day);
    }
    return authority;
}

std::optional<core::Problem> find_administrators_problem(
    const Directory& after, calendar::Date day
) {
    for (const Post& audit : after.posts()) {
        if (audit.role != kAuditAdmin) {
            continue;
        }
        for (const Post& other : after.posts()) {
            const bool administers = other.role == kSystemAdmin || other.role == kSecurityAdmin;
            if (administers && other.person == audit.person && other.span.overlaps(audit.span)) {
                return core::Problem{
                    core::ProblemKind::Rejected,
                    "administrators.audit_apart",
                    {{"person", name_of(after, audit.person)}, {"role", other.role}}
                };
            }
        }
    }
    if (!has_administrators(after, day)) {
        return std::nullopt;
    }
    for (const std::string_view role : kRoles) {
        if (const std::optional<calendar::Date> gap = find_gap(after, role, day)) {
            return core::Problem{
                core::ProblemKind::Rejected,
                "administrators.gap",
                {{"role", std::string{role}}, {"from", gap->text()}}
            };
        }
    }
    return std::nullopt;
}

void check_administrators(const Directory& after, calendar::Date day) {
    if (const auto problem = find_administrators_problem(after, day)) {
        throw core::Problem{*problem};
    }
}

}  // namespace duban::access::internal
