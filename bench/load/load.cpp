// bench_load: makes a data directory with a large ledger. It writes records and replays them into
// the tables, as `duban restore --from-journal` does, then indexes the words.
//
//     bench_load --data DIR --notice samples/notice.txt [--measures N] [--units N]
//                [--postgres CONNECTION]
//
// What each phase took stands in DIR/bench.json.

#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <span>

#include "app/arguments.h"
#include "app/locales.h"
#include "core/check.h"
#include "core/problem.h"
#include "load/ledger.h"
#include "registers/replay.h"

namespace duban::bench {

namespace {

constexpr std::size_t kRecordsPerJob = 1024;
constexpr std::uint64_t kSeed = 20'230'714;

const app::Known kKnown{
    .with_value = {"data", "notice", "measures", "units", "postgres"}, .alone = {}
};

double cpu_seconds() {
    timespec time{};
    core::check(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0, "the process has a clock");
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// What a phase took: processor and clock time.
class Phase {
public:
    Phase(core::JsonObject& report, const char* name) : report_{report}, name_{name} {}

    void done(std::int64_t count) {
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began_;
        const double cpu = cpu_seconds() - cpu_;
        report_[name_] =
            core::JsonObject{{"count", count}, {"cpu_seconds", cpu}, {"seconds", wall.count()}};
        std::cerr << name_ << ": " << count << " in " << wall.count() << " s, " << cpu
                  << " s of CPU\n";
    }

private:
    core::JsonObject& report_;
    const char* name_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    double cpu_ = cpu_seconds();
};

std::int64_t number(const app::Arguments& arguments, const char* name, const char* otherwise) {
    return std::stoll(arguments.value(name, otherwise));
}

app::Settings new_settings(const app::Arguments& arguments, core::Random& random) {
    app::Settings settings;
    settings.directory = arguments.value("data", "");
    core::check(!settings.directory.empty(), "--data names the directory to make");
    core::check(!app::has_settings(settings.directory), "the directory is made anew");
    std::filesystem::create_directories(settings.directory);
    settings.installation = core::make_id(core::SystemClock{}.now(), random).text();
    settings.postgres = arguments.value("postgres", "");
    settings.keys = settings.directory + ".keys";
    return settings;
}

std::int64_t write_records(app::House& house, Ledger& ledger) {
    std::int64_t records = 0;
    const journal::Journal& journal = house.services().journal;
    while (ledger.measures_left() > 0) {
        std::vector<journal::Draft> drafts;
        while (ledger.measures_left() > 0 && drafts.size() < kRecordsPerJob) {
            for (journal::Draft& draft : ledger.next()) {
                drafts.push_back(std::move(draft));
            }
        }
        house.services().store.write(app::kFirstOrg, [&](store::Transaction& tx) {
            for (const journal::Draft& draft : drafts) {
                static_cast<void>(journal.append(tx, draft));
            }
        });
        records += static_cast<std::int64_t>(drafts.size());
    }
    return records;
}

int run(const app::Arguments& arguments) {
    core::JsonObject report;
    crypto::SystemRandom random;
    const app::Settings settings = new_settings(arguments, random);
    app::make_keys(settings, random);
    app::House house{settings};
    const std::int64_t measures = number(arguments, "measures", "250000");
    const std::int64_t units = number(arguments, "units", "200");
    report["measures"] = measures;
    report["units"] = units;

    const People people = found(house, static_cast<std::size_t>(units));
    // As `duban init --demo` leaves it, so that a browser can sign in (web/tools/times.mjs).
    app::write_file(
        settings.path("demo-accounts.txt"),
        app::make_demo_accounts(house, settings, people.named),
        true
    );
    Vocabulary vocabulary{app::read_file(arguments.value("notice", "samples/notice.txt")), kSeed};
    Ledger ledger{house, people, measures, vocabulary};

    Phase records{report, "records"};
    records.done(write_records(house, ledger));
    Phase replay{report, "replay"};
    replay.done(registers::restore_from_journal(
                    house.services().registers, house.services().adoption, app::kFirstOrg
    )
                    .entries);
    Phase search{report, "search"};
    house.catch_up();
    search.done(measures * (1 + kReportsPerMeasure));
    static_cast<void>(house.services().checkpoints.sign(
        house.services().store, app::kFirstOrg, house.clock().now()
    ));
    app::save_settings(settings);
    app::write_file(settings.path("bench.json"), core::json_text(report) + "\n");
    return 0;
}

}  // namespace

}  // namespace duban::bench

int main(int argc, char** argv) {
    try {
        const std::span words{argv, static_cast<std::size_t>(argc)};
        return duban::bench::run(
            {std::vector<std::string>{words.begin() + 1, words.end()}, duban::bench::kKnown}
        );
    } catch (const duban::core::Problem& problem) {
        std::cerr << duban::app::explained(problem, "en") << "\n";
    } catch (const std::exception& failure) {
        std::cerr << "bench_load: " << failure.what() << "\n";
    }
    return 1;
}
