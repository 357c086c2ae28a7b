#include "rectification/notice.h"

#include <algorithm>

#include "core/problem.h"
#include "crypto/digest.h"
#include "rectification/internal/proposal_json.h"

namespace duban::rectification {

namespace {

using reading::Document;
using reading::Heading;

ProposedMeasure measure_of(const reading::Statement& statement) {
    return {
        .marker = statement.marker,
        .heading = heading_of(statement.text),
        .sentence = statement.text,
        .span = statement.span
    };
}

/// The heading of `level` above `index`, or its own text.
std::string above(const Document& document, int index, int level) {
    while (index >= 0) {
        const Heading& heading = document.outline[static_cast<std::size_t>(index)];
        if (heading.level == level) {
            return heading.text;
        }
        index = heading.parent;
    }
    return {};
}

/// The deepest level at which headings have measures: there stand the items.
int item_level(const Document& document) {
    int level = 0;
    for (const reading::Statement& statement : document.measures) {
        if (statement.parent >= 0) {
            level =
                std::max(level, document.outline[static_cast<std::size_t>(statement.parent)].level);
        }
    }
    return level;
}

core::JsonObject measure_json(const ProposedMeasure& measure) {
    return {
        {"marker", measure.marker},
        {"heading", measure.heading},
        {"sentence", measure.sentence},
        {"span", span_json(measure.span)}
    };
}

std::vector<ProposedMeasure> measures_of(const core::Json& json, std::string_view name) {
    std::vector<ProposedMeasure> out;
    for (const core::Json& one : list_of(json, name)) {
        out.push_back(
            {.marker = member(one, "marker"),
             .heading = member(one, "heading"),
             .sentence = member(one, "sentence"),
             .span = span_of(one)}
        );
    }
    return out;
}

/// Enters one entry after the other, all as backfill under one decision.
class Entering {
public:
    Entering(
        registers::Registers& registers,
        const access::Actor& actor,
        const Proposal& proposal,
        const Confirmation& confirmation
    )
        : registers_{registers}, actor_{actor}, proposal_{proposal}, confirmation_{confirmation} {}

    EnteredEntry enter(
        const std::string& register_name,
        const std::string& state,
        const core::Id& unit,
        core::JsonObject fields
    ) {
        registers::Request request;
        request.register_name = register_name;
        request.action = "backfill";
        request.unit = unit;
        request.fields = std::move(fields);
        request.backfill = registers::Backfill{
            .decision = confirmation_.decision,
            .state = state,
            .claimed_on = confirmation_.claimed_on,
            .paper = confirmation_.paper
        };
        request.idempotency_key =
            "notice-" + proposal_.text_sha256.substr(0, 24) + "-" + std::to_string(sequence_++);
        return {register_name, registers_.apply(actor_, request)};
    }

private:
    registers::Registers& registers_;
    const access::Actor& actor_;
    const Proposal& proposal_;
    const Confirmation& confirmation_;
    int sequence_ = 0;
};

core::JsonObject notice_fields(const Proposal& proposal) {
    return {
        {"heading", proposal.title},
        {"issuer", text_or_null(proposal.issuer)},
        {"source", text_or_null(proposal.source)},
        {"dated_on", text_or_null(proposal.date)},
        {"window_from", text_or_null(proposal.window_from)},
        {"window_to", text_or_null(proposal.window_to)},
        {"inspecting_body", text_or_null(proposal.inspecting_body)},
        {"feedback_on", text_or_null(proposal.feedback_on)},
        {"text_sha256", proposal.text_sha256},
        {"paper", text_or_null(proposal.paper)}
    };
}

}  // namespace

Proposal propose(const Document& document) {
    Proposal proposal{
        .title = text_of(document.title),
        .issuer = text_of(document.issuer),
        .source = text_of(document.source),
        .date = document.date.value_or(""),
        .window_from = document.window ? document.window->from : "",
        .window_to = document.window ? document.window->to : "",
        .inspecting_body = text_of(document.inspection.body),
        .feedback_on = document.inspection.feedback.value_or(""),
        .text_sha256 = crypto::sha256(document.text).hex(),
        .paper = {},
        .items = {},
        .parts = 0,
        .others = {}
    };
    const int level = item_level(document);
    for (std::size_t i = 0; i < document.outline.size(); ++i) {
        const Heading& heading = document.outline[i];
        proposal.parts += heading.level == 1 ? 1 : 0;
        if (heading.level != level) {
            continue;
        }
        ProposedItem item{
            .part = level > 1 ? above(document, static_cast<int>(i), 1) : "",
            .area = level > 2 ? above(document, static_cast<int>(i), 2) : "",
            .marker = heading.marker,
            .heading = heading.text,
            .span = heading.span,
            .measures = {}
        };
        for (const reading::Statement& statement : document.measures) {
            if (statement.parent == static_cast<int>(i)) {
                item.measures.push_back(measure_of(statement));
            }
        }
        if (!item.measures.empty()) {
            proposal.items.push_back(std::move(item));
        }
    }
    for (const reading::Statement& statement : document.measures) {
        const bool in_item =
            statement.parent >= 0 &&
            document.outline[static_cast<std::size_t>(statement.parent)].level == level;
        if (!in_item) {
            proposal.others.push_back(measure_of(statement));
        }
    }
    return proposal;
}

core::Json to_json(const Proposal& proposal) {
    core::JsonArray items;
    for (const ProposedItem& item : proposal.items) {
        core::JsonArray measures;
        for (const ProposedMeasure& measure : item.measures) {
            measures.push_back(measure_json(measure));
        }
        items.push_back(core::JsonObject{
            {"part", item.part},
            {"area", item.area},
            {"marker", item.marker},
            {"heading", item.heading},
            {"span", span_json(item.span)},
            {"measures", std::move(measures)}
        });
    }
    core::JsonArray others;
    for (const ProposedMeasure& measure : proposal.others) {
        others.push_back(measure_json(measure));
    }
    core::JsonObject json = notice_fields(proposal);
    json["kind"] = "notice";
    json["parts"] = static_cast<std::int64_t>(proposal.parts);
    json["items"] = std::move(items);
    json["others"] = std::move(others);
    return json;
}

Proposal from_json(const core::Json& json) {
    if (member(json, "text_sha256").size() != 64) {
        refuse_proposal();
    }
    Proposal proposal{
        .title = member(json, "heading"),
        .issuer = member(json, "issuer"),
        .source = member(json, "source"),
        .date = member(json, "dated_on"),
        .window_from = member(json, "window_from"),
        .window_to = member(json, "window_to"),
        .inspecting_body = member(json, "inspecting_body"),
        .feedback_on = member(json, "feedback_on"),
        .text_sha256 = member(json, "text_sha256"),
        .paper = member(json, "paper"),
        .items = {},
        .parts = static_cast<std::size_t>(core::find_integer(json, "parts").value_or(0)),
        .others = measures_of(json, "others")
    };
    for (const core::Json& one : list_of(json, "items")) {
        proposal.items.push_back(
            {.part = member(one, "part"),
             .area = member(one, "area"),
             .marker = member(one, "marker"),
             .heading = member(one, "heading"),
             .span = span_of(one),
             .measures = measures_of(one, "measures")}
        );
    }
    return proposal;
}

Confirmed confirm(
    registers::Registers& registers,
    const access::Actor& actor,
    const Proposal& proposal,
    const Confirmation& confirmation
) {
    if (proposal.items.empty()) {
        throw core::Problem{core::ProblemKind::Rejected, "notice.empty"};
    }
    Entering entering{registers, actor, proposal, confirmation};
    Confirmed done;
    done.entries.push_back(
        entering.enter("notice", "kept", confirmation.unit, notice_fields(proposal))
    );
    done.notice = done.entries.front().applied.entry;
    for (const ProposedItem& item : proposal.items) {
        const core::Id wish = confirmation.unit_of ? confirmation.unit_of(item) : core::Id{};
        const core::Id unit = wish.is_nil() ? confirmation.unit : wish;
        const EnteredEntry entered = entering.enter(
            "item",
            "published_unmarked",
            unit,
            {{"notice", done.notice.text()},
             {"part", text_or_null(item.part)},
             {"area", text_or_null(item.area)},
             {"marker", text_or_null(item.marker)},
             {"heading", item.heading},
             {"span_from", static_cast<std::int64_t>(item.span.begin)},
             {"span_to", static_cast<std::int64_t>(item.span.end)}}
        );
        done.entries.push_back(entered);
        ++done.items;
        for (const ProposedMeasure& measure : item.measures) {
            done.entries.push_back(entering.enter(
                "measure",
                "published_unmarked",
                unit,
                {{"item", entered.applied.entry.text()},
                 {"marker", text_or_null(measure.marker)},
                 {"heading", measure.heading},
                 {"sentence", measure.sentence},
                 {"span_from", static_cast<std::int64_t>(measure.span.begin)},
                 {"span_to", static_cast<std::int64_t>(measure.span.end)}}
            ));
            ++done.measures;
        }
    }
    return done;
}

}  // namespace duban::rectification
