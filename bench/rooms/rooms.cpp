// bench_rooms: what single rooms take, without HTTP.
//
//     bench_rooms verify --data DIR    hashes of the journal, then the whole verification
//     bench_rooms open --data DIR      opening the database and reading the declarations
//     bench_rooms replay --data DIR    the tables built again from the records

#include <ctime>
#include <iostream>
#include <span>

#include "app/arguments.h"
#include "app/house.h"
#include "app/locales.h"
#include "core/check.h"
#include "registers/replay.h"
#include "registers/verification.h"
#include "rules/rules.h"

namespace duban::bench {

namespace {

double cpu_seconds() {
    timespec time{};
    core::check(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0, "the process has a clock");
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

int verify(const app::Settings& settings) {
    app::House house{settings};
    const api::Services& services = house.services();
    std::int64_t faults = 0;
    services.store.read([&](store::Reader& reader) {
        const double before = cpu_seconds();
        const std::int64_t records = services.journal.verify(
            reader, app::kFirstOrg, [&](const journal::Fault&) { ++faults; }
        );
        const double between = cpu_seconds();
        const registers::Report report =
            registers::verify(services.registers, reader, app::kFirstOrg);
        faults += report.faults_total;
        for (const registers::Fault& fault : report.faults) {
            std::cerr << fault.code << " "
                      << core::json_text(core::Json(fault.params.begin()->second)) << "\n";
        }
        std::cout << core::json_text(core::JsonObject{
                         {"records", records},
                         {"entries", report.entries},
                         {"faults", faults},
                         {"journal_cpu_seconds", between - before},
                         {"whole_cpu_seconds", cpu_seconds() - between}
                     })
                  << "\n";
    });
    return faults == 0 ? 0 : 1;
}

int open(const app::Settings& settings) {
    store::SqliteOptions options;
    options.path = settings.path("duban.db");
    options.functions = rules::functions();
    const auto store = store::open_sqlite(options);
    std::size_t declared = 0;
    store->read([&](store::Reader& reader) {
        constexpr store::Query kBundles{
            "bench.bundles", "select bundle from d_declaration where in_force"
        };
        for (const store::Row& row : reader.query(kBundles, {})) {
            declared += registers::Adoption::pack_of(row.text(0)).registers.size();
        }
    });
    std::cout << core::json_text(core::JsonObject{{"registers", declared}}) << "\n";
    return 0;
}

int replay(const app::Settings& settings) {
    app::House house{settings};
    const double before = cpu_seconds();
    const registers::Restored restored = registers::restore_from_journal(
        house.services().registers, house.services().adoption, app::kFirstOrg
    );
    std::cout << core::json_text(core::JsonObject{
                     {"records", restored.records},
                     {"entries", restored.entries},
                     {"cpu_seconds", cpu_seconds() - before}
                 })
              << "\n";
    return 0;
}

int run(const app::Arguments& arguments) {
    const std::string& command = arguments.word(0, "command");
    const app::Settings settings = app::load_settings(arguments.value("data", ""));
    if (command == "verify") {
        return verify(settings);
    }
    return command == "open" ? open(settings) : replay(settings);
}

}  // namespace

}  // namespace duban::bench

int main(int argc, char** argv) {
    try {
        const std::span words{argv, static_cast<std::size_t>(argc)};
        return duban::bench::run(
            {std::vector<std::string>{words.begin() + 1, words.end()},
             {.with_value = {"data"}, .alone = {}, .words = 1}}
        );
    } catch (const duban::core::Problem& problem) {
        std::cerr << duban::app::explained(problem, "en") << "\n";
    } catch (const std::exception& failure) {
        std::cerr << "bench_rooms: " << failure.what() << "\n";
    }
    return 1;
}
