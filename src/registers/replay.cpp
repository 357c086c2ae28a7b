#include "registers/replay.h"

#include <algorithm>
#include <optional>

#include "core/problem.h"
#include "registers/internal/codec.h"
#include "registers/internal/folded_row.h"
#include "registers/internal/folded_tables.h"
#include "registers/internal/lawfulness.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::FieldType;

constexpr std::size_t kPortion = 100;  // rows of one job in the lane (E15)

/// A statement that creates, made one that may find its object there.
std::string if_not_exists(const std::string& statement) {
    for (const std::string_view kind : {"create table ", "create index ", "create unique index "}) {
        if (statement.starts_with(kind)) {
            return std::string{statement}.insert(kind.size(), "if not exists ");
        }
    }
    return statement;
}

class Replay {
public:
    Replay(Registers& registers, core::OrgId org)
        : registers_{registers}, org_{org}, adopted_{registers.adopted()} {}

    Restored run() {
        refuse_unsound();
        store_.read([&](store::Reader& reader) { walk(reader); });
        empty();
        write_directory();
        write_house();
        for (const declarations::Register* declared : adopted_->model().registers()) {
            write_register(*declared);
        }
        return restored_;
    }

private:
    void refuse_unsound() {
        std::optional<journal::Fault> first;
        store_.read([&](store::Reader& reader) {
            first.reset();
            restored_.records =
                registers_.journal().verify(reader, org_, [&](const journal::Fault& fault) {
                    if (!first) {
                        first = fault;
                    }
                });
        });
        if (first) {
            throw core::Problem{
                core::ProblemKind::Corrupt,
                "restore.journal_faulty",
                {{"fault", first->code}, {"place", first->detail}}
            };
        }
    }

    /// All that is folded in record order: the law, the numbers given, the directory's records.
    /// Whether the steps were lawful is for verification to say.
    void walk(store::Reader& reader) {
        lawfulness_.emplace(reader, org_, unread_);
        directory_.clear();
        registers_.journal().for_each(reader, org_, 0, [&](const journal::Record& record) {
            journal::Draft draft = record.draft();
            lawfulness_->judge(draft, record.position);
            if (is_directory_register(draft.register_name)) {
                directory_.push_back(std::move(draft));
            }
            return true;
        });
    }

    void empty() {
        for (const declarations::Register* declared : adopted_->model().registers()) {
            const Table& table = adopted_->table(declared->name);
            store_.write(org_, [&](store::Transaction& tx) {
                for (const std::string& statement : create_statements(*declared)) {
                    tx.execute_ddl(if_not_exists(statement));
                }
                for (const ChildTable& child : table.children) {
                    remove_all(tx, child.name);
                }
                remove_all(tx, declared->name);
            });
        }
        for (const SideTable* table : side::all()) {
            store_.write(org_, [&](store::Transaction& tx) { remove_all(tx, table->name); });
        }
    }

    void remove_all(store::Transaction& tx, std::string_view table) const {
        const std::string sql = "delete from " + std::string{table} + " where org = $1";
        tx.execute({"registers.remove_all", sql}, {store::value(org_)});
    }

    void write_directory() {
        for (std::size_t from = 0; from < directory_.size(); from += kPortion) {
            const std::size_t to = std::min(directory_.size(), from + kPortion);
            store_.write(org_, [&](store::Transaction& tx) {
                for (std::size_t i = from; i < to; ++i) {
                    access::Access::replay(tx, directory_[i]);
                }
            });
        }
        store_.write(org_, [&](store::Transaction& tx) {
            access::Access::remove_unrecorded(tx, org_, lawfulness_->directory());
        });
        registers_.access().forget(org_);
    }

    void write_house() {
        const FoldedLaw& law = lawfulness_->law();
        store_.write(org_, [&](store::Transaction& tx) {
            write_rows(tx, side::kNumber, org_, number_rows(lawfulness_->numbers()));
            write_rows(tx, side::kParameter, org_, parameter_rows(law));
            if (const FoldedLaw::Profile* told = law.profile()) {
                save_profile(tx, org_, told->profile);
            }
            write_rows(tx, side::kDecision, org_, decision_rows(law));
            write_rows(tx, side::kTold, org_, told_rows(law));
            write_rows(tx, side::kLoosening, org_, loosening_rows(law));
        });
        registers_.forget_profile(org_);
    }

    void write_register(const declarations::Register& declared) {
        const FoldedLineage lineage{lawfulness_->law(), declared};
        const Tainted sound;
        FoldedEntries entries{org_, lineage, sound};
        Counters counters;
        for (bool more = true; more;) {
            std::vector<FoldedEntry> portion;
            // The position in `entries` moves only when the whole portion was read.
            store_.read([&](store::Reader& reader) {
                FoldedEntries ahead = entries;
                portion = ahead.next(reader, kPortion);
                entries = ahead;
            });
            more = portion.size() == kPortion;
            for (const FoldedEntry& entry : portion) {
                ++counters[{declared.name, entry.unit, entry.state}];
                ++restored_.entries;
            }
            store_.write(org_, [&](store::Transaction& tx) {
                for (const FoldedEntry& entry : portion) {
                    write_entry(tx, declared, entry);
                }
            });
        }
        store_.write(org_, [&](store::Transaction& tx) {
            write_rows(tx, side::kCounter, org_, counter_rows(counters));
        });
    }

    void write_entry(
        store::Transaction& tx, const declarations::Register& declared, const FoldedEntry& entry
    ) {
        const Table& table = adopted_->table(declared.name);
        std::vector<std::string> misfits;
        EntryRow row = folded_row(table, org_, entry, misfits);
        if (entry.broken || !misfits.empty()) {
            throw core::Problem{
                core::ProblemKind::Corrupt,
                "record.malformed",
                {{"position", std::to_string(entry.position)}}
            };
        }
        row.insert(tx);
        for (const ChildTable& child : table.children) {
            save_list(tx, child, org_, entry.id, entry.value(*child.field).get_array());
        }
        write_computed(tx, declared, row);
        write_rows(tx, side::kStep, org_, step_rows(entry, declared.name));
        write_rows(tx, side::kSignature, org_, signature_rows(entry, declared.name));
        write_rows(tx, side::kDeadline, org_, deadline_rows(entry, declared.name));
        write_rows(tx, side::kBackfill, org_, backfill_rows(entry, declared.name));
    }

    void write_computed(
        store::Transaction& tx, const declarations::Register& declared, EntryRow& row
    ) {
        bool computed = false;
        for (const Field& field : declared.fields) {
            if (field.type == FieldType::Computed) {
                row.set_scalar(
                    codec::computed_scalar(field), computed_value(tx, registers_, org_, row, field)
                );
                computed = true;
            }
        }
        if (computed) {
            row.update(tx);
        }
    }

    Registers& registers_;
    store::Store& store_ = registers_.store();
    core::OrgId org_;
    std::shared_ptr<const Adopted> adopted_;
    Report unread_;  ///< what Lawfulness says on the way
    std::optional<Lawfulness> lawfulness_;
    std::vector<journal::Draft> directory_;
    Restored restored_;
};

}  // namespace

Restored restore_from_journal(Registers& registers, const Adoption& adoption, core::OrgId org) {
    adoption.load();
    return Replay{registers, org}.run();
}

}  // namespace duban::registers
