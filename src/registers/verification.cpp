#include "registers/verification.h"

#include <map>

#include "registers/internal/folding.h"
#include "registers/internal/lawfulness.h"

namespace duban::registers {

namespace {

constexpr store::Query kCounters{
    "registers.load_counters",
    "select register, unit, state, entries from d_counter where org = $1 and entries <> 0"
};

void count_signatures(Report& report, const journal::Draft& draft) {
    report.backfilled += draft.kind == "backfill" ? 1 : 0;
    if (draft.kind != "action") {
        return;
    }
    for (const journal::Signature& signature : draft.signatures) {
        report.own += signature.kind == "own" ? 1 : 0;
        report.delegated += signature.kind == "delegated" ? 1 : 0;
        report.paper += signature.kind == "paper" ? 1 : 0;
    }
}

/// Steps in record order; a record that cannot be read was named by the journal already.
void verify_steps(
    const Registers& registers, store::Reader& reader, core::OrgId org, Report& report
) {
    Lawfulness lawfulness{reader, org, report};
    registers.journal().for_each(reader, org, 0, [&](const journal::Record& record) {
        ++report.records;
        try {
            const journal::Draft draft = record.draft();
            count_signatures(report, draft);
            lawfulness.judge(draft, record.position);
        } catch (const core::Problem& problem) {
            report.add(problem.code, {{"position", std::to_string(record.position)}});
        }
        return true;
    });
}

void compare_counters(
    store::Reader& reader,
    core::OrgId org,
    const std::map<CounterKey, std::int64_t>& counted,
    Report& report
) {
    std::map<CounterKey, std::int64_t> kept;
    for (const store::Row& row : reader.query(kCounters, {store::value(org)})) {
        kept[{row.text(0), row.id(1), row.text(2)}] = row.integer(3);
    }
    for (const auto& [key, entries] : kept) {
        const auto found = counted.find(key);
        if (found == counted.end() || found->second != entries) {
            report.add(
                "table.counter_altered", {{"table", key.register_name}, {"state", key.state}}
            );
        }
    }
    for (const auto& [key, entries] : counted) {
        if (!kept.contains(key)) {
            report.add(
                "table.counter_altered", {{"table", key.register_name}, {"state", key.state}}
            );
        }
    }
}

}  // namespace

void Report::add(std::string code, core::Params params) {
    ++faults_total;
    if (faults.size() < kFaultsKept) {
        faults.push_back({std::move(code), std::move(params)});
    }
}

Report verify(const Registers& registers, store::Reader& reader, core::OrgId org) {
    Report report;
    static_cast<void>(registers.journal().verify(reader, org, [&](const journal::Fault& fault) {
        report.add(
            fault.code, {{"position", std::to_string(fault.position)}, {"detail", fault.detail}}
        );
    }));
    for (const journal::Fault& fault : registers.access().compare_with_records(reader, org)) {
        report.add(
            fault.code, {{"position", std::to_string(fault.position)}, {"detail", fault.detail}}
        );
    }
    verify_steps(registers, reader, org, report);
    if (const auto adopted = registers.find_adopted()) {
        std::map<CounterKey, std::int64_t> counted;
        for (const declarations::Register* declared : adopted->model().registers()) {
            compare_register(
                registers, reader, org, adopted->table(declared->name), counted, report
            );
        }
        compare_counters(reader, org, counted, report);
    }
    return report;
}

}  // namespace duban::registers
