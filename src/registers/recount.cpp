#include "registers/recount.h"

#include "core/check.h"
#include "registers/internal/recounting.h"
#include "registers/internal/telling.h"
#include "registers/internal/writing.h"

namespace duban::registers {

namespace {

constexpr std::int64_t kPortion = 50;  // entries of one job in the lane (E15)

constexpr store::Query kProvisional{
    "registers.list_provisional",
    "select distinct entry, register from d_deadline"
    " where org = $1 and provisional and entry > $2 order by entry limit $3"
};

/// One entry in the lane.
class EntryRecount {
public:
    EntryRecount(store::Transaction& tx, const Context& context, const ProfileRecord& cause)
        : tx_{tx}, context_{context}, cause_{cause} {}

    bool run(const Table& table, const core::Id& id, Drawn& drawn) {
        auto row = EntryRow::find(tx_, table, context_.org, id);
        if (!row) {
            return false;
        }
        Step step{
            .table = &table,
            .action = nullptr,
            .action_name = std::string{kRecount},
            .opens = false,
            .row = *std::move(row),
            .fields = {},
            .inputs = {},
            .words = {},
            .paper = {},
            .backfill = {},
            .standing = {},
            .caused_by = journal::Cause{"profile", cause_.entry, 1},
            .signatures = {},
            .changes = {},
            .signing_only = false,
            .depth = 0
        };
        move(step);
        if (step.changes.empty()) {
            return false;
        }
        step.row.set_due(
            nearest_due(load_clock_rows(tx_, context_.org, *table.declared, step.row.id()))
        );
        step.row.set_revision(step.row.revision() + 1);
        step.row.set_changed(context_.now_ms);
        step.row.update(tx_);
        write_record(tx_, context_, step, "action", step.row.state(), drawn);
        return true;
    }

private:
    void move(Step& step) {
        const declarations::Register& declared = *step.table->declared;
        for (const Clock& clock : load_clock_rows(tx_, context_.org, declared, step.row.id())) {
            if (!clock.stored || !clock.provisional) {
                continue;
            }
            const ToldClocks told =
                told_clocks(tx_, context_.org, declared, step.row.id(), *clock.declared, INT64_MAX);
            auto counted = counted_again(*clock.declared, declared.pack, told, *context_.profile);
            if (counted) {
                save_clock(tx_, context_.org, step.row, *counted);
                step.changes.push_back(change_of(*counted));
                move_first_field(step, *counted);
            }
        }
    }

    /// The field in which the entry carries its first date says the same.
    static void move_first_field(Step& step, const Clock& clock) {
        const declarations::Field* field =
            step.table->declared->find_field(clock.declared->first_field);
        if (field == nullptr) {
            return;
        }
        const core::Json value(clock.first_on.text());
        if (step.row.scalar(*field) != value) {
            step.row.set_scalar(*field, value);
            step.changes.push_back(
                {.field = field->name, .value = value, .is_list = false, .rows = {}}
            );
        }
    }

    store::Transaction& tx_;
    const Context& context_;
    const ProfileRecord& cause_;
};

/// In the name of who proposed the profile's change: it is his change that moves the days.
Context context_of(
    const Registers& registers, store::Transaction& tx, core::OrgId org, const core::Id& person
) {
    const std::int64_t now_ms = std::max(
        core::to_ms(registers.clock().now()), registers.journal().head(tx, org).last_recorded_at_ms
    );
    const auto profile = std::make_shared<const OrgProfile>(load_profile(tx, org));
    const calendar::Date today = calendar::civil_date(registers.clock().now(), profile->zone);
    return {
        .org = org,
        .adopted = registers.adopted(),
        .profile = profile,
        .actor = registers.access().actor(org, person, today),
        .paper_signer = {},
        .now_ms = now_ms,
        .today = today,
        .journal = &registers.journal(),
        .claim_file = {}
    };
}

}  // namespace

Recounted recount(Registers& registers, core::OrgId org, const core::Id& after) {
    const std::string seed = registers.random().bytes(32);
    Recounted recounted;
    if (!registers.find_adopted()) {
        return recounted;
    }
    registers.store().write(org, [&](store::Transaction& tx) {
        recounted = {};
        const auto cause = find_profile_record(tx, org);
        const store::Rows rows =
            tx.query(kProvisional, {store::value(org), store::value(after), kPortion});
        if (!cause || rows.empty()) {
            return;
        }
        const Context context = context_of(registers, tx, org, cause->actor);
        tell_org(tx, context, seed);
        Drawn drawn{seed + std::string{kRecount}};
        EntryRecount entry{tx, context, *cause};
        for (const store::Row& row : rows) {
            if (const Table* table = context.adopted->find_table(row.text(1))) {
                recounted.entries += entry.run(*table, row.id(0), drawn) ? 1U : 0U;
            }
        }
        if (std::ssize(rows) == kPortion) {
            recounted.after = rows.back().id(0);
        }
    });
    return recounted;
}

}  // namespace duban::registers
