// The directory as a transaction sees it, with the revisions of its rows.

#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "access/directory.h"
#include "access/internal/tables.h"
#include "store/store.h"

namespace duban::access::internal {

struct State {
    std::vector<Unit> units;
    std::vector<Person> people;
    std::vector<Post> posts;
    std::vector<Delegation> delegations;
    std::vector<Division> divisions;
    std::array<std::unordered_map<core::Id, std::int64_t>, kTables> revisions;

    [[nodiscard]] Directory directory() const {
        return {units, people, posts, delegations, divisions};
    }
};

[[nodiscard]] State load_state(store::Reader& reader, core::OrgId org);

/// Which table holds a type of row, and which list of State.
template <typename Thing>
struct TableOf;
template <>
struct TableOf<Unit> {
    static constexpr TableName kName = TableName::Unit;
    static std::vector<Unit>& rows(State& state) { return state.units; }
};
template <>
struct TableOf<Person> {
    static constexpr TableName kName = TableName::Person;
    static std::vector<Person>& rows(State& state) { return state.people; }
};
template <>
struct TableOf<Post> {
    static constexpr TableName kName = TableName::Post;
    static std::vector<Post>& rows(State& state) { return state.posts; }
};
template <>
struct TableOf<Delegation> {
    static constexpr TableName kName = TableName::Delegation;
    static std::vector<Delegation>& rows(State& state) { return state.delegations; }
};
template <>
struct TableOf<Division> {
    static constexpr TableName kName = TableName::Division;
    static std::vector<Division>& rows(State& state) { return state.divisions; }
};

}  // namespace duban::access::internal
