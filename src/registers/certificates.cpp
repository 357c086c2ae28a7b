#include "registers/certificates.h"

#include <algorithm>
#include <tuple>

#include "core/problem.h"
#include "registers/adoption.h"

namespace duban::registers {

namespace {

constexpr store::Query kLoosenings{
    "registers.list_loosenings",
    "select register, path, words, on_day, position from d_loosening"
    " where org = $1 and position >= $2 and position <= $4 and (register = $3 or register = '')"
};

/// The order of the journal; those of one adoption by what they speak of.
bool stands_before(const store::Row& one, const store::Row& other) {
    const auto key = [](const store::Row& row) {
        return std::tuple{row.integer(4), row.text(1), row.text(2)};
    };
    return key(one) < key(other);
}

core::JsonArray loosenings(
    store::Reader& reader,
    core::OrgId org,
    std::string_view register_name,
    std::int64_t since,
    std::int64_t last
) {
    core::JsonArray out;
    const std::vector<store::Value> key = {
        store::value(org), since, std::string{register_name}, last
    };
    store::Rows rows = reader.query(kLoosenings, key);
    std::ranges::sort(rows, stands_before);
    for (const store::Row& row : rows) {
        out.push_back(core::JsonObject{
            {"path", row.text(1)},
            {"words", core::parse_json(row.text(2))},
            {"on", row.text(3)},
            {"position", row.integer(4)}
        });
    }
    return out;
}

}  // namespace

core::Json certificate_of(
    const Registers& registers,
    const journal::Checkpoints& checkpoints,
    core::OrgId org,
    std::string_view register_name,
    const core::Id& entry,
    std::int64_t last
) {
    std::string note = checkpoints.sign(registers.store(), org, registers.clock().now());
    core::Json certificate;
    registers.store().read([&](store::Reader& reader) {
        note = journal::find_first_covering(reader, org, last).value_or(note);
        auto history = registers.journal().history(reader, org, register_name, entry);
        std::erase_if(history, [&](const auto& record) { return record.position > last; });
        if (history.empty()) {
            throw core::Problem{core::ProblemKind::NotFound, "entry.not_found"};
        }
        core::JsonObject declarations;
        for (const journal::Record& record : history) {
            const std::string digest = record.draft().declaration;
            if (!digest.empty() && !declarations.contains(digest)) {
                declarations[digest] = Adoption::bundle(reader, digest);
            }
        }
        const core::JsonObject extra = {
            {"declarations", std::move(declarations)},
            {"loosenings", loosenings(reader, org, register_name, history.front().position, last)},
            {"verifier_key", checkpoints.verifier_key()}
        };
        certificate = journal::make_certificate_until(
            reader, registers.journal(), org, register_name, entry, note, extra, last
        );
    });
    return certificate;
}

}  // namespace duban::registers
