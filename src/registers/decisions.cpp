#include "registers/decisions.h"

#include <algorithm>
#include <sstream>

#include "core/problem.h"
#include "registers/internal/codec.h"

namespace duban::registers {

namespace {

constexpr store::Query kFindDecision{
    "registers.find_decision",
    "select id, title, paper, registers, from_day, to_day, recorder, checker, decided_on"
    " from d_decision where org = $1 and id = $2"
};
constexpr store::Query kAllDecisions{
    "registers.list_decisions",
    "select id, title, paper, registers, from_day, to_day, recorder, checker, decided_on"
    " from d_decision where org = $1 order by decided_on, id"
};
constexpr store::Query kInsertDecision{
    "registers.insert_decision",
    "insert into d_decision (org, id, title, paper, registers, from_day, to_day, recorder, checker,"
    " decided_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
};

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in{text};
    std::vector<std::string> out;
    for (std::string word; in >> word;) {
        out.push_back(word);
    }
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

Decision decision_of(const store::Row& row) {
    return {
        .id = row.id(0),
        .title = row.text(1),
        .paper = row.text(2),
        .registers = words_of(row.text(3)),
        .from = codec::stored_date(row.text(4)),
        .to = codec::stored_date(row.text(5)),
        .recorder = row.id(6),
        .checker = row.id(7),
        .decided_on = codec::stored_date(row.text(8))
    };
}

}  // namespace

bool Decision::covers(std::string_view register_name) const {
    return std::find(registers.begin(), registers.end(), register_name) != registers.end();
}

std::optional<Decision> find_decision(store::Reader& reader, core::OrgId org, const core::Id& id) {
    const store::Rows rows = reader.query(kFindDecision, {store::value(org), store::value(id)});
    return rows.empty() ? std::nullopt : std::optional{decision_of(rows.front())};
}

std::vector<Decision> decisions(store::Reader& reader, core::OrgId org) {
    std::vector<Decision> out;
    for (const store::Row& row : reader.query(kAllDecisions, {store::value(org)})) {
        out.push_back(decision_of(row));
    }
    return out;
}

void put_decision(
    store::Transaction& tx,
    const journal::Journal& journal,
    core::OrgId org,
    const Decision& decision,
    const core::Id& author,
    const core::Id& approved_by,
    std::int64_t now_ms,
    std::string_view salt_seed
) {
    if (decision.recorder == decision.checker) {
        throw core::Problem{core::ProblemKind::Rejected, "decision.same_person"};
    }
    if (decision.to < decision.from) {
        throw core::Problem{core::ProblemKind::Rejected, "decision.period_reversed"};
    }
    tx.execute(
        kInsertDecision,
        {store::value(org),
         store::value(decision.id),
         decision.title,
         decision.paper,
         joined(decision.registers),
         decision.from.text(),
         decision.to.text(),
         store::value(decision.recorder),
         store::value(decision.checker),
         decision.decided_on.text()}
    );
    journal::Draft draft;
    draft.org = org;
    draft.register_name = "backfill_decision";
    draft.entry = decision.id;
    draft.action = "open";
    draft.actor = author;
    draft.state_after = "in_force";
    draft.on = decision.decided_on.text();
    draft.recorded_at_ms = now_ms;
    draft.salt_seed = std::string{salt_seed};
    const auto note = [&](const char* field, const std::string& value) {
        draft.changes.push_back(
            {.field = field, .value = core::Json(value), .is_list = false, .rows = {}}
        );
    };
    note("title", decision.title);
    note("paper", decision.paper);
    note("registers", joined(decision.registers));
    note("from_day", decision.from.text());
    note("to_day", decision.to.text());
    note("recorder", decision.recorder.text());
    note("checker", decision.checker.text());
    if (!approved_by.is_nil()) {
        note("approved_by", approved_by.text());
    }
    static_cast<void>(journal.append(tx, draft));
}

}  // namespace duban::registers
