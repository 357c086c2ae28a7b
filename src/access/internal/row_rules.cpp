#include "access/internal/row_rules.h"

#include <algorithm>
#include <unordered_map>

#include "access/access.h"

namespace duban::access::internal {

namespace {

constexpr std::size_t kRoleBytesMax = 41;
constexpr std::size_t kPaperBytesMax = 600;

/// The faults of rows that are looked at one after the other.
class Findings {
public:
    explicit Findings(std::string_view register_name) : register_{register_name} {}

    void look_at(std::size_t row) { row_ = row; }
    void add(std::string_view column, std::string code, core::Params params = {}) {
        faults_.push_back(
            {.row = row_,
             .column = std::string{column},
             .code = std::move(code),
             .params = std::move(params)}
        );
    }
    void check_span(const Span& span) {
        if (span.to && *span.to < span.from) {
            add("to",
                "directory.span_reversed",
                {{"register", register_}, {"from", span.from.text()}, {"to", span.to->text()}});
        }
    }
    void check_text(std::string_view column, std::string_view text) {
        if (text.size() > kNameBytesMax) {
            add(column, "directory.text_too_long", told(column));
        }
    }
    void check_needed_text(std::string_view column, std::string_view text) {
        if (text.empty()) {
            add(column, "directory.text_missing", told(column));
        }
        check_text(column, text);
    }
    std::vector<RowFault> take() { return std::move(faults_); }

private:
    [[nodiscard]] core::Params told(std::string_view column) const {
        return {{"register", register_}, {"field", std::string{column}}};
    }

    std::string register_;
    std::size_t row_ = 0;
    std::vector<RowFault> faults_;
};

bool within(const Span& inner, const Span& outer) {
    return outer.from <= inner.from && (!outer.to || (inner.to && *inner.to <= *outer.to));
}

bool ends_after(const Span& span, const Span& other) {
    return other.to && (!span.to || *span.to > *other.to);
}

/// Walks up from a changed unit; one that does not arrive hangs in a circle.
void check_parents(const Unit& unit, const Directory& after, Findings& findings) {
    const Unit* at = &unit;
    for (std::size_t steps = 0; !at->parent.is_nil(); ++steps) {
        if (steps > after.units().size()) {
            findings.add("parent", "unit.circle", {{"unit", unit.name}});
            return;
        }
        const Unit* const above = after.find_unit(at->parent);
        if (above == nullptr) {
            findings.add(
                "parent", "unit.parent_unknown", {{"unit", at->name}, {"parent", at->parent.text()}}
            );
            return;
        }
        at = above;
    }
}

/// One top on any day. Of two, one at least was changed.
void check_roots(const std::vector<Unit>& rows, const Directory& after, Findings& findings) {
    const Unit* root = nullptr;
    for (const Unit& unit : after.units()) {
        if (!unit.parent.is_nil()) {
            continue;
        }
        if (root != nullptr && root->span.overlaps(unit.span)) {
            auto changed = std::ranges::find(rows, unit.id, &Unit::id);
            if (changed == rows.end()) {
                changed = std::ranges::find(rows, root->id, &Unit::id);
            }
            findings.look_at(
                changed == rows.end() ? 0 : static_cast<std::size_t>(changed - rows.begin())
            );
            findings.add("parent", "unit.second_root", {{"unit", unit.name}, {"root", root->name}});
        }
        root = &unit;
    }
}

/// Numbers are built from the unit's code: two units of one day never share one.
void check_codes(const std::vector<Unit>& rows, const Directory& after, Findings& findings) {
    std::unordered_multimap<std::string, const Unit*> by_code;
    for (const Unit& unit : after.units()) {
        if (!unit.code.empty()) {
            by_code.emplace(unit.code, &unit);
        }
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Unit& unit = rows[row];
        const auto [first, last] = by_code.equal_range(unit.code);
        const auto other = std::find_if(first, last, [&](const auto& entry) {
            return entry.second->id != unit.id && entry.second->span.overlaps(unit.span);
        });
        if (other != last) {
            findings.look_at(row);
            findings.add(
                "code", "unit.code_taken", {{"code", unit.code}, {"unit", other->second->name}}
            );
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

void check_post(
    const Post& post, const Directory& before, const Directory& after, Findings& findings
) {
    const Person* const person = after.find_person(post.person);
    if (person == nullptr) {
        findings.add("person", "post.person_unknown", {{"person", post.person.text()}});
    }
    if (after.find_unit(post.unit) == nullptr) {
        findings.add("unit", "post.unit_unknown", {{"unit", post.unit.text()}});
    }
    if (!is_role_name(post.role)) {
        findings.add("role", "post.role_malformed", {{"role", post.role.substr(0, kRoleBytesMax)}});
    }
    findings.check_span(post.span);
    if (person != nullptr && ends_after(post.span, person->span)) {
        findings.add("to", "post.beyond_person", {{"person", person->name}});
    }
    const Post* const old = before.find_post(post.id);
    if (person != nullptr && old != nullptr && old->person != post.person) {
        findings.add("person", "post.person_fixed", {{"person", person->name}});
    }
}

void check_delegation(const Delegation& delegation, const Directory& after, Findings& findings) {
    const Post* const post = after.find_post(delegation.post);
    if (post == nullptr) {
        findings.add("post", "delegation.post_unknown", {{"post", delegation.post.text()}});
    }
    if (after.find_person(delegation.delegate) == nullptr) {
        findings.add(
            "delegate", "delegation.delegate_unknown", {{"person", delegation.delegate.text()}}
        );
    }
    if (delegation.paper.empty()) {
        findings.add("paper", "delegation.without_paper");
    }
    if (delegation.paper.size() > kPaperBytesMax) {
        findings.add(
            "paper", "directory.text_too_long", {{"register", "delegation"}, {"field", "paper"}}
        );
    }
    if (!delegation.span.to) {
        findings.add("to", "delegation.undated");
    }
    if (post == nullptr) {
        return;
    }
    if (delegation.delegate == post->person) {
        findings.add("delegate", "delegation.to_self");
    }
    if (!within(delegation.span, post->span)) {
        findings.add("to", "delegation.outside_post");
    }
    if (is_administrator(post->role)) {
        findings.add("post", "delegation.of_administrator", {{"role", post->role}});
    }
    for (const Delegation& other : after.delegations()) {
        if (other.id != delegation.id && other.post == delegation.post &&
            other.span.overlaps(delegation.span)) {
            findings.add(
                "from",
                "delegation.passed_on",
                {{"from", other.span.from.text()},
                 {"to", other.span.to ? other.span.to->text() : std::string{}}}
            );
        }
    }
}

}  // namespace

std::vector<RowFault> faults_of(
    const std::vector<Unit>& rows, const Directory& /*before*/, const Directory& after
) {
    Findings findings{"unit"};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        findings.look_at(row);
        findings.check_needed_text("name", rows[row].name);
        findings.check_text("code", rows[row].code);
        findings.check_span(rows[row].span);
        check_parents(rows[row], after, findings);
    }
    check_roots(rows, after, findings);
    check_codes(rows, after, findings);
    return findings.take();
}

std::vector<RowFault> faults_of(
    const std::vector<Person>& rows, const Directory& /*before*/, const Directory& after
) {
    Findings findings{"person"};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Person& person = rows[row];
        findings.look_at(row);
        findings.check_needed_text("name", person.name);
        findings.check_text("mobile", person.mobile);
        findings.check_span(person.span);
        for (const Post& post : after.posts()) {
            // Posts end first, by two administrators; leaving does not end them on the quiet.
            if (post.person == person.id && ends_after(post.span, person.span)) {
                findings.add(
                    "to", "person.holds_posts", {{"person", person.name}, {"role", post.role}}
                );
            }
        }
    }
    return findings.take();
}

std::vector<RowFault> faults_of(
    const std::vector<Post>& rows, const Directory& before, const Directory& after
) {
    Findings findings{"post"};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        findings.look_at(row);
        check_post(rows[row], before, after, findings);
    }
    return findings.take();
}

std::vector<RowFault> faults_of(
    const std::vector<Delegation>& rows, const Directory& before, const Directory& after
) {
    Findings findings{"delegation"};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Delegation& delegation = rows[row];
        findings.look_at(row);
        findings.check_span(delegation.span);
        check_delegation(delegation, after, findings);
        for (const Delegation& old : before.delegations()) {
            if (old.id == delegation.id &&
                (old.post != delegation.post || old.delegate != delegation.delegate)) {
                findings.add("delegate", "delegation.parties_fixed");
            }
        }
    }
    return findings.take();
}

std::vector<RowFault> faults_of(
    const std::vector<Division>& rows, const Directory& before, const Directory& after
) {
    Findings findings{"division"};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Division& division = rows[row];
        findings.look_at(row);
        if (after.find_person(division.leader) == nullptr) {
            findings.add("leader", "division.leader_unknown", {{"person", division.leader.text()}});
        }
        if (after.find_unit(division.unit) == nullptr) {
            findings.add("unit", "division.unit_unknown", {{"unit", division.unit.text()}});
        }
        findings.check_text("area", division.area);
        findings.check_span(division.span);
        for (const Division& old : before.divisions()) {
            if (old.id == division.id &&
                (old.leader != division.leader || old.unit != division.unit)) {
                findings.add("leader", "division.parties_fixed");
            }
        }
    }
    return findings.take();
}

}  // namespace duban::access::internal
