// Whether each step was lawful when it was taken: judged in record order by the posts, parameters,
// decisions and declarations that the records before it tell (E10, E17, E22).
//
// One Lawfulness walks the journal of one org once. It keeps of every entry what later records of
// it can be judged by: who took which step, which signatures count, where it stands.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "access/recorded_directory.h"
#include "journal/record.h"
#include "registers/internal/folded_law.h"
#include "registers/internal/folded_tables.h"
#include "registers/verification.h"

namespace duban::registers {

/// Words and people by small numbers: a journal names few of them very often.
template <typename Thing>
class Interned {
public:
    std::uint32_t number(const Thing& thing) {
        return places_.try_emplace(thing, static_cast<std::uint32_t>(places_.size())).first->second;
    }

private:
    std::map<Thing, std::uint32_t> places_;
};

/// Whether the register's records are rows of the directory (E11).
[[nodiscard]] bool is_directory_register(std::string_view name);

class Lawfulness {
public:
    Lawfulness(store::Reader& reader, core::OrgId org, Report& report)
        : reader_{reader}, org_{org}, report_{report}, law_{reader} {}

    /// Takes in one record and names what is wrong with it, by position:
    /// declaration.altered, record.revision_gap, record.state_skipped, record.identity_altered,
    /// step.declaration_not_in_force, step.parameters_unknown, step.unknown_action,
    /// step.wrong_state, step.wrong_target, step.without_right, step.cause_missing,
    /// step.field_not_allowed, step.first_date_moved, step.signatures_missing,
    /// step.signature_invented, step.signer_without_right, step.signer_not_apart,
    /// step.kind_not_allowed, step.backfill_unlawful, step.recount_unlawful,
    /// step.administrators_missing,
    /// step.restored_wrong.
    void judge(const journal::Draft& draft, std::int64_t position);
    /// The record there was altered, which is told elsewhere; `draft` is what it says now.
    void pass_over(const journal::Draft& draft);

    [[nodiscard]] const FoldedLaw& law() const { return law_; }
    [[nodiscard]] const Numbers& numbers() const { return numbers_; }
    [[nodiscard]] const access::RecordedDirectory& directory() const { return directory_; }

private:
    struct Step {
        std::int64_t revision = 0;
        std::uint32_t action = 0;
        std::uint32_t actor = 0;
    };
    struct GivenSignature {
        std::string action;
        journal::Signature signature;
    };
    struct EntryPast {
        std::int64_t revision = 0;
        std::int64_t position = -1;
        core::Id unit;
        core::Id opened_by;
        std::string state;
        std::string number;
        std::vector<std::uint32_t> states;                          ///< it was ever in
        std::vector<Step> steps;                                    ///< who did what
        std::vector<std::pair<std::uint32_t, std::uint32_t>> took;  ///< action, signer: counted
        std::vector<GivenSignature> round;                          ///< of open rounds
        std::vector<std::pair<std::uint32_t, std::string>> firsts;  ///< clock, first date
        std::vector<core::Id> unconfirmed;                          ///< decisions of backfills
        bool broken = false;  ///< a record of it was altered: no more can be said
    };
    /// A record of an entry with all that it is judged by.
    struct Case {
        const journal::Draft& draft;
        const declarations::Pack& pack;
        const declarations::Register& declared;
        EntryPast& past;
        bool opens = false;
        std::optional<calendar::Date> on = {};
    };

    // lawfulness.cpp: the record as one of its entry
    void judge_entry(const journal::Draft& draft, const LawVersion& version);
    void judge_continuity(
        const journal::Draft& draft, const EntryPast& past, const declarations::Register& declared
    );
    void judge_step(const Case& step);
    void judge_transition(const Case& step, const declarations::Action& action);
    void judge_fields(const Case& step, const declarations::Action* action);
    void judge_first_date(const Case& step, const journal::Change& change);
    void judge_cause(const Case& step, const declarations::Action& action);
    void judge_backfill(const Case& step);
    void note_number(const Case& step);
    void take_in(const Case& step);
    void void_rounds(EntryPast& past, const declarations::Register& declared);

    // lawful_recount.cpp: days that a calendar made official
    void judge_recount(const Case& step);
    [[nodiscard]] bool is_counted_so(const Case& step, const journal::Change& change);

    // lawful_signing.cpp: who may, and who signed
    void judge_actor(const Case& step, const declarations::Action& action);
    void judge_signatures(const Case& step, const declarations::Action& action);
    void judge_given(
        const Case& step, const declarations::Action& action, const journal::Signature& signature
    );
    void judge_paper(
        const Case& step, const journal::Signature& signature, const GivenSignature* recorded
    );
    void judge_number_of_signatures(const Case& step, const declarations::Action& action);
    [[nodiscard]] bool signer_stands(
        const Case& step, const declarations::Action& action, const journal::Signature& signature
    );
    [[nodiscard]] bool is_apart(
        const EntryPast& past, const declarations::Action& action, const core::Id& person
    );
    [[nodiscard]] bool may(
        const Case& step,
        const std::vector<declarations::Role>& roles,
        const core::Id& person,
        const core::Id* post
    );
    [[nodiscard]] const access::Actor& actor(const core::Id& person, calendar::Date day);

    // lawful_change.cpp: what two administrators change
    void judge_directory(const journal::Draft& draft);
    void judge_law(const journal::Draft& draft);
    void judge_restored(const journal::Draft& draft);
    [[nodiscard]] bool is_agreed(
        const access::Directory& directory,
        const core::Id& author,
        const core::Id& second,
        const std::string& on
    ) const;
    [[nodiscard]] bool approved_elsewhere(const std::string& digest);

    void fault(const char* code, core::Params more = {});

    store::Reader& reader_;
    core::OrgId org_;
    Report& report_;
    std::int64_t position_ = 0;
    FoldedLaw law_;
    access::RecordedDirectory directory_;
    Numbers numbers_;
    std::unordered_map<core::Id, EntryPast> entries_;
    Interned<std::string> words_;
    Interned<core::Id> people_;
    std::map<std::pair<core::Id, calendar::Date>, access::Actor> actors_;
    std::shared_ptr<const access::Directory> actors_of_;  ///< the directory they stand in

    /// The directory's records of one call, which were allowed by what stood before the first.
    struct DirectoryRun {
        std::string register_name;
        core::Id actor;
        std::int64_t recorded_at_ms = -1;
        std::shared_ptr<const access::Directory> before;
    };
    DirectoryRun run_;
};

}  // namespace duban::registers
