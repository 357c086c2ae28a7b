// What two administrators change together: posts, delegations, the division of work, packs,
// parameters, the profile, decisions on backfill (law 9, E10, E22).

#include <algorithm>
#include <array>

#include "core/problem.h"
#include "registers/internal/lawfulness.h"
#include "registers/restored.h"

namespace duban::registers {

namespace {

using access::Directory;
using journal::Draft;

constexpr std::array<std::string_view, 5> kDirectory = {
    "unit", "person", "post", "delegation", "division"
};

constexpr store::Query kOtherOrgs{
    "registers.list_other_orgs", "select org from d_org where org <> $1 order by org"
};
/// From the day on which the org had all three, they rule.
bool has_administrators(const Directory& directory, calendar::Date day) {
    return std::ranges::all_of(
        std::array{access::kSystemAdmin, access::kSecurityAdmin, access::kAuditAdmin},
        [&](std::string_view role) {
            return std::ranges::any_of(directory.posts(), [&](const access::Post& post) {
                return post.role == role && post.span.from <= day;
            });
        }
    );
}

bool holds(
    const Directory& directory, const core::Id& person, std::string_view role, calendar::Date day
) {
    return std::ranges::any_of(directory.posts_of(person, day), [&](const access::Post* post) {
        return post->role == role;
    });
}

/// Security administrator, or the audit administrator of a house of two.
bool may_agree(
    const Directory& directory, const core::Id& author, const core::Id& second, calendar::Date day
) {
    if (holds(directory, second, access::kSecurityAdmin, day)) {
        return true;
    }
    const bool house_of_two =
        std::ranges::none_of(directory.posts(), [&](const access::Post& post) {
            return post.role == access::kSecurityAdmin && post.person != author &&
                   post.span.covers(day);
        });
    return house_of_two && holds(directory, second, access::kAuditAdmin, day);
}

}  // namespace

bool is_directory_register(std::string_view name) {
    return std::ranges::find(kDirectory, name) != kDirectory.end();
}

bool Lawfulness::is_agreed(
    const Directory& directory,
    const core::Id& author,
    const core::Id& second,
    const std::string& on
) const {
    const auto day = calendar::Date::parse(on);
    if (second.is_nil() || second == author || !day) {
        return false;
    }
    return !has_administrators(directory, *day) ||
           (holds(directory, author, access::kSystemAdmin, *day) &&
            may_agree(directory, author, second, *day));
}

void Lawfulness::judge_directory(const Draft& draft) {
    if (!is_directory_register(draft.register_name)) {
        return;
    }
    if (run_.register_name != draft.register_name || run_.actor != draft.actor ||
        run_.recorded_at_ms != draft.recorded_at_ms) {
        run_ = {
            .register_name = draft.register_name,
            .actor = draft.actor,
            .recorded_at_ms = draft.recorded_at_ms,
            .before = directory_.directory()
        };
    }
    const auto day = calendar::Date::parse(draft.on);
    if (!day || !has_administrators(*run_.before, *day)) {
        return;
    }
    const bool needs_second = draft.register_name != "unit" && draft.register_name != "person";
    const core::Id second = draft.signatures.empty() ? core::Id{} : draft.signatures.front().person;
    const bool lawful = needs_second ? is_agreed(*run_.before, draft.actor, second, draft.on)
                                     : holds(*run_.before, draft.actor, access::kSystemAdmin, *day);
    if (!lawful) {
        fault("step.administrators_missing");
    }
}

void Lawfulness::judge_law(const Draft& draft) {
    const std::string& name = draft.register_name;
    constexpr std::array<std::string_view, 4> kLaw = {
        "pack", "parameter", "profile", "backfill_decision"
    };
    if (std::ranges::find(kLaw, name) == kLaw.end()) {
        return;
    }
    if (name == "backfill_decision" &&
        change_text(draft, "recorder") == change_text(draft, "checker")) {
        fault("step.backfill_unlawful");
    }
    const core::Id second = core::Id::parse(change_text(draft, "approved_by")).value_or(core::Id{});
    // Of what another org adopted for the installation this one is only told (E01).
    const bool told = name == "pack" && second.is_nil() && approved_elsewhere(draft.declaration);
    if (!told && !is_agreed(*directory_.directory(), draft.actor, second, draft.on)) {
        fault("step.administrators_missing");
    }
}

/// Nobody signs it: what can be looked at is that it stands where it says, on the records that
/// came before it (E25).
void Lawfulness::judge_restored(const Draft& draft) {
    bool fits = false;
    try {
        const auto restored = find_restored(draft, position_);
        fits = restored && restored->records == position_ &&
               restored->root == journal::root_at(reader_, org_, position_);
    } catch (const core::Problem&) {
        fits = false;  // the tree does not say
    }
    if (!fits) {
        fault("step.restored_wrong");
    }
}

bool Lawfulness::approved_elsewhere(const std::string& digest) {
    for (const store::Row& org : reader_.query(kOtherOrgs, {store::value(org_)})) {
        const core::OrgId other{org.integer(0)};
        for (const journal::Record& record :
             journal::Journal{}.records_of(reader_, other, "pack")) {
            try {
                const Draft draft = record.draft();
                if (draft.declaration == digest && !change_text(draft, "approved_by").empty()) {
                    return true;
                }
            } catch (const core::Problem&) {
                continue;  // not legible: it approves nothing
            }
        }
    }
    return false;
}

}  // namespace duban::registers
