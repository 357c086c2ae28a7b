// Whether each step was lawful when it was taken: judged in record order by the posts, parameters,
// decisions and declarations that the records before it tell (E17, E22).

#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "access/recorded_directory.h"
#include "journal/record.h"
#include "registers/verification.h"

namespace duban::registers {

class Lawfulness {
public:
    Lawfulness(store::Reader& reader, core::OrgId org, Report& report)
        : reader_{reader}, org_{org}, report_{report} {}

    /// Takes in one record and names what is wrong with it: declaration.altered,
    /// record.revision_gap, record.state_skipped, step.unknown_action, step.wrong_state,
    /// step.wrong_target, step.without_right, step.signatures_missing, step.signer_without_right,
    /// step.signer_not_apart, step.kind_not_allowed, step.backfill_unlawful.
    void judge(const journal::Draft& draft, std::int64_t position);

private:
    struct EntryPast {
        std::int64_t revision = 0;
        std::string state;
        core::Id opened_by;
        std::set<std::string> states;
        std::vector<std::pair<std::string, core::Id>> steps;  ///< action and who took part in it
    };

    struct DecisionPast {
        std::string recorder;
        std::string checker;
        std::string registers;
    };

    const declarations::Pack* pack_of(const std::string& digest);
    void take_in(const journal::Draft& draft);
    void judge_entry(const journal::Draft& draft, EntryPast& past);
    void judge_action(
        const journal::Draft& draft,
        const declarations::Register& declared,
        const declarations::Action& action,
        const EntryPast& past
    );
    void judge_transition(
        const journal::Draft& draft,
        const declarations::Register& declared,
        const declarations::Action& action,
        const EntryPast& past
    );
    void judge_signatures(
        const journal::Draft& draft, const declarations::Action& action, const EntryPast& past
    );
    void judge_backfill(const journal::Draft& draft);
    [[nodiscard]] bool stands(
        const core::Id& person,
        const declarations::Role& role,
        const journal::Draft& draft,
        const EntryPast& past,
        const std::string& day
    ) const;
    [[nodiscard]] std::int64_t wanted(
        const declarations::Pack& pack, const declarations::Action& action
    ) const;
    void fault(const char* code);

    store::Reader& reader_;
    core::OrgId org_;
    Report& report_;
    std::int64_t position_ = 0;
    access::RecordedDirectory directory_;
    std::map<std::string, std::unique_ptr<declarations::Pack>> packs_;
    std::map<std::string, core::Json> parameters_;
    std::map<std::string, DecisionPast> decisions_;
    std::map<std::pair<std::string, core::Id>, EntryPast> entries_;
};

}  // namespace duban::registers
