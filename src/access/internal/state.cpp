#include "access/internal/state.h"

namespace duban::access::internal {

namespace {

template <typename Thing>
void load_table(
    State& state, store::Reader& reader, core::OrgId org, Thing (*convert)(const StoredRow&)
) {
    constexpr TableName kName = TableOf<Thing>::kName;
    const Table& from = table(kName);
    std::vector<Thing>& rows = TableOf<Thing>::rows(state);
    auto& revisions = state.revisions.at(static_cast<std::size_t>(kName));
    reader.for_each(from.load, {store::value(org)}, [&](const store::Row& row) {
        const StoredRow stored = read_row(from, row);
        rows.push_back(convert(stored));
        revisions.emplace(stored.id, stored.revision);
        return true;
    });
}

}  // namespace

State load_state(store::Reader& reader, core::OrgId org) {
    State state;
    load_table(state, reader, org, &to_unit);
    load_table(state, reader, org, &to_person);
    load_table(state, reader, org, &to_post);
    load_table(state, reader, org, &to_delegation);
    load_table(state, reader, org, &to_division);
    return state;
}

}  // namespace duban::access::internal
