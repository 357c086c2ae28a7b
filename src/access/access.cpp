#include "access/access.h"

#include <algorithm>
#include <unordered_map>

#include "access/internal/administrators.h"
#include "access/internal/row_rules.h"
#include "access/internal/schema.h"
#include "access/internal/state.h"
#include "access/internal/tables.h"
#include "access/recorded_directory.h"
#include "core/check.h"
#include "core/problem.h"
#include "crypto/digest.h"

namespace duban::access {

namespace {

using internal::StoredRow;
using internal::Table;
using internal::TableOf;

constexpr std::size_t kSeedBytes = 32;

core::Id unit_of(const Directory& /*directory*/, const Unit& unit) {
    return unit.id;
}
core::Id unit_of(const Directory& /*directory*/, const Person& /*person*/) {
    return {};
}
core::Id unit_of(const Directory& /*directory*/, const Post& post) {
    return post.unit;
}
core::Id unit_of(const Directory& directory, const Delegation& delegation) {
    const Post* const post = directory.find_post(delegation.post);
    return post == nullptr ? core::Id{} : post->unit;
}
core::Id unit_of(const Directory& /*directory*/, const Division& division) {
    return division.unit;
}

/// A second administrator's agreement, as the record keeps it.
std::vector<journal::Signature> signatures_of(
    const internal::Authority& authority, std::int64_t at_ms
) {
    if (authority.second.person.is_nil()) {
        return {};
    }
    journal::Signature signature;
    signature.person = authority.second.person;
    signature.post = authority.second.post;
    signature.role = authority.second.role;
    signature.kind = "own";
    signature.at_ms = at_ms;
    return {signature};
}

/// The fields that differ from `old`; all of them when there is no old row.
std::vector<journal::Change> changes_of(
    const Table& table, const std::optional<internal::Cells>& old, const internal::Cells& cells
) {
    std::vector<journal::Change> changes;
    for (std::size_t place = 0; place < cells.size(); ++place) {
        if (!old || (*old)[place] != cells[place]) {
            journal::Change change;
            change.field = table.columns[place].name;
            change.value = internal::to_json(cells[place]);
            changes.push_back(std::move(change));
        }
    }
    return changes;
}

/// Administrators last: while the org gets its first ones, a long list needs no second person
/// half-way.
std::vector<Post> administrators_last(std::vector<Post> posts) {
    std::ranges::stable_partition(posts, [](const Post& post) {
        return post.role != kSystemAdmin && post.role != kSecurityAdmin && post.role != kAuditAdmin;
    });
    return posts;
}

}  // namespace

Access::Access(
    store::Store& store,
    const journal::Journal& journal,
    const core::Clock& clock,
    core::Random& random
)
    : store_{store}, journal_{journal}, clock_{clock}, random_{random} {}

void Access::migrate(store::Store& store) {
    store.migrate("access", internal::migrations());
}

std::shared_ptr<const Directory> Access::directory(core::OrgId org) const {
    const Kept kept = snapshots_.with([&](auto& snapshots) { return snapshots[org]; });
    if (kept.directory) {
        return kept.directory;
    }
    std::shared_ptr<const Directory> loaded;
    store_.read([&](store::Reader& reader) {
        loaded = std::make_shared<const Directory>(internal::load_state(reader, org).directory());
    });
    snapshots_.with([&](auto& snapshots) {
        Kept& now = snapshots[org];
        if (now.generation == kept.generation) {
            now.directory = loaded;
        }
    });
    return loaded;
}

void Access::forget(core::OrgId org) const {
    snapshots_.with([&](auto& snapshots) {
        Kept& kept = snapshots[org];
        ++kept.generation;
        kept.directory.reset();
    });
}

Actor Access::actor(core::OrgId org, const core::Id& person, calendar::Date day) const {
    std::shared_ptr<const Directory> known = directory(org);
    const Person* const found = known->find_person(person);
    if (found == nullptr) {
        throw core::Problem{core::ProblemKind::NotFound, "person.not_found"};
    }
    if (!found->span.covers(day)) {
        throw core::Problem{core::ProblemKind::Forbidden, "person.has_left"};
    }
    return actor_of(std::move(known), org, person, day);
}

core::Id Access::make_id() const {
    return core::make_id(clock_.now(), random_);
}

Access::Drawn Access::draw() const {
    return {.at_ms = core::to_ms(clock_.now()), .seed = random_.bytes(kSeedBytes)};
}

template <typename Thing>
void Access::put_rows(
    store::Transaction& tx, const Author& author, const std::vector<Thing>& rows, const Drawn& drawn
) const {
    const Table& table = internal::table(TableOf<Thing>::kName);
    internal::State before = internal::load_state(tx, author.org);
    const Directory old_directory = before.directory();
    const Directory new_directory = old_directory.with(rows);
    const internal::Authority authority =
        internal::authorize(old_directory, author, table.register_name);
    internal::check_rows(rows, old_directory, new_directory);
    if constexpr (std::is_same_v<Thing, Post>) {
        internal::check_administrators(new_directory, *calendar::Date::parse(author.on));
    }

    auto& revisions = before.revisions.at(static_cast<std::size_t>(TableOf<Thing>::kName));
    std::unordered_map<core::Id, internal::Cells> standing;
    for (const Thing& row : TableOf<Thing>::rows(before)) {
        standing.emplace(row.id, internal::cells_of(row));
    }
    for (std::size_t place = 0; place < rows.size(); ++place) {
        const Thing& row = rows[place];
        const auto found = standing.find(row.id);
        const bool is_new = found == standing.end();
        const internal::Cells cells = internal::cells_of(row);
        journal::Draft draft;
        draft.changes = changes_of(
            table, is_new ? std::nullopt : std::optional<internal::Cells>{found->second}, cells
        );
        if (draft.changes.empty()) {
            continue;
        }
        const std::int64_t revision = ++revisions[row.id];
        internal::save_row(tx, table, author.org, {row.id, revision, cells});
        draft.org = author.org;
        draft.register_name = table.register_name;
        draft.entry = row.id;
        draft.revision = revision;
        draft.action = is_new ? "open" : "amend";
        draft.actor = author.person;
        draft.post = authority.author.post;
        draft.unit = unit_of(new_directory, row);
        draft.signatures = signatures_of(authority, drawn.at_ms);
        draft.on = author.on;
        draft.recorded_at_ms = drawn.at_ms;
        draft.salt_seed = internal::seed_for(drawn.seed, place);
        journal_.append(tx, draft);
        standing[row.id] = cells;
    }
}

template <typename Thing>
void Access::put_portions(const Author& author, const std::vector<Thing>& rows) {
    for (std::size_t from = 0; from < rows.size(); from += kRowsPerJob) {
        const std::size_t to = std::min(rows.size(), from + kRowsPerJob);
        const std::vector<Thing> portion(
            rows.begin() + static_cast<std::ptrdiff_t>(from),
            rows.begin() + static_cast<std::ptrdiff_t>(to)
        );
        const Drawn drawn = draw();
        store_.write(author.org, [&](store::Transaction& tx) {
            put_rows(tx, author, portion, drawn);
        });
        forget(author.org);
    }
}

void Access::put(const Author& author, const std::vector<Unit>& units) {
    put_portions(author, units);
}

void Access::put(const Author& author, const std::vector<Person>& people) {
    put_portions(author, people);
}

void Access::put(const Author& author, const std::vector<Post>& posts) {
    put_portions(author, administrators_last(posts));
}

void Access::put(const Author& author, const std::vector<Delegation>& delegations) {
    put_portions(author, delegations);
}

void Access::put(const Author& author, const std::vector<Division>& divisions) {
    put_portions(author, divisions);
}

void Access::put_in(
    store::Transaction& tx, const Author& author, const std::vector<Post>& posts, const Drawn& drawn
) const {
    put_rows(tx, author, posts, drawn);
}

void Access::put_in(
    store::Transaction& tx,
    const Author& author,
    const std::vector<Delegation>& delegations,
    const Drawn& drawn
) const {
    put_rows(tx, author, delegations, drawn);
}

void Access::put_in(
    store::Transaction& tx,
    const Author& author,
    const std::vector<Division>& divisions,
    const Drawn& drawn
) const {
    put_rows(tx, author, divisions, drawn);
}

}  // namespace duban::access
