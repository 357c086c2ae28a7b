#include "registers/internal/past.h"

namespace duban::registers {

namespace {

constexpr store::Query kFindState{
    "registers.find_state",
    "select 1 from d_step where org = $1 and entry = $2 and state_after = $3 limit 1"
};
constexpr store::Query kListStates{
    "registers.list_states_of_entry",
    "select distinct state_after from d_step where org = $1 and entry = $2"
    " and state_after <> $3"
};
constexpr store::Query kInsertStep{
    "registers.insert_step",
    "insert into d_step (org, register, entry, revision, action, actor, state_before, state_after)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8)"
};

}  // namespace

bool was_in_state(
    store::Reader& reader, core::OrgId org, const core::Id& entry, std::string_view state
) {
    const std::vector<store::Value> key = {
        store::value(org), store::value(entry), std::string{state}
    };
    return !reader.query(kFindState, key).empty();
}

std::vector<std::string> earlier_states(
    store::Reader& reader, core::OrgId org, const EntryRow& row
) {
    std::vector<std::string> states;
    for (const store::Row& one :
         reader.query(kListStates, {store::value(org), store::value(row.id()), row.state()})) {
        states.push_back(one.text(0));
    }
    return states;
}

void note_step(
    store::Transaction& tx, const Context& context, const Step& step, std::string_view state_before
) {
    tx.execute(
        kInsertStep,
        {store::value(context.org),
         step.table->declared->name,
         store::value(step.row.id()),
         step.row.revision(),
         step.action_name,
         store::value(context.actor.person),
         std::string{state_before},
         step.row.state()}
    );
}

}  // namespace duban::registers
