#include "rectification/feedback.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string_view>

#include "core/problem.h"
#include "crypto/digest.h"
#include "rectification/internal/proposal_json.h"

namespace duban::rectification {

namespace {

using reading::Document;
using reading::Heading;
using reading::Span;

constexpr std::string_view kRectification = "整改";
constexpr std::string_view kProblems = "问题";
constexpr std::array<std::string_view, 4> kTitles{"反馈", "督查意见", "检查意见", "问题清单"};
/// Parts of a feedback that hold no problem.
constexpr std::array<std::string_view, 11> kNoProblems{
    "建议",
    "要求",
    "意见",
    "评价",
    "成效",
    "成绩",
    "基本情况",
    "整改",
    "主要做法",
    "希望",
    "工作情况"
};
constexpr std::array<std::string_view, 4> kCounted{"个", "项", "条", "件"};
/// Between the number and its noun: 23个突出问题.
constexpr std::array<std::string_view, 5> kBeforeNoun{"", "具体", "突出", "主要", "方面"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kKinds{
    {{"选人用人", "cadres"},
     {"意识形态", "ideology"},
     {"巡察", "inspection"},
     {"巡视", "inspection"},
     {"审计", "audit"},
     {"督", "supervision"},
     {"信访", "petition"}}
};

template <typename Words>
bool has_any(std::string_view text, const Words& words) {
    return std::ranges::any_of(words, [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
    });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\n\r";
    const std::size_t from = text.find_first_not_of(kBlanks);
    if (from == std::string_view::npos) {
        return {};
    }
    return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

/// A marker without the sign behind it: 17. → 17.
std::string number_of(const std::string& marker) {
    constexpr std::array<std::string_view, 5> kSigns{"、", "．", ".", "：", ":"};
    std::string_view bare = marker;
    for (const std::string_view sign : kSigns) {
        if (bare.ends_with(sign)) {
            bare.remove_suffix(sign.size());
            break;
        }
    }
    return std::string{bare};
}

/// Which headings lie under problems, and which of these have none below them.
class Parts {
public:
    explicit Parts(const Document& document) : document_{document} {
        const auto names_problems = [](const Heading& heading) {
            return heading.level == 1 && heading.text.find(kProblems) != std::string::npos &&
                   !has_any(heading.text, kNoProblems);
        };
        named_ = std::ranges::any_of(document.outline, names_problems);
        for (const Heading& heading : document.outline) {
            const bool within =
                heading.parent >= 0
                    ? inside_[static_cast<std::size_t>(heading.parent)]
                    : (named_ ? names_problems(heading) : !has_any(heading.text, kNoProblems));
            inside_.push_back(within);
            leaf_.push_back(true);
            if (heading.parent >= 0) {
                leaf_[static_cast<std::size_t>(heading.parent)] = false;
            }
        }
    }

    [[nodiscard]] bool is_inside(int index) const {
        return index >= 0 && inside_[static_cast<std::size_t>(index)];
    }
    /// A part that is named after problems is none itself.
    [[nodiscard]] bool is_problem(std::size_t index) const {
        return inside_[index] && leaf_[index] && !is_part(static_cast<int>(index));
    }
    [[nodiscard]] bool is_part(int index) const {
        return named_ && document_.outline[static_cast<std::size_t>(index)].level == 1;
    }

    /// The markers from below the part down to `index`, joined.
    [[nodiscard]] std::string path(int index) const {
        std::string path;
        for (; index >= 0 && !is_part(index); index = parent(index)) {
            const std::string own = number_of(heading(index).marker);
            path = path.empty() ? own : own + "-" + path;
        }
        return path;
    }
    /// The text of `index`, unless it is the part of all problems.
    [[nodiscard]] std::string area(int index) const {
        return index < 0 || is_part(index) ? "" : heading(index).text;
    }
    [[nodiscard]] int parent(int index) const { return heading(index).parent; }

private:
    [[nodiscard]] const Heading& heading(int index) const {
        return document_.outline[static_cast<std::size_t>(index)];
    }

    const Document& document_;
    std::vector<bool> inside_;
    std::vector<bool> leaf_;
    bool named_ = false;
};

/// Where the body of the text ends: before the signature, where there is one behind `from`.
std::size_t body_end(const Document& document, std::size_t from) {
    const bool signed_below = document.issuer && document.issuer->span.begin > from;
    return signed_below ? document.issuer->span.begin : document.text.size();
}

ProposedProblem problem_of_heading(
    const Document& document, const Parts& parts, std::size_t index
) {
    const Heading& heading = document.outline[index];
    const bool last = index + 1 == document.outline.size();
    const std::size_t end =
        last ? body_end(document, heading.span.end) : document.outline[index + 1].span.begin;
    const std::size_t begin = heading.span.begin;
    std::string_view words = trimmed(std::string_view{document.text}.substr(begin, end - begin));
    const Span span{begin, begin + words.size()};
    if (words.starts_with(heading.marker)) {
        words = trimmed(words.substr(heading.marker.size()));
    } else if (const auto at = words.find(heading.text); at != std::string_view::npos) {
        words.remove_prefix(at);
    }
    return {
        .own_no = parts.path(static_cast<int>(index)),
        .area = parts.area(heading.parent),
        .gist = heading_of(heading.text),
        .words = std::string{words},
        .span = span
    };
}

std::vector<ProposedProblem> by_heading(const Document& document, const Parts& parts) {
    std::vector<ProposedProblem> problems;
    std::set<std::string> markers;
    for (std::size_t i = 0; i < document.outline.size(); ++i) {
        if (parts.is_problem(i)) {
            problems.push_back(problem_of_heading(document, parts, i));
            markers.insert(document.outline[i].marker);
        }
    }
    if (markers.size() == problems.size()) {  // numbered through: the last marker alone names it
        for (ProposedProblem& problem : problems) {
            problem.own_no.erase(0, problem.own_no.rfind('-') + 1);
        }
    }
    return problems;
}

std::vector<ProposedProblem> by_statement(const Document& document, const Parts& parts) {
    std::vector<ProposedProblem> problems;
    for (const reading::Statement& statement : document.measures) {
        if (parts.is_inside(statement.parent)) {
            const std::string above = parts.path(statement.parent);
            problems.push_back(
                {.own_no = above.empty() ? statement.marker : above + "-" + statement.marker,
                 .area = parts.area(statement.parent),
                 .gist = heading_of(statement.text),
                 .words = statement.text,
                 .span = statement.span}
            );
        }
    }
    return problems;
}

/// 23个问题: the first such count that is a whole number and stands before the first problem.
std::optional<std::int64_t> stated_count(
    const Document& document, const std::vector<ProposedProblem>& problems
) {
    const std::size_t until = problems.empty() ? document.text.size() : problems.front().span.begin;
    for (const reading::Quantity& quantity : document.quantities) {
        if (quantity.place.span.begin > until || quantity.approximate || quantity.ordinal ||
            std::ranges::find(kCounted, quantity.unit) == kCounted.end()) {
            continue;
        }
        const std::string_view behind =
            std::string_view{document.text}.substr(quantity.place.span.end);
        const bool of_problems = std::ranges::any_of(kBeforeNoun, [&](std::string_view word) {
            return behind.starts_with(word) && behind.substr(word.size()).starts_with(kProblems);
        });
        std::int64_t value = 0;
        const char* end = quantity.value.data() + quantity.value.size();
        if (of_problems && std::from_chars(quantity.value.data(), end, value).ptr == end) {
            return value;
        }
    }
    return std::nullopt;
}

core::Json kind_of_source(const std::string& title) {
    for (const auto& [word, kind] : kKinds) {
        if (title.find(word) != std::string::npos) {
            return core::Json(kind);
        }
    }
    return nullptr;
}

core::Json count_json(const std::optional<std::int64_t>& count) {
    return count ? core::Json(*count) : core::Json(nullptr);
}

core::JsonObject fields_of(const ProposedProblem& problem, const core::Id& inspection) {
    return {
        {"inspection", inspection.text()},
        {"own_no", text_or_null(problem.own_no)},
        {"area", text_or_null(problem.area)},
        {"gist", problem.gist},
        {"words", problem.words},
        {"span_from", static_cast<std::int64_t>(problem.span.begin)},
        {"span_to", static_cast<std::int64_t>(problem.span.end)}
    };
}

}  // namespace

bool is_feedback(const Document& document) {
    const std::string title = text_of(document.title);
    return title.find(kRectification) == std::string::npos && has_any(title, kTitles);
}

Feedback propose_feedback(const Document& document) {
    const Parts parts{document};
    std::vector<ProposedProblem> problems;
    if (is_feedback(document)) {
        problems = by_heading(document, parts);
    }
    const std::optional<std::int64_t> stated = stated_count(document, problems);
    const std::string title = text_of(document.title);
    const std::string body = text_of(document.inspection.body);
    Feedback feedback{
        .inspection =
            {{"heading", title},
             {"kind", kind_of_source(title)},
             {"body", text_or_null(body.empty() ? text_of(document.issuer) : body)},
             {"feedback_on",
              text_or_null(document.inspection.feedback.value_or(document.date.value_or("")))},
             {"fed_back", count_json(stated)}},
        .text_sha256 = crypto::sha256(document.text).hex(),
        .stated = stated,
        .problems = std::move(problems)
    };
    if (is_feedback(document) && stated &&
        static_cast<std::int64_t>(feedback.problems.size()) != *stated) {
        std::vector<ProposedProblem> finer = by_statement(document, parts);
        if (static_cast<std::int64_t>(finer.size()) == *stated) {
            feedback.problems = std::move(finer);
        }
    }
    return feedback;
}

core::Json to_json(const Feedback& feedback) {
    core::JsonArray problems;
    for (const ProposedProblem& problem : feedback.problems) {
        problems.push_back(core::JsonObject{
            {"own_no", text_or_null(problem.own_no)},
            {"area", text_or_null(problem.area)},
            {"gist", problem.gist},
            {"words", problem.words},
            {"span", span_json(problem.span)}
        });
    }
    return core::JsonObject{
        {"kind", "feedback"},
        {"text_sha256", feedback.text_sha256},
        {"stated", count_json(feedback.stated)},
        {"inspection", feedback.inspection},
        {"problems", std::move(problems)}
    };
}

Feedback feedback_from_json(const core::Json& json) {
    const core::Json* inspection = core::find_member(json, "inspection");
    if (member(json, "text_sha256").size() != 64 || inspection == nullptr ||
        !inspection->is_object()) {
        refuse_proposal();
    }
    Feedback feedback{
        .inspection = inspection->get_object(),
        .text_sha256 = member(json, "text_sha256"),
        .stated = core::find_integer(json, "stated"),
        .problems = {}
    };
    for (const core::Json& one : list_of(json, "problems")) {
        feedback.problems.push_back(
            {.own_no = member(one, "own_no"),
             .area = member(one, "area"),
             .gist = member(one, "gist"),
             .words = member(one, "words"),
             .span = span_of(one)}
        );
    }
    return feedback;
}

std::vector<EnteredEntry> confirm_feedback(
    registers::Registers& registers,
    const access::Actor& actor,
    const Feedback& feedback,
    const core::Id& unit
) {
    if (feedback.problems.empty()) {
        throw core::Problem{core::ProblemKind::Rejected, "feedback.empty"};
    }
    const std::string key = "feedback-" + feedback.text_sha256.substr(0, 24) + "-";
    registers::Request opening;
    opening.register_name = "inspection";
    opening.action = "open";
    opening.unit = unit;
    opening.fields = feedback.inspection;
    opening.idempotency_key = key + "0";
    std::vector<EnteredEntry> entered{{"inspection", registers.apply(actor, opening)}};
    std::vector<registers::Request> requests;
    for (const ProposedProblem& problem : feedback.problems) {
        registers::Request request;
        request.register_name = "source_finding";
        request.action = "open";
        request.unit = unit;
        request.fields = fields_of(problem, entered.front().applied.entry);
        request.idempotency_key = key + std::to_string(requests.size() + 1);
        requests.push_back(std::move(request));
    }
    for (registers::Applied& applied : registers.apply_all(actor, requests)) {
        entered.push_back({"source_finding", std::move(applied)});
    }
    return entered;
}

}  // namespace duban::rectification
