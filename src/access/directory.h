// Units, people, posts, delegations and the division of work, as they stand on a day (E11).
//
// A Directory is one immutable snapshot of an org; Access keeps the newest in memory and drops it
// when one of its tables is written.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "calendar/date.h"
#include "core/id.h"

namespace duban::access {

enum class UnitKind { Root, Office, Department, District, School, Other };
[[nodiscard]] std::string_view text_of(UnitKind kind);
[[nodiscard]] std::optional<UnitKind> find_unit_kind(std::string_view text);

/// From-to of a row: `to` is the last day it holds; absent: open.
struct Span {
    calendar::Date from;
    std::optional<calendar::Date> to;
    [[nodiscard]] bool covers(calendar::Date day) const;
    /// Whether some day lies in both.
    [[nodiscard]] bool overlaps(const Span& other) const;
    bool operator==(const Span&) const = default;
};

struct Unit {
    core::Id id;
    core::Id parent;  ///< nil: the root
    std::string name;
    std::string code;
    UnitKind kind = UnitKind::Other;
    Span span;
};

struct Person {
    core::Id id;
    std::string name;
    std::string mobile;
    Span span;
};

struct Post {
    core::Id id;
    core::Id person;
    core::Id unit;
    std::string role;      ///< "clerk", "reviewer", … from packs/organisation
    bool outside = false;  ///< kind: outside (P02)
    Span span;
};

/// `post` may be acted for by `delegate`, in the delegate's own name (代签).
struct Delegation {
    core::Id id;
    core::Id post;
    core::Id delegate;
    Span span;
    std::string paper;  ///< the dated paper it stands on
};

/// Division of work 班子分工: `leader` holds `unit` (and what is below it).
struct Division {
    core::Id id;
    core::Id leader;
    core::Id unit;
    std::string area;
    Span span;
};

class Directory {
public:
    Directory(
        std::vector<Unit> units,
        std::vector<Person> people,
        std::vector<Post> posts,
        std::vector<Delegation> delegations,
        std::vector<Division> divisions
    );

    /// The same with `rows` in it, new or in the place of those of the same id.
    [[nodiscard]] Directory with(const std::vector<Unit>& rows) const;
    [[nodiscard]] Directory with(const std::vector<Person>& rows) const;
    [[nodiscard]] Directory with(const std::vector<Post>& rows) const;
    [[nodiscard]] Directory with(const std::vector<Delegation>& rows) const;
    [[nodiscard]] Directory with(const std::vector<Division>& rows) const;

    [[nodiscard]] const Unit* find_unit(const core::Id& id) const;
    [[nodiscard]] const Person* find_person(const core::Id& id) const;
    [[nodiscard]] const Post* find_post(const core::Id& id) const;
    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }
    [[nodiscard]] const std::vector<Person>& people() const { return people_; }
    [[nodiscard]] const std::vector<Post>& posts() const { return posts_; }
    [[nodiscard]] const std::vector<Delegation>& delegations() const { return delegations_; }
    [[nodiscard]] const std::vector<Division>& divisions() const { return divisions_; }
    /// `unit` and everything below it.
    [[nodiscard]] std::vector<core::Id> with_descendants(const core::Id& unit) const;
    /// The nearest ancestor-or-self of kind district; nil when there is none.
    [[nodiscard]] core::Id district_of(const core::Id& unit) const;
    [[nodiscard]] std::vector<const Post*> posts_of(const core::Id& person, calendar::Date day)
        const;

private:
    std::vector<Unit> units_;
    std::vector<Person> people_;
    std::vector<Post> posts_;
    std::vector<Delegation> delegations_;
    std::vector<Division> divisions_;
    std::unordered_map<core::Id, std::size_t> unit_places_;
    std::unordered_map<core::Id, std::size_t> person_places_;
    std::unordered_map<core::Id, std::size_t> post_places_;
    std::unordered_map<core::Id, std::vector<std::size_t>> children_;
    std::unordered_map<core::Id, std::vector<std::size_t>> posts_by_person_;
};

}  // namespace duban::access
