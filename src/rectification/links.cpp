#include "rectification/links.h"

#include <algorithm>
#include <set>
#include <utility>

#include "rectification/statements.h"

namespace duban::rectification {

namespace {

constexpr std::size_t kAtOnce = 50;  // ids in one filter

using Pair = std::pair<std::string, std::string>;  // measure, target

void add_target(
    std::vector<LinkTarget>& targets,
    const std::string& name,
    const std::vector<std::string>& keywords,
    std::string_view statement
) {
    const auto found = std::ranges::find_if(keywords, [&](const std::string& word) {
        return statement.find(word) != std::string_view::npos;
    });
    if (found != keywords.end()) {
        targets.push_back({.name = name, .word = *found});
    }
}

std::string text_field(const registers::Entry& entry, std::string_view name) {
    const auto* value = entry.fields.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

/// What was proposed of these measures before, whatever came of it.
std::set<Pair> known_links(
    store::Reader& reader,
    const registers::Listing& listing,
    const access::Actor& actor,
    const std::vector<registers::Entry>& measures
) {
    std::set<Pair> known;
    for (std::size_t at = 0; at < measures.size(); at += kAtOnce) {
        registers::ListRequest request;
        request.register_name = "statement_link";
        request.limit = registers::kPageMax;
        registers::Filter some{.field = "measure", .values = {}, .from = {}, .to = {}};
        for (std::size_t i = at; i < std::min(at + kAtOnce, measures.size()); ++i) {
            some.values.push_back(measures[i].id.text());
        }
        request.filters = {some};
        do {
            const registers::Page page = listing.page(reader, actor, request);
            for (const registers::Entry& link : page.entries) {
                known.emplace(text_field(link, "measure"), text_field(link, "target"));
            }
            request.cursor = page.next;
        } while (!request.cursor.empty());
    }
    return known;
}

}  // namespace

std::vector<LinkTarget> targets_of(const declarations::Model& model, std::string_view statement) {
    std::vector<LinkTarget> targets;
    for (const declarations::Pack& pack : model.packs()) {
        for (const declarations::Register& declared : pack.registers) {
            add_target(targets, declared.name, declared.keywords, statement);
        }
        for (const declarations::Control& control : pack.controls) {
            add_target(targets, control.name, control.keywords, statement);
        }
    }
    return targets;
}

std::vector<EnteredEntry> propose_links(
    registers::Registers& registers,
    const registers::Listing& listing,
    const access::Actor& actor,
    const core::Id& notice
) {
    std::vector<registers::Entry> measures;
    std::set<Pair> known;
    registers.store().read([&](store::Reader& reader) {
        measures.clear();
        for (Statement& one : statements(registers, listing, reader, actor, notice)) {
            if (one.register_name == "measure") {
                measures.push_back(std::move(one.entry));
            }
        }
        known = known_links(reader, listing, actor, measures);
    });
    const auto in_force = registers.adopted();
    const std::string today = registers.today(actor.org).text();
    std::vector<registers::Request> requests;
    for (const registers::Entry& measure : measures) {
        for (const LinkTarget& target :
             targets_of(in_force->model(), text_field(measure, "sentence"))) {
            if (known.contains({measure.id.text(), target.name}) ||
                requests.size() == registers::kRequestsMax) {
                continue;
            }
            registers::Request request;
            request.register_name = "statement_link";
            request.action = "open";
            request.unit = measure.unit;
            request.fields = core::JsonObject{
                {"measure", measure.id.text()},
                {"target", target.name},
                {"since", today},
                {"remark", target.word}
            };
            requests.push_back(std::move(request));
        }
    }
    std::vector<EnteredEntry> opened;
    for (registers::Applied& applied : registers.apply_all(actor, requests)) {
        opened.push_back({"statement_link", std::move(applied)});
    }
    return opened;
}

}  // namespace duban::rectification
