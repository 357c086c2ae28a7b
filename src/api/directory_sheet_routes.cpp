// Units, people, posts and accounts by a sheet: looked at first, written all or not at all.

#include <algorithm>
#include <map>
#include <set>

#include "api/administration.h"
#include "api/routes.h"
#include "api/routing.h"
#include "core/problem.h"
#include "exchange/directory_sheet.h"

namespace duban::api {

namespace {

using core::Problem;
using core::ProblemKind;
using exchange::DirectoryTable;
using exchange::DirectoryWords;
using http::PathParams;
using http::Request;
using http::Response;

constexpr std::uint64_t kDirectorySheetBytesMax = 2UL * 1024 * 1024;

/// The words that a sentence lists between bars, the first of the asker's language in front.
class WordLists {
public:
    WordLists(const Services& services, const std::string& language)
        : services_{services}, tags_{language} {
        for (const std::string& tag : services.sentences.languages()) {
            tags_.push_back(tag);
        }
    }

    [[nodiscard]] std::vector<std::string> of(const std::string& code) const {
        std::vector<std::string> out;
        for (const std::string& tag : tags_) {
            const std::string text = services_.sentences.sentence(code, {}, tag);
            for (std::size_t at = 0; at <= text.size();) {
                const std::size_t end = std::min(text.find('|', at), text.size());
                out.push_back(text.substr(at, end - at));
                at = end + 1;
            }
        }
        return out;
    }

private:
    const Services& services_;
    std::vector<std::string> tags_;
};

DirectoryWords words_of(const Services& services, const Asker& asker, DirectoryTable table) {
    const WordLists lists{services, asker.language};
    DirectoryWords words;
    for (const std::string& key : exchange::columns_of(table)) {
        const bool of_unit = table == DirectoryTable::Units && key == "name";
        words.columns[key] = lists.of("directory_" + (of_unit ? "unit_name" : key));
    }
    for (const char* kind : {"root", "office", "department", "district", "school", "other"}) {
        words.kinds[kind] = lists.of(std::string{"directory_kind_"} + kind);
    }
    for (const std::string& tag : services.sentences.languages()) {
        words.languages[tag] = lists.of("directory_language_" + tag);
    }
    const auto adopted = services.registers.adopted();
    for (const declarations::Pack& pack : adopted->model().packs()) {
        for (const declarations::RoleTitle& role : pack.roles) {
            for (const auto& [tag, title] : role.title.by_tag) {
                words.roles[role.name].push_back(title);
            }
        }
    }
    words.yes = lists.of("page_yes");
    words.no = lists.of("page_no");
    return words;
}

/// A sheet on its way in: what the request says, and who sends it.
struct Incoming {
    Asker asker;
    exchange::Csv csv;
    DirectoryWords words;
    bool check = true;
};

Incoming incoming_of(
    const Services& services, const Request& request, DirectoryTable table, std::size_t rows_max
) {
    Incoming in{.asker = ask(services, request), .csv = {}, .words = {}};
    if (!in.asker.actor.has_role(access::kSystemAdmin)) {
        throw Problem{ProblemKind::Forbidden, "administration.not_system_admin"};
    }
    const std::string type{request.headers.find("Content-Type").value_or("")};
    if (!type.starts_with("text/csv")) {
        throw Problem{ProblemKind::Invalid, "request.content_type", {{"expected", "text/csv"}}};
    }
    in.csv = exchange::read_csv(request.body, rows_max);
    in.words = words_of(services, in.asker, table);
    in.check = request.query.find("check").value_or("") != "false";
    return in;
}

exchange::StandingDirectory standing_of(const Services& services, const Incoming& in) {
    return {
        .directory = *in.asker.actor.directory,
        .today = calendar::Date::parse(in.asker.on).value_or(calendar::Date{}),
        .make_id = [&services] { return services.access.make_id(); }
    };
}

/// What is wrong, a document for each faulty line, as of a register's sheet; the whole sheet's has
/// no line.
core::JsonArray refused_json(
    const Services& services, const Incoming& in, const std::vector<exchange::LineFault>& faults
) {
    core::JsonArray out;
    for (std::size_t at = 0; at < faults.size();) {
        const std::optional<std::size_t> row = faults[at].row;
        Problem problem{ProblemKind::Invalid, "csv.row_refused"};
        for (; at < faults.size() && faults[at].row == row; ++at) {
            problem.errors.push_back(faults[at].error);
        }
        core::JsonObject json = http::problem_json(
            problem,
            {.sentences = services.sentences,
             .language = in.asker.language,
             .instance = {},
             .status = {}}
        );
        if (row) {
            json["row"] = *row + 1;
            json["line"] = in.csv.rows[*row].line;
        }
        out.emplace_back(std::move(json));
    }
    return out;
}

core::JsonArray texts_of(const std::vector<std::string>& texts) {
    core::JsonArray out;
    for (const std::string& text : texts) {
        out.emplace_back(text);
    }
    return out;
}

template <typename Row>
core::JsonObject answer_of(
    const Services& services, const Incoming& in, const exchange::DirectorySheet<Row>& sheet
) {
    std::set<std::size_t> faulty;
    for (const exchange::LineFault& fault : sheet.faults) {
        faulty.insert(fault.row.value_or(sheet.lines.size()));
    }
    core::JsonArray lines;
    std::map<exchange::Does, std::size_t> counts;
    for (std::size_t at = 0; at < sheet.lines.size(); ++at) {
        const auto& line = sheet.lines[at];
        counts[line.does] += faulty.contains(at) ? 0U : 1U;
        lines.push_back(core::JsonObject{
            {"line", in.csv.rows[at].line},
            {"does", exchange::text_of(line.does)},
            {"changed", texts_of(line.changed)},
            {"cells", texts_of(in.csv.rows[at].cells)}
        });
    }
    core::JsonObject columns;
    for (const auto& [key, called] : in.words.columns) {
        columns[key] = called.front();
    }
    return {
        {"head", texts_of(in.csv.head)},
        {"keys", texts_of(sheet.keys)},
        {"columns", std::move(columns)},
        {"lines", std::move(lines)},
        {"added", counts[exchange::Does::Add]},
        {"changed", counts[exchange::Does::Change]},
        {"waiting", counts[exchange::Does::Waits]},
        {"unchanged", counts[exchange::Does::Nothing]},
        {"refused", refused_json(services, in, sheet.faults)}
    };
}

/// All or nothing: every fault is in the answer that refuses.
template <typename Row>
void refuse_faulty(const Incoming& in, const exchange::DirectorySheet<Row>& sheet) {
    if (sheet.faults.empty()) {
        return;
    }
    std::set<std::size_t> rows;
    Problem problem{ProblemKind::Rejected, "csv.rows_refused"};
    for (const exchange::LineFault& fault : sheet.faults) {
        core::FieldError error = fault.error;
        if (fault.row) {
            rows.insert(*fault.row);
            error.pointer =
                "/lines/" + std::to_string(in.csv.rows[*fault.row].line) + error.pointer;
        }
        problem.errors.push_back(std::move(error));
    }
    problem.params["refused"] = std::to_string(rows.size());
    throw problem;
}

/// Units and people: by the system administrator at once, by the same actions as one by one.
template <typename Row>
Response write_sheet(
    const Services& services, const Incoming& in, const exchange::DirectorySheet<Row>& sheet
) {
    if (!in.check) {
        refuse_faulty(in, sheet);
        services.access.put(author_of(in.asker), sheet.rows());
    }
    return http::json_response(200, answer_of(services, in, sheet));
}

Response units_sheet(const Services& services, const Request& request, const PathParams&) {
    const Incoming in =
        incoming_of(services, request, DirectoryTable::Units, access::Access::kRowsPerJob);
    return write_sheet(
        services, in, exchange::read_units(in.csv, in.words, standing_of(services, in))
    );
}

Response people_sheet(const Services& services, const Request& request, const PathParams&) {
    const Incoming in =
        incoming_of(services, request, DirectoryTable::People, access::Access::kRowsPerJob);
    return write_sheet(
        services, in, exchange::read_people(in.csv, in.words, standing_of(services, in))
    );
}

/// Rows of posts that were proposed and wait.
std::vector<access::Post> waiting_posts(const Services& services, core::OrgId org) {
    std::vector<access::Post> out;
    for (const access::Proposal& proposal :
         services.proposals.list(org, access::ProposalState::Open)) {
        if (proposal.kind == "post") {
            for (access::Post& post : access::posts_of_payload(proposal.payload)) {
                out.push_back(std::move(post));
            }
        }
    }
    return out;
}

/// One proposal for all of them, which the security administrator approves.
Response posts_sheet(const Services& services, const Request& request, const PathParams&) {
    const Incoming in =
        incoming_of(services, request, DirectoryTable::Posts, access::Access::kRowsPerJob);
    const exchange::PostSheet sheet = exchange::read_posts(
        in.csv, in.words, standing_of(services, in), waiting_posts(services, in.asker.actor.org)
    );
    core::JsonObject answer = answer_of(services, in, sheet);
    answer["proposal"] = nullptr;
    if (!in.check) {
        refuse_faulty(in, sheet);
        if (const std::vector<access::Post> rows = sheet.rows(); !rows.empty()) {
            answer["proposal"] =
                services.proposals.propose(in.asker.actor, rows_draft(in.asker, "post", rows))
                    .text();
        }
    }
    return http::json_response(200, std::move(answer));
}

/// Accounts with their one-time passwords, shown this once.
Response accounts_sheet(const Services& services, const Request& request, const PathParams&) {
    const Incoming in =
        incoming_of(services, request, DirectoryTable::Accounts, access::kAccountsMax);
    const exchange::AccountSheet sheet = exchange::read_accounts(
        in.csv, in.words, standing_of(services, in), services.accounts.accounts(in.asker.actor.org)
    );
    core::JsonArray made;
    if (!in.check) {
        refuse_faulty(in, sheet);
        const std::vector<access::NewAccount> wanted = sheet.rows();
        const auto created = services.accounts.create(author_of(in.asker), wanted);
        for (std::size_t at = 0; at < created.size(); ++at) {
            const auto* const person = in.asker.actor.directory->find_person(wanted[at].person);
            made.push_back(core::JsonObject{
                {"id", created[at].account.text()},
                {"person", person->name},
                {"name", wanted[at].name},
                {"password", created[at].password}
            });
        }
    }
    core::JsonObject answer = answer_of(services, in, sheet);
    answer["accounts"] = std::move(made);
    return http::json_response(200, std::move(answer));
}

}  // namespace

void add_directory_sheet_routes(http::Router& router, const Services& services) {
    const Routing route{router, services};
    const auto add = [&](std::string_view pattern, Routing::Endpoint endpoint) {
        route(
            http::Method::Post,
            pattern,
            endpoint,
            {.bytes_max = kDirectorySheetBytesMax, .code = "csv.too_large"}
        );
    };
    add("/api/v1/directory/units/sheet", units_sheet);
    add("/api/v1/directory/people/sheet", people_sheet);
    add("/api/v1/directory/posts/sheet", posts_sheet);
    add("/api/v1/accounts/sheet", accounts_sheet);
}

}  // namespace duban::api
