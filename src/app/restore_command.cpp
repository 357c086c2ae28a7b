// duban restore: a backup in the place of the data, the tables built again from the journal, or the
// record that somebody put a database back by hand (E25).

#include <iostream>

#include "api/verification.h"
#include "app/arguments.h"
#include "app/backup.h"
#include "app/commands.h"
#include "app/house.h"
#include "app/locales.h"
#include "app/presented.h"
#include "app/staging.h"
#include "app/transport.h"
#include "core/problem.h"
#include "registers/replay.h"
#include "registers/restored.h"

namespace duban::app {

namespace {

using core::Problem;
using core::ProblemKind;

const Known kRestore{
    .with_value = {"data", "from", "keys", "postgres", "checkpoint", "accept-loss"},
    .alone = {"from-journal", "restored", "accept-faults"}
};

/// The tables built again from the records alone; a journal that is not sound is left as it is.
int restore_tables(const Settings& settings) {
    House house{settings};
    const registers::Restored restored = registers::restore_from_journal(
        house.services().registers, house.services().adoption, kFirstOrg
    );
    house.services().follower.reset(kFirstOrg);
    house.catch_up();
    std::cout << say("restore_done",
                     {{"directory", settings.directory},
                      {"records", std::to_string(restored.records)},
                      {"entries", std::to_string(restored.entries)}})
              << "\n";
    return 0;
}

/// Where the backup goes: over the data of the same installation, or where there are none.
Settings target_of(const Arguments& arguments, const Backup& backup) {
    const std::string data = arguments.value("data", default_data());
    Settings settings = backup.settings;
    if (has_settings(data)) {
        settings = load_settings(data);
    } else {
        settings.directory = data;
        settings.keys = arguments.value("keys", data + ".keys");
        settings.postgres = arguments.value("postgres", settings.postgres);
    }
    if (settings.installation != backup.settings.installation ||
        settings.postgres.empty() != backup.settings.postgres.empty()) {
        throw Problem{
            ProblemKind::Conflict,
            "restore.other_installation",
            {{"directory", data}, {"backup", backup.directory}}
        };
    }
    return settings;
}

/// What was known of the journal, held against the one that is to be gone on with.
class Comparison {
public:
    Comparison(const Arguments& arguments, const Settings& settings)
        : arguments_{arguments}, settings_{settings} {
        add_files("kept", kept_checkpoint(settings));
        add_files("given", arguments.values("checkpoint"));
    }

    void add(std::string source, const journal::SignedHead& head) {
        compared_.push_back({.source = std::move(source), .head = head, .held = true});
    }

    /// Refuses what would lose records, unless somebody takes it upon himself in words.
    registers::RestoredStore run(store::Reader& reader) {
        registers::RestoredStore restored;
        const journal::Head now = journal::Journal{}.head(reader, kFirstOrg);
        restored.records = now.size;
        restored.root = now.root;
        const registers::ComparedHead* worst = nullptr;
        for (registers::ComparedHead& one : compared_) {
            one.held = journal::standing_of(reader, kFirstOrg, one.head) == journal::Standing::Held;
            if (!one.held && (worst == nullptr || one.head.size > worst->head.size)) {
                worst = &one;
            }
        }
        restored.compared = compared_;
        restored.decided = arguments_.value("accept-loss", "");
        if (worst != nullptr && restored.decided.empty()) {
            throw Problem{
                ProblemKind::Conflict,
                restored.lost() > 0 ? "restore.records_lost" : "restore.forked",
                {{"source", say("head_" + worst->source)},
                 {"size", std::to_string(worst->head.size)},
                 {"records", std::to_string(now.size)},
                 {"lost", std::to_string(restored.lost())}}
            };
        }
        if (worst == nullptr) {
            restored.decided.clear();
        }
        return restored;
    }

private:
    void add_files(const std::string& source, const std::vector<std::string>& files) {
        registers::Report report;
        for (const journal::SignedHead& head : presented_heads(settings_, files, "", report)) {
            add(source, head);
        }
        if (report.faults_total > 0) {
            const registers::Fault& first = report.faults.front();
            throw Problem{ProblemKind::Conflict, first.code, first.params};
        }
    }

    const Arguments& arguments_;
    const Settings& settings_;
    std::vector<registers::ComparedHead> compared_;
};

/// The whole verification; its faults are printed, and somebody may go on from them knowingly.
std::int64_t verified_faults(const House& house, const Arguments& arguments) {
    const api::Verified verified = api::verify(house.services(), kFirstOrg);
    print_faults(verified.report);
    if (verified.report.faults_total > 0 && !arguments.has("accept-faults")) {
        throw Problem{
            ProblemKind::Conflict,
            "restore.backup_faulty",
            {{"faults", std::to_string(verified.report.faults_total)}}
        };
    }
    return verified.report.faults_total;
}

void write_record(House& house, registers::RestoredStore restored) {
    restored.id = core::make_id(house.clock().now(), house.random());
    restored.on = house.services().registers.today(kFirstOrg).text();
    const std::string seed = house.random().bytes(32);
    const std::int64_t at = core::to_ms(house.clock().now());
    house.services().store.write(kFirstOrg, [&](store::Transaction& tx) {
        journal::forget_unheld(tx, kFirstOrg);
        registers::put_restored(tx, house.services().journal, kFirstOrg, restored, at, seed);
    });
    house.catch_up();
}

void say_restored(const registers::RestoredStore& restored, const Settings& settings) {
    if (restored.compared.empty()) {
        std::cout << say("restore_uncompared") << "\n";
    }
    std::cout << say("restore_put_back",
                     {{"directory", settings.directory},
                      {"records", std::to_string(restored.records)},
                      {"lost", std::to_string(restored.lost())}})
              << "\n";
}

/// Nothing that stands there is touched before the backup is whole, compared, and has its record.
int restore_backup(const Arguments& arguments, const Backup& backup) {
    const Settings settings = target_of(arguments, backup);
    refuse_served(settings);
    Comparison comparison{arguments, settings};
    const Present present = present_heads(settings);
    for (const auto& [source, head] : present.heads) {
        comparison.add(source, head);
    }
    if (present.is_damaged) {
        std::cout << say("restore_damaged", {{"directory", settings.directory}}) << "\n";
    }
    Staging staging{settings, backup};
    registers::RestoredStore restored;
    open_store_beside(staging.settings())->read([&](store::Reader& reader) {
        restored = comparison.run(reader);
    });
    restored.made_at = backup.made_at;
    files::add_files(backup.directory + "/files", settings.path("files"));
    {
        House house{staging.settings()};
        restored.faults = verified_faults(house, arguments);
        write_record(house, restored);
    }
    const std::string kept = staging.put_in_place(present);
    say_restored(restored, settings);
    if (!kept.empty()) {
        std::cout << say("restore_kept", {{"place", kept}}) << "\n";
    }
    return 0;
}

/// Somebody put the database back himself: compared and recorded all the same.
int record_restored(const Arguments& arguments, const Settings& settings) {
    refuse_served(settings);
    Comparison comparison{arguments, settings};
    House house{settings};
    registers::RestoredStore restored;
    house.services().store.read([&](store::Reader& reader) {
        for (const journal::SignedHead& head : newest_signed(settings, reader)) {
            comparison.add("signed", head);
        }
        restored = comparison.run(reader);
    });
    restored.faults = verified_faults(house, arguments);
    write_record(house, restored);
    say_restored(restored, settings);
    return 0;
}

}  // namespace

int restore_command(const Words& words) {
    const Arguments arguments{words, kRestore};
    if (const std::string from = arguments.value("from", ""); !from.empty()) {
        return restore_backup(arguments, load_backup(from));
    }
    const bool by_hand = arguments.has("restored");
    if (!by_hand && !arguments.has("from-journal")) {
        throw Problem{ProblemKind::Invalid, "command.value_missing", {{"option", "--from"}}};
    }
    const Settings settings = load_settings(arguments.value("data", default_data()));
    return by_hand ? record_restored(arguments, settings) : restore_tables(settings);
}

}  // namespace duban::app
