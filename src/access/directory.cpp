#include "access/directory.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "core/check.h"

namespace duban::access {

namespace {

struct KindName {
    UnitKind kind;
    std::string_view text;
};

constexpr std::array kKindNames{
    KindName{UnitKind::Root, "root"},
    KindName{UnitKind::Office, "office"},
    KindName{UnitKind::Department, "department"},
    KindName{UnitKind::District, "district"},
    KindName{UnitKind::School, "school"},
    KindName{UnitKind::Other, "other"}
};

template <typename Thing>
std::unordered_map<core::Id, std::size_t> places_of(const std::vector<Thing>& things) {
    std::unordered_map<core::Id, std::size_t> places;
    places.reserve(things.size());
    for (std::size_t place = 0; place < things.size(); ++place) {
        places.emplace(things[place].id, place);
    }
    return places;
}

template <typename Thing>
const Thing* find_in(
    const std::vector<Thing>& things,
    const std::unordered_map<core::Id, std::size_t>& places,
    const core::Id& id
) {
    const auto found = places.find(id);
    return found == places.end() ? nullptr : &things[found->second];
}

template <typename Thing>
std::vector<Thing> merged(std::vector<Thing> held, const std::vector<Thing>& rows) {
    std::unordered_map<core::Id, std::size_t> places = places_of(held);
    for (const Thing& row : rows) {
        core::check(!row.id.is_nil(), "a row of the directory has an id");
        const auto [found, added] = places.emplace(row.id, held.size());
        if (added) {
            held.push_back(row);
        } else {
            held[found->second] = row;
        }
    }
    return held;
}

}  // namespace

std::string_view text_of(UnitKind kind) {
    const auto* const found = std::ranges::find(kKindNames, kind, &KindName::kind);
    return found == kKindNames.end() ? "other" : found->text;
}

std::optional<UnitKind> find_unit_kind(std::string_view text) {
    const auto* const found = std::ranges::find(kKindNames, text, &KindName::text);
    if (found == kKindNames.end()) {
        return std::nullopt;
    }
    return found->kind;
}

bool Span::covers(calendar::Date day) const {
    return from <= day && (!to || day <= *to);
}

bool Span::overlaps(const Span& other) const {
    return (!to || other.from <= *to) && (!other.to || from <= *other.to);
}

Directory::Directory(
    std::vector<Unit> units,
    std::vector<Person> people,
    std::vector<Post> posts,
    std::vector<Delegation> delegations,
    std::vector<Division> divisions
)
    : units_{std::move(units)},
      people_{std::move(people)},
      posts_{std::move(posts)},
      delegations_{std::move(delegations)},
      divisions_{std::move(divisions)},
      unit_places_{places_of(units_)},
      person_places_{places_of(people_)},
      post_places_{places_of(posts_)} {
    for (std::size_t place = 0; place < units_.size(); ++place) {
        children_[units_[place].parent].push_back(place);
    }
    for (std::size_t place = 0; place < posts_.size(); ++place) {
        posts_by_person_[posts_[place].person].push_back(place);
    }
}

Directory Directory::with(const std::vector<Unit>& rows) const {
    return {merged(units_, rows), people_, posts_, delegations_, divisions_};
}

Directory Directory::with(const std::vector<Person>& rows) const {
    return {units_, merged(people_, rows), posts_, delegations_, divisions_};
}

Directory Directory::with(const std::vector<Post>& rows) const {
    return {units_, people_, merged(posts_, rows), delegations_, divisions_};
}

Directory Directory::with(const std::vector<Delegation>& rows) const {
    return {units_, people_, posts_, merged(delegations_, rows), divisions_};
}

Directory Directory::with(const std::vector<Division>& rows) const {
    return {units_, people_, posts_, delegations_, merged(divisions_, rows)};
}

const Unit* Directory::find_unit(const core::Id& id) const {
    return find_in(units_, unit_places_, id);
}

const Person* Directory::find_person(const core::Id& id) const {
    return find_in(people_, person_places_, id);
}

const Post* Directory::find_post(const core::Id& id) const {
    return find_in(posts_, post_places_, id);
}

std::vector<core::Id> Directory::with_descendants(const core::Id& unit) const {
    std::vector<core::Id> reached;
    if (find_unit(unit) == nullptr) {
        return reached;
    }
    // Tables changed behind our back may hold a circle: each unit is visited once.
    std::unordered_set<core::Id> seen{unit};
    reached.push_back(unit);
    for (std::size_t next = 0; next < reached.size(); ++next) {
        const auto below = children_.find(reached[next]);
        if (below == children_.end()) {
            continue;
        }
        for (const std::size_t place : below->second) {
            if (seen.insert(units_[place].id).second) {
                reached.push_back(units_[place].id);
            }
        }
    }
    return reached;
}

core::Id Directory::district_of(const core::Id& unit) const {
    const Unit* at = find_unit(unit);
    for (std::size_t steps = 0; at != nullptr && steps <= units_.size(); ++steps) {
        if (at->kind == UnitKind::District) {
            return at->id;
        }
        at = find_unit(at->parent);
    }
    return {};
}

std::vector<const Post*> Directory::posts_of(const core::Id& person, calendar::Date day) const {
    std::vector<const Post*> held;
    const auto found = posts_by_person_.find(person);
    if (found == posts_by_person_.end()) {
        return held;
    }
    for (const std::size_t place : found->second) {
        if (posts_[place].span.covers(day)) {
            held.push_back(&posts_[place]);
        }
    }
    return held;
}

}  // namespace duban::access
