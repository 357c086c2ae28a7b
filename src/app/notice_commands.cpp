#include <algorithm>
#include <iostream>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/locales.h"
#include "app/naming.h"
#include "app/transport.h"
#include "core/problem.h"
#include "http/target.h"
#include "rectification/reading_in.h"

namespace duban::app {

namespace {

const Known kNoticeOptions{
    .with_value = {"data", "as", "decision", "unit", "out"}, .alone = {"yes", "json"}, .words = 1
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

void print_feedback(const rectification::Feedback& feedback) {
    std::string area;
    for (const rectification::ProposedProblem& problem : feedback.problems) {
        if (problem.area != area) {
            area = problem.area;
            std::cout << "\n" << area << "\n";
        }
        std::cout << "  " << problem.own_no << "  " << problem.gist << "  [" << problem.span.begin
                  << ", " << problem.span.end << ")\n";
    }
    std::cout << "\n"
              << sentences().sentence(
                     "import_problems",
                     {{"problems", std::to_string(feedback.problems.size())},
                      {"stated", feedback.stated ? std::to_string(*feedback.stated) : "?"}},
                     terminal_language()
                 )
              << "\n";
}

/// What was read, or what a person made of it.
core::Json load_proposal(const std::string& file) {
    const std::string bytes = read_file(file);
    if (const auto kept = file.ends_with(".json") ? core::find_json(bytes) : std::nullopt) {
        return *kept;
    }
    return rectification::propose_document(reading::read(bytes));
}

/// What would be entered. A document in which there is nothing to enter is refused, as by the
/// house.
void print(const core::Json& proposal) {
    if (core::find_string(proposal, "kind") == "feedback") {
        const rectification::Feedback feedback = rectification::feedback_from_json(proposal);
        print_feedback(feedback);
        if (feedback.problems.empty()) {
            throw core::Problem{core::ProblemKind::Rejected, "feedback.empty"};
        }
        return;
    }
    const rectification::Proposal notice = rectification::from_json(proposal);
    print_proposal(notice);
    if (notice.items.empty()) {
        throw core::Problem{core::ProblemKind::Rejected, "notice.empty"};
    }
}

/// The notice that `words` name by number or id; else all that are kept.
core::JsonArray notices(Transport& transport, const std::string& as, const Words& words) {
    const std::string entries = std::string{"/api/v1/registers/"} + "notice/entries";
    if (words.empty()) {
        return transport.json(get(entries, "state=kept&limit=200"), as).at("entries").as_array();
    }
    const std::string& name = words.front();
    const std::string id = core::Id::parse(name) ? name : "number:" + http::percent_encode(name);
    return {transport.json(get(entries + "/" + id), as)};
}

}  // namespace

/// Proposes first; enters only what a person confirms (P08, P17, E39): a notice under a decision of
/// backfill, a feedback by its own actions.
int import_command(const Words& words) {
    if (std::ranges::find(words, "--register") != words.end()) {
        return import_sheet_command(words);
    }
    const Arguments arguments{words, kNoticeOptions};
    const core::Json proposal = load_proposal(arguments.word(0, "file"));
    if (arguments.has("json")) {
        std::cout << core::json_text(proposal) << "\n";
        return 0;
    }
    print(proposal);
    const std::string decision = arguments.value("decision", "");
    const std::string unit = arguments.value("unit", "");
    if (decision.empty() && unit.empty() && !arguments.has("yes")) {
        return 0;  // only shown: nothing is entered unasked
    }
    if (!is_confirmed(arguments)) {
        return 1;
    }
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string as = account_of(arguments, settings);
    Transport transport{settings};
    const core::Json answer = transport.json(
        post(
            "/api/v1/readings/entries",
            core::JsonObject{
                {"proposal", proposal},
                {"unit",
                 unit.empty() ? core::Json(nullptr) : core::Json(Naming{transport, as}.unit(unit))},
                {"decision", decision.empty() ? core::Json(nullptr) : core::Json(decision)}
            }
        ),
        as
    );
    std::cout << sentences().sentence(
                     "import_entered",
                     {{"entries", std::to_string(answer.at("entries").as_array().size())}},
                     terminal_language()
                 )
              << "\n";
    return 0;
}

/// Proposes which register or control shows that the statements of a notice hold (E39); of every
/// notice that is kept where none is named, for one that came in as backfill has no number.
int link_command(const Words& words) {
    const Arguments arguments{words, kNoticeOptions};
    const Settings settings = load_settings(arguments.value("data", default_data()));
    const std::string as = account_of(arguments, settings);
    Transport transport{settings};
    std::size_t links = 0;
    for (const core::Json& notice : notices(transport, as, arguments.words())) {
        const core::Json answer = transport.json(
            post("/api/v1/readings/links", core::JsonObject{{"notice", notice.at("id")}}), as
        );
        links += answer.at("entries").as_array().size();
    }
    std::cout << sentences().sentence(
                     "link_proposed", {{"links", std::to_string(links)}}, terminal_language()
                 )
              << "\n";
    return 0;
}

}  // namespace duban::app
