#include "rectification/statements.h"

#include <algorithm>

#include "core/problem.h"

namespace duban::rectification {

namespace {

constexpr std::size_t kValuesMax = 64;  // of one filter of a list

/// The statement lists of a document, page after page.
class StatementGathering {
public:
    StatementGathering(
        const registers::Listing& listing, store::Reader& reader, const access::Actor& actor
    )
        : listing_{listing}, reader_{reader}, actor_{actor} {}

    void take(
        const std::string& name, const std::string& field, const std::vector<std::string>& values
    ) {
        registers::ListRequest wish;
        wish.register_name = name;
        wish.filters = {{.field = field, .values = values, .from = {}, .to = {}}};
        wish.limit = registers::kPageMax;
        do {
            registers::Page page = listing_.page(reader_, actor_, wish);
            for (registers::Entry& entry : page.entries) {
                found.push_back({.register_name = name, .entry = std::move(entry)});
            }
            wish.cursor = page.next;
        } while (!wish.cursor.empty() && found.size() < kStatementsMax);
    }

    std::vector<Statement> found;

private:
    const registers::Listing& listing_;
    store::Reader& reader_;
    const access::Actor& actor_;
};

std::int64_t place_of(const Statement& statement) {
    const auto at = statement.entry.fields.find("span_from");
    return at != statement.entry.fields.end() && at->value().is_int64() ? at->value().get_int64()
                                                                        : -1;
}

}  // namespace

std::vector<Statement> statements(
    const registers::Registers& registers,
    const registers::Listing& listing,
    store::Reader& reader,
    const access::Actor& actor,
    const core::Id& document
) {
    StatementGathering gathering{listing, reader, actor};
    if (registers.find_entry(reader, actor, "notice", document)) {
        gathering.take("item", "notice", {document.text()});
        std::vector<std::string> items;
        for (const Statement& item : gathering.found) {
            items.push_back(item.entry.id.text());
        }
        for (std::size_t from = 0; from < items.size(); from += kValuesMax) {
            const auto begin = items.begin() + static_cast<std::ptrdiff_t>(from);
            const auto end = items.begin() +
                             static_cast<std::ptrdiff_t>(std::min(from + kValuesMax, items.size()));
            gathering.take("measure", "item", {begin, end});
        }
    } else if (registers.find_entry(reader, actor, "inspection", document)) {
        gathering.take("source_finding", "inspection", {document.text()});
    } else {
        throw core::Problem{core::ProblemKind::NotFound, "entry.not_found"};
    }
    std::ranges::stable_sort(gathering.found, {}, place_of);
    return std::move(gathering.found);
}

}  // namespace duban::rectification
