#include "access/internal/row_rules.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "access/access.h"
#include "core/problem.h"

namespace duban::access::internal {

namespace {

constexpr std::size_t kRoleBytesMax = 41;
constexpr std::size_t kPaperBytesMax = 600;

[[noreturn]] void refuse(std::string code, core::Params params = {}) {
    throw core::Problem{core::ProblemKind::Rejected, std::move(code), std::move(params)};
}

void check_span(std::string_view what, const Span& span) {
    if (span.to && *span.to < span.from) {
        refuse(
            "directory.span_reversed",
            {{"register", std::string{what}}, {"from", span.from.text()}, {"to", span.to->text()}}
        );
    }
}

void check_text(std::string_view what, std::string_view field, std::string_view text, bool needed) {
    core::Params params{{"register", std::string{what}}, {"field", std::string{field}}};
    if (needed && text.empty()) {
        refuse("directory.text_missing", std::move(params));
    }
    if (text.size() > kNameBytesMax) {
        refuse("directory.text_too_long", std::move(params));
    }
}

bool within(const Span& inner, const Span& outer) {
    return outer.from <= inner.from && (!outer.to || (inner.to && *inner.to <= *outer.to));
}

/// Walks up from each changed unit; one that does not arrive hangs in a circle.
void check_tree(const std::vector<Unit>& rows, const Directory& after) {
    for (const Unit& unit : rows) {
        const Unit* at = &unit;
        for (std::size_t steps = 0; !at->parent.is_nil(); ++steps) {
            if (steps > after.units().size()) {
                refuse("unit.circle", {{"unit", unit.name}});
            }
            const Unit* const above = after.find_unit(at->parent);
            if (above == nullptr) {
                refuse("unit.parent_unknown", {{"unit", at->name}, {"parent", at->parent.text()}});
            }
            at = above;
        }
    }
    const Unit* root = nullptr;
    for (const Unit& unit : after.units()) {
        if (!unit.parent.is_nil()) {
            continue;
        }
        if (root != nullptr && root->span.overlaps(unit.span)) {
            refuse("unit.second_root", {{"unit", unit.name}, {"root", root->name}});
        }
        root = &unit;
    }
}

/// Numbers are built from the unit's code: two units of one day never share one.
void check_codes(const std::vector<Unit>& rows, const Directory& after) {
    std::unordered_multimap<std::string, const Unit*> by_code;
    for (const Unit& unit : after.units()) {
        if (!unit.code.empty()) {
            by_code.emplace(unit.code, &unit);
        }
    }
    for (const Unit& unit : rows) {
        const auto [first, last] = by_code.equal_range(unit.code);
        const auto other = std::find_if(first, last, [&](const auto& entry) {
            return entry.second->id != unit.id && entry.second->span.overlaps(unit.span);
        });
        if (other != last) {
            refuse("unit.code_taken", {{"code", unit.code}, {"unit", other->second->name}});
        }
    }
}

bool is_role_name(std::string_view name) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return name.size() >= 2 && name.size() <= kRoleBytesMax && lower(name.front()) &&
           std::ranges::all_of(name, [&](char c) {
               return lower(c) || (c >= '0' && c <= '9') || c == '_';
           });
}

void check_delegation(const Delegation& delegation, const Directory& after) {
    const Post* const post = after.find_post(delegation.post);
    if (post == nullptr) {
        refuse("delegation.post_unknown", {{"post", delegation.post.text()}});
    }
    if (after.find_person(delegation.delegate) == nullptr) {
        refuse("delegation.delegate_unknown", {{"person", delegation.delegate.text()}});
    }
    if (delegation.delegate == post->person) {
        refuse("delegation.to_self");
    }
    if (delegation.paper.empty()) {
        refuse("delegation.without_paper");
    }
    if (delegation.paper.size() > kPaperBytesMax) {
        refuse("directory.text_too_long", {{"register", "delegation"}, {"field", "paper"}});
    }
    if (!delegation.span.to) {
        refuse("delegation.undated");
    }
    if (!within(delegation.span, post->span)) {
        refuse("delegation.outside_post");
    }
    if (is_administrator(post->role)) {
        refuse("delegation.of_administrator", {{"role", post->role}});
    }
    for (const Delegation& other : after.delegations()) {
        if (other.id != delegation.id && other.post == delegation.post &&
            other.span.overlaps(delegation.span)) {
            refuse(
                "delegation.passed_on",
                {{"from", other.span.from.text()},
                 {"to", other.span.to ? other.span.to->text() : std::string{}}}
            );
        }
    }
}

}  // namespace

void check_rows(
    const std::vector<Unit>& rows, const Directory& /*before*/, const Directory& after
) {
    for (const Unit& unit : rows) {
        check_text("unit", "name", unit.name, true);
        check_text("unit", "code", unit.code, false);
        check_span("unit", unit.span);
    }
    check_tree(rows, after);
    check_codes(rows, after);
}

void check_rows(
    const std::vector<Person>& rows, const Directory& /*before*/, const Directory& after
) {
    for (const Person& person : rows) {
        check_text("person", "name", person.name, true);
        check_text("person", "mobile", person.mobile, false);
        check_span("person", person.span);
        if (!person.span.to) {
            continue;
        }
        for (const Post& post : after.posts()) {
            // Posts end first, by two administrators; leaving does not end them on the quiet.
            if (post.person == person.id && (!post.span.to || *post.span.to > *person.span.to)) {
                refuse("person.holds_posts", {{"person", person.name}, {"role", post.role}});
            }
        }
    }
}

void check_rows(const std::vector<Post>& rows, const Directory& before, const Directory& after) {
    for (const Post& post : rows) {
        const Person* const person = after.find_person(post.person);
        if (person == nullptr) {
            refuse("post.person_unknown", {{"person", post.person.text()}});
        }
        if (after.find_unit(post.unit) == nullptr) {
            refuse("post.unit_unknown", {{"unit", post.unit.text()}});
        }
        if (!is_role_name(post.role)) {
            refuse("post.role_malformed", {{"role", post.role.substr(0, kRoleBytesMax)}});
        }
        check_span("post", post.span);
        if (person->span.to && (!post.span.to || *post.span.to > *person->span.to)) {
            refuse("post.beyond_person", {{"person", person->name}});
        }
        const Post* const old = before.find_post(post.id);
        if (old != nullptr && old->person != post.person) {
            refuse("post.person_fixed", {{"person", person->name}});
        }
    }
}

void check_rows(
    const std::vector<Delegation>& rows, const Directory& before, const Directory& after
) {
    for (const Delegation& delegation : rows) {
        check_span("delegation", delegation.span);
        check_delegation(delegation, after);
        for (const Delegation& old : before.delegations()) {
            if (old.id == delegation.id &&
                (old.post != delegation.post || old.delegate != delegation.delegate)) {
                refuse("delegation.parties_fixed");
            }
        }
    }
}

void check_rows(
    const std::vector<Division>& rows, const Directory& before, const Directory& after
) {
    for (const Division& division : rows) {
        if (after.find_person(division.leader) == nullptr) {
            refuse("division.leader_unknown", {{"person", division.leader.text()}});
        }
        if (after.find_unit(division.unit) == nullptr) {
            refuse("division.unit_unknown", {{"unit", division.unit.text()}});
        }
        check_text("division", "area", division.area, false);
        check_span("division", division.span);
        for (const Division& old : before.divisions()) {
            if (old.id == division.id &&
                (old.leader != division.leader || old.unit != division.unit)) {
                refuse("division.parties_fixed");
            }
        }
    }
}

}  // namespace duban::access::internal
