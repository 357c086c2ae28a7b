#include "registers/verification.h"

#include <algorithm>
#include <map>

#include "registers/internal/fold_comparison.h"
#include "registers/internal/lawfulness.h"
#include "registers/internal/row.h"

namespace duban::registers {

namespace {

void count_signatures(Report& report, const journal::Draft& draft) {
    report.backfilled += draft.kind == "backfill" ? 1 : 0;
    if (draft.kind != "action" || draft.declaration.empty()) {
        return;  // a part of a round, or the agreement of an administrator
    }
    for (const journal::Signature& signature : draft.signatures) {
        report.own += signature.kind == "own" ? 1 : 0;
        report.delegated += signature.kind == "delegated" ? 1 : 0;
        report.paper += signature.kind == "paper" ? 1 : 0;
    }
}

/// Whether this program tells the differences of all versions as the one that recorded them did.
bool tells_loosenings(const FoldedLaw& law) {
    return std::ranges::all_of(law.packs(), [](const auto& pack) {
        return std::ranges::all_of(pack.second, [](const LawVersion& version) {
            return version.words.size() == version.differences.size();
        });
    });
}

class Verification {
public:
    Verification(const Registers& registers, store::Reader& reader, core::OrgId org, Report& report)
        : registers_{registers},
          reader_{reader},
          org_{org},
          report_{report},
          lawfulness_{reader, org, report} {}

    void run() {
        verify_journal();
        verify_steps();
        verify_directory();
        verify_registers();
        verify_invariants();
    }

private:
    void add(const journal::Fault& fault) {
        core::Params params = {
            {"position", std::to_string(fault.position)}, {"detail", fault.detail}
        };
        if (fault.code == "journal.tree_missing") {
            // "d_tree 1/3/5 hash": org, level and index of the node
            std::string place = fault.detail.substr(fault.detail.find('/') + 1);
            place = place.substr(0, place.find(' '));
            const std::size_t slash = place.find('/');
            params["level"] = place.substr(0, slash);
            params["index"] = place.substr(slash + 1);
        }
        report_.add(fault.code, std::move(params));
    }

    /// Hashes, commitments and tree. What a record that was altered says is not judged again.
    void verify_journal() {
        static_cast<void>(registers_.journal().verify(
            reader_,
            org_,
            [&](const journal::Fault& fault) {
                add(fault);
                if (fault.code == "journal.leaf_altered" ||
                    fault.code == "journal.leaf_malformed") {
                    tainted_.leaves.insert(fault.position);
                } else if (fault.code == "journal.blob_altered") {
                    const std::size_t space = fault.detail.rfind(' ');
                    tainted_.values[fault.position].insert(fault.detail.substr(space + 1));
                }
            }
        ));
        for (const auto& [position, names] : tainted_.values) {
            if (names.contains("blob") || names.contains("leaf")) {
                tainted_.leaves.insert(position);  // no part of it can be read
            }
        }
    }

    /// Steps in record order.
    void verify_steps() {
        registers_.journal().for_each(reader_, org_, 0, [&](const journal::Record& record) {
            ++report_.records;
            const bool tainted = tainted_.leaves.contains(record.position);
            try {
                const journal::Draft draft = record.draft();
                if (tainted) {
                    lawfulness_.pass_over(draft);
                } else {
                    count_signatures(report_, draft);
                    lawfulness_.judge(draft, record.position);
                }
            } catch (const core::Problem& problem) {
                if (!tainted) {
                    core::Params params = problem.params;
                    params["position"] = std::to_string(record.position);
                    report_.add(problem.code, std::move(params));
                }
            }
            return true;
        });
    }

    void verify_directory() {
        try {
            for (const journal::Fault& fault :
                 access::Access::compare_with_records(reader_, org_, lawfulness_.directory())) {
                const bool tainted = tainted_.leaves.contains(fault.position) ||
                                     tainted_.values.contains(fault.position);
                if (!tainted) {
                    add(fault);
                }
            }
        } catch (const core::Problem& problem) {
            // A record or a cell that cannot be read at all.
            if (tainted_.leaves.empty()) {
                report_.add(problem.code, problem.params);
            }
        }
    }

    void verify_registers() {
        const FoldedLaw& law = lawfulness_.law();
        Counters counted;
        if (const auto adopted = registers_.find_adopted()) {
            for (const declarations::Register* declared : adopted->model().registers()) {
                const FoldedLineage lineage{law, *declared};
                compare_register(
                    registers_,
                    reader_,
                    org_,
                    FoldedEntries{org_, lineage, tainted_},
                    lineage,
                    counted,
                    report_
                );
            }
        }
        if (!tainted_.leaves.empty()) {
            return;  // sums over records that cannot be trusted say nothing
        }
        compare_counters(counted);
        if (law.is_legible()) {
            compare_house_table(
                reader_, side::kNumber, org_, number_rows(lawfulness_.numbers()), report_
            );
        }
        if (tainted_.values.empty()) {
            compare_law(law);
        }
    }

    void compare_law(const FoldedLaw& law) {
        compare_house_table(reader_, side::kDecision, org_, decision_rows(law), report_);
        compare_house_table(reader_, side::kTold, org_, told_rows(law), report_);
        if (const FoldedLaw::Profile* told = law.profile()) {
            const OrgProfile& profile = told->profile;
            compare_house_table(reader_, side::kProfile, org_, profile_rows(profile), report_);
            compare_house_table(reader_, side::kDay, org_, day_rows(profile), report_);
        }
        if (!law.is_legible()) {
            return;  // what a version that cannot be read gave, or made easier, nobody can say
        }
        compare_house_table(reader_, side::kParameter, org_, parameter_rows(law), report_);
        if (tells_loosenings(law)) {
            compare_house_table(reader_, side::kLoosening, org_, loosening_rows(law), report_);
        }
    }

    /// What a pack declares to hold at any time (`kind: invariant`), on the tables as they are.
    void verify_invariants() {
        const auto adopted = registers_.find_adopted();
        if (!adopted) {
            return;
        }
        for (const declarations::Pack& pack : adopted->model().packs()) {
            for (const declarations::Control& control : pack.controls) {
                if (control.kind == declarations::ControlKind::Invariant) {
                    verify_invariant(*adopted, control);
                }
            }
        }
    }

    void verify_invariant(const Adopted& adopted, const declarations::Control& control) {
        try {
            const rules::Scope scope{
                .org = org_,
                .entry = {},
                .today = registers_.today(org_),
                .parameters = registers_.profile(org_)->parameters,
                .zone = registers_.profile(org_)->zone
            };
            for (const rules::Hit& hit : adopted.rules().run(reader_, control, scope)) {
                std::map<std::string, core::Texts> words;
                if (const core::Texts* told = control.find_reason(hit.reason)) {
                    words.emplace("reason", *told);
                }
                report_.add(
                    "control.invariant_broken",
                    {{"control", control.name},
                     {"table", control.register_name},
                     {"row", row_name(adopted, control.register_name, hit.entry)},
                     {"reason", hit.reason}},
                    std::move(words)
                );
            }
        } catch (const core::Problem& problem) {
            core::Params params = problem.params;
            params["control"] = control.name;
            report_.add(problem.code, std::move(params));
        }
    }

    std::string row_name(const Adopted& adopted, const std::string& name, const core::Id& id) {
        const auto row = EntryRow::find(reader_, adopted.table(name), org_, id);
        return row && !row->number().empty() ? row->number() : id.text();
    }

    void compare_counters(const Counters& counted) {
        using Sums =
            std::map<std::pair<std::string, std::string>, std::map<std::string, std::string>>;
        const auto sums_of = [](const std::vector<SideRow>& rows) {
            Sums sums;
            for (const SideRow& row : rows) {
                sums[{cell_text(row[0]), cell_text(row[2])}][cell_text(row[1])] = cell_text(row[3]);
            }
            return sums;
        };
        const Sums told = sums_of(counter_rows(counted));
        const Sums kept = sums_of(kept_rows(reader_, side::kCounter, org_, " and entries <> 0"));
        Sums all = told;
        all.insert(kept.begin(), kept.end());
        for (const auto& [key, sums] : all) {
            const auto a = told.find(key);
            const auto b = kept.find(key);
            if (a == told.end() || b == kept.end() || a->second != b->second) {
                report_.add("table.counter_altered", {{"table", key.first}, {"state", key.second}});
            }
        }
    }

    const Registers& registers_;
    store::Reader& reader_;
    core::OrgId org_;
    Report& report_;
    Lawfulness lawfulness_;
    Tainted tainted_;
};

}  // namespace

void Report::add(std::string code, core::Params params, std::map<std::string, core::Texts> words) {
    ++faults_total;
    if (faults.size() < kFaultsKept) {
        faults.push_back({std::move(code), std::move(params), std::move(words)});
    }
}

Report verify(const Registers& registers, store::Reader& reader, core::OrgId org) {
    Report report;
    Verification{registers, reader, org, report}.run();
    return report;
}

}  // namespace duban::registers
