#include <chrono>
#include <filesystem>
#include <iostream>
#include <thread>

#include "api/verification.h"
#include "app/arguments.h"
#include "app/commands.h"
#include "app/house.h"
#include "app/locales.h"
#include "app/presented.h"
#include "app/transport.h"
#include "core/problem.h"
#include "journal/journal.h"
#include "journal/partial_certificate.h"

namespace duban::app {

namespace {

const Known kVerify{.with_value = {"data", "as", "certificate", "checkpoint", "key"}, .alone = {}};
const Known kProof{.with_value = {"data", "as", "out"}, .alone = {}, .words = 2};

core::Params counts_of(
    std::int64_t own, std::int64_t delegated, std::int64_t paper, std::int64_t backfilled
) {
    return {
        {"own", std::to_string(own)},
        {"delegated", std::to_string(delegated)},
        {"paper", std::to_string(paper)},
        {"backfilled", std::to_string(backfilled)}
    };
}

/// Offline: nothing but the file, and the log's key when somebody has it from elsewhere.
int check_certificate(const std::string& file, const std::string& key) {
    const auto read = core::find_json(read_file(file));
    if (!read) {
        throw core::Problem{core::ProblemKind::Invalid, "certificate.malformed"};
    }
    const core::Json& certificate = *read;
    const journal::CertificateReport report = journal::check_certificate(certificate, key);
    for (const std::string& fault : report.faults) {
        std::cout << "✗ " << say(fault) << " [" << fault << "]\n";
    }
    core::Params params = counts_of(report.own, report.delegated, report.paper, report.backfilled);
    params["records"] = std::to_string(report.records);
    params["origin"] = report.origin;
    params["size"] = std::to_string(report.tree_size);
    params["root"] = report.root;
    std::cout << say(report.valid ? "certificate_valid" : "certificate_invalid", params) << "\n";
    if (const core::Json* loosenings = core::find_member(certificate, "loosenings")) {
        for (const core::Json& loosening : loosenings->as_array()) {
            std::cout << "! " << core::find_string(loosening, "on").value_or("") << "  "
                      << difference_text(loosening.at("words")) << "\n";
        }
    }
    if (const std::int64_t values = journal::held_back(certificate); values > 0) {
        std::cout << say("certificate_partial", {{"values", std::to_string(values)}}) << "\n";
    }
    if (!report.key_given) {
        std::cout << say("certificate_key_unproven") << "\n";
    }
    return report.valid ? 0 : 1;
}

std::map<std::string, core::Texts> words_of(const core::Json& fault) {
    std::map<std::string, core::Texts> words;
    for (const auto& member : fault.at("words").as_object()) {
        for (const auto& text : member.value().as_object()) {
            words[std::string{member.key()}].by_tag[std::string{text.key()}] =
                std::string{text.value().as_string()};
        }
    }
    return words;
}

/// What the running server finds: it is asked to verify, and waited for.
core::Json verified_by_server(Transport& transport, const std::string& as) {
    constexpr std::chrono::milliseconds kAskEvery{200};
    core::Json state = transport.json(post("/api/v1/verification", core::JsonObject{}), as);
    while (core::find_string(state, "running_since")) {
        std::this_thread::sleep_for(kAskEvery);
        state = transport.json(get("/api/v1/verification"), as);
    }
    if (const auto code = core::find_string(state, "failed")) {
        throw core::Problem{core::ProblemKind::Unavailable, *code};
    }
    return state.at("last");
}

/// The report of the running server, or one's own when none runs.
api::Verified report_of(const Arguments& arguments, const Settings& settings) {
    Transport transport{settings};
    if (House* house = transport.house()) {
        return api::verify(house->services(), kFirstOrg);
    }
    api::Verified verified;
    registers::Report& report = verified.report;
    const core::Json json = verified_by_server(transport, arguments.value("as", "system.admin"));
    const auto number = [&](std::string_view name) {
        return core::find_integer(json, name).value_or(0);
    };
    report.records = number("records");
    report.entries = number("entries");
    verified.files = number("files");
    report.own = number("own");
    report.delegated = number("delegated");
    report.paper = number("paper");
    report.backfilled = number("backfilled");
    for (const core::Json& fault : json.at("faults").as_array()) {
        core::Params params;
        for (const auto& member : fault.at("params").as_object()) {
            params[std::string{member.key()}] = std::string{member.value().as_string()};
        }
        report.faults.push_back(
            {core::find_string(fault, "code").value_or(""), std::move(params), words_of(fault)}
        );
    }
    report.faults_total = number("faults_total");
    return verified;
}

/// Without the keys the house cannot be opened: its records alone can be looked at.
api::Verified journal_report(const Settings& settings) {
    api::Verified verified;
    registers::Report& report = verified.report;
    open_store_beside(settings)->read([&](store::Reader& reader) {
        report.records =
            journal::Journal{}.verify(reader, kFirstOrg, [&](const journal::Fault& fault) {
                report.add(
                    fault.code,
                    {{"position", std::to_string(fault.position)}, {"detail", fault.detail}}
                );
            });
    });
    return verified;
}

}  // namespace

int verify_command(const Words& words) {
    const Arguments arguments{words, kVerify};
    if (const std::string file = arguments.value("certificate", ""); !file.empty()) {
        return check_certificate(file, arguments.value("key", ""));
    }
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string key = arguments.value("key", "");
    const bool keyless = !key.empty() && !std::filesystem::exists(settings.keys + "/log.key");
    api::Verified verified = keyless ? journal_report(settings) : report_of(arguments, settings);
    registers::Report& report = verified.report;
    check_presented(settings, arguments.values("checkpoint"), key, report);
    print_faults(report);
    if (keyless) {
        std::cout << say("verify_keyless", {{"keys", settings.keys}}) << "\n";
    }
    core::Params params = counts_of(report.own, report.delegated, report.paper, report.backfilled);
    params["records"] = std::to_string(report.records);
    params["entries"] = std::to_string(report.entries);
    params["files"] = std::to_string(verified.files);
    params["faults"] = std::to_string(report.faults_total);
    std::cout << say(report.faults_total == 0 ? "verify_clean" : "verify_faulty", params) << "\n";
    return report.faults_total == 0 ? 0 : 1;
}

int proof_command(const Words& words) {
    const Arguments arguments{words, kProof};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    Transport transport{settings};
    const std::string as = account_of(arguments, settings);
    const std::string& name = arguments.word(0, "register");
    const std::string& number = arguments.word(1, "number");
    const std::string base = "/api/v1/registers/" + name + "/entries/";
    const core::Json entry = transport.json(
        get(base + (core::Id::parse(number) ? number : "number:" + http::percent_encode(number))),
        as
    );
    const core::Json certificate = transport.json(
        get(base + core::find_string(entry, "id").value_or("") + "/certificate"), as
    );
    const std::string out = arguments.value("out", "");
    if (out.empty()) {
        std::cout << core::json_text(certificate) << "\n";
    } else {
        write_file(out, core::json_text(certificate) + "\n");
        std::cout << out << "\n";
    }
    return 0;
}

}  // namespace duban::app
