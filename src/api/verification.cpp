#include "api/verification.h"

#include <algorithm>
#include <functional>
#include <map>

#include "core/problem.h"
#include "registers/named_files.h"

namespace duban::api {

namespace {

void go_on(const std::stop_token& stop) {
    if (stop.stop_requested()) {
        throw GivenUp{};
    }
}

/// Reads what another reader reads, until it is asked to stop.
class StoppingReader final : public store::Reader {
public:
    StoppingReader(store::Reader& reader, const std::stop_token& stop)
        : reader_{reader}, stop_{stop} {}

    [[nodiscard]] store::Dialect dialect() const override { return reader_.dialect(); }
    store::Rows query(const store::Query& query, const std::vector<store::Value>& parameters)
        override {
        go_on(stop_);
        return reader_.query(query, parameters);
    }
    store::Rows query_bounded(
        const store::Query& query,
        const std::vector<store::Value>& parameters,
        const store::Bound& bound
    ) override {
        go_on(stop_);
        return reader_.query_bounded(query, parameters, bound);
    }
    void for_each(
        const store::Query& query,
        const std::vector<store::Value>& parameters,
        const std::function<bool(const store::Row&)>& each
    ) override {
        reader_.for_each(query, parameters, [&](const store::Row& row) {
            go_on(stop_);
            return each(row);
        });
    }

private:
    store::Reader& reader_;
    const std::stop_token& stop_;
};

class FileVerification {
public:
    FileVerification(
        const Services& services,
        core::OrgId org,
        registers::Report& report,
        const std::stop_token& stop
    )
        : services_{services}, org_{org}, report_{report}, stop_{stop} {}

    std::int64_t run() {
        std::int64_t files = 0;
        noted([&] {
            services_.store.read([&](store::Reader& reader) {
                StoppingReader stopping{reader, stop_};
                verify_claims(stopping);
            });
        });
        noted([&] {
            files = services_.files.verify(
                org_,
                [&](const files::Fault& fault) {
                    report_.add(
                        fault.code, {{"hash", fault.hash}, {"named_by", named_by(fault.hash)}}
                    );
                },
                [&] { go_on(stop_); }
            );
        });
        return files;
    }

private:
    /// A cell of another type than its column's is a fault too.
    void noted(const std::function<void()>& work) {
        try {
            work();
        } catch (const core::Problem& problem) {
            if (problem.kind != core::ProblemKind::Corrupt) {
                throw;
            }
            report_.add(problem.code, problem.params);
        }
    }

    /// What no claim keeps any more is removed after a day, whoever names it.
    void verify_claims(store::Reader& reader) {
        for (const registers::NamedFile& named :
             registers::named_files(services_.registers, reader, org_)) {
            rows_[named.entry] = named.row;
            const auto hash = crypto::Hash::parse_hex(named.hash);
            if (!hash || !is_claimed(reader, *hash, named)) {
                report_.add(
                    "file.unclaimed",
                    {{"table", named.register_name},
                     {"row", named.row},
                     {"field", named.field},
                     {"hash", named.hash}}
                );
            }
        }
    }

    [[nodiscard]] bool is_claimed(
        store::Reader& reader, const crypto::Hash& hash, const registers::NamedFile& named
    ) const {
        return std::ranges::any_of(
            services_.files.claims(reader, org_, hash),
            [&](const files::Claim& claim) {
                return claim.register_name == named.register_name && claim.entry == named.entry &&
                       claim.field == named.field;
            }
        );
    }

    /// "concurrent_post JZ-2026-0001 approval; …"; a dash for an upload that no entry names.
    [[nodiscard]] std::string named_by(const std::string& name) const {
        std::string all;
        if (const auto hash = crypto::Hash::parse_hex(name)) {
            services_.store.read([&](store::Reader& reader) {
                all.clear();
                for (const files::Claim& claim : services_.files.claims(reader, org_, *hash)) {
                    const auto row = rows_.find(claim.entry);
                    all += (all.empty() ? "" : "; ") + claim.register_name + " " +
                           (row == rows_.end() ? claim.entry.text() : row->second) + " " +
                           claim.field;
                }
            });
        }
        return all.empty() ? "–" : all;
    }

    const Services& services_;
    core::OrgId org_;
    registers::Report& report_;
    const std::stop_token& stop_;
    std::map<core::Id, std::string> rows_;  ///< numbers of the entries that name files
};

}  // namespace

Verified verify(const Services& services, core::OrgId org, std::stop_token stop) {
    Verified verified;
    services.store.read([&](store::Reader& reader) {
        StoppingReader stopping{reader, stop};
        verified.report = registers::verify(services.registers, stopping, org);
    });
    verified.files = FileVerification{services, org, verified.report, stop}.run();
    return verified;
}

}  // namespace duban::api
