#include <algorithm>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/demo.h"
#include "app/locales.h"
#include "core/problem.h"
#include "rectification/notice.h"

namespace duban::app {

namespace {

const Known kKnown{
    .with_value = {"data", "as", "decision", "unit", "out"}, .alone = {"yes", "json"}
};

void print_proposal(const rectification::Proposal& proposal) {
    std::size_t measures = 0;
    std::string area;
    for (const rectification::ProposedItem& item : proposal.items) {
        if (item.area != area) {
            area = item.area;
            std::cout << "\n" << area << "\n";
        }
        std::cout << "  " << item.marker << item.heading << "\n";
        for (const rectification::ProposedMeasure& measure : item.measures) {
            std::cout << "      " << measure.marker << measure.heading << "  ["
                      << measure.span.begin << ", " << measure.span.end << ")\n";
        }
        measures += item.measures.size();
    }
    std::cout << "\n"
              << sentences().sentence(
                     "import_counts",
                     {{"parts", std::to_string(proposal.parts)},
                      {"items", std::to_string(proposal.items.size())},
                      {"measures", std::to_string(measures)},
                      {"others", std::to_string(proposal.others.size())}},
                     terminal_language()
                 )
              << "\n";
}

bool is_confirmed(const Arguments& arguments) {
    if (arguments.has("yes")) {
        return true;
    }
    std::cout << sentences().sentence("import_confirm", {}, terminal_language()) << " "
              << std::flush;
    std::string line;
    std::getline(std::cin, line);
    return line == "y" || line == "yes";
}

core::Id id_option(const Arguments& arguments, const std::string& option) {
    const auto id = core::Id::parse(arguments.value(option, ""));
    if (!id) {
        throw core::Problem{
            core::ProblemKind::Invalid, "command.value_missing", {{"option", "--" + option}}
        };
    }
    return *id;
}

}  // namespace

/// Proposes first; enters only what a person confirms, under a decision of backfill (P08, E39).
int import_command(const Words& words) {
    if (std::ranges::find(words, "--register") != words.end()) {
        return import_sheet_command(words);
    }
    const Arguments arguments{words, kKnown};
    const std::string& file = arguments.word(0, "file");
    const std::string bytes = read_file(file);
    const auto kept = file.ends_with(".json") ? core::find_json(bytes) : std::nullopt;
    rectification::Proposal proposal;
    if (kept) {
        proposal = rectification::from_json(*kept);
    } else {
        const reading::Document document = reading::read(bytes);
        if (document.is_marked_secret()) {
            throw core::Problem{core::ProblemKind::Rejected, "file.marked_secret"};
        }
        proposal = rectification::propose(document);
    }
    if (arguments.has("json")) {
        std::cout << core::json_text(rectification::to_json(proposal)) << "\n";
        return 0;
    }
    print_proposal(proposal);
    if (arguments.value("decision", "").empty()) {
        return 0;  // only shown: nothing is entered without a decision
    }
    if (!is_confirmed(arguments)) {
        return 1;
    }
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string token_file =
        settings.path("tokens/" + arguments.value("as", default_account()));
    House house{settings};
    std::string token = read_file(token_file);
    token.erase(token.find_last_not_of('\n') + 1);
    const auto session = house.services().accounts.find_session(token);
    if (!session) {
        throw core::Problem{core::ProblemKind::Unauthenticated, "session.none"};
    }
    access::Actor actor =
        house.services().accounts.actor(*session, house.services().registers.today(session->org));
    actor.account = session->account;
    const auto entered = rectification::confirm(
        house.services().registers,
        actor,
        proposal,
        {.decision = id_option(arguments, "decision"),
         .claimed_on = proposal.date,
         .paper = proposal.title,
         .unit = id_option(arguments, "unit"),
         .unit_of = {}}
    );
    house.catch_up();
    std::cout << sentences().sentence(
                     "import_done",
                     {{"items", std::to_string(entered.items)},
                      {"measures", std::to_string(entered.measures)}},
                     terminal_language()
                 )
              << "\n";
    return 0;
}

}  // namespace duban::app
