#include "api/verification.h"

#include <algorithm>
#include <functional>
#include <map>

#include "core/problem.h"
#include "registers/named_files.h"

namespace duban::api {

namespace {

class FileVerification {
public:
    FileVerification(const Services& services, core::OrgId org, registers::Report& report)
        : services_{services}, org_{org}, report_{report} {}

    std::int64_t run() {
        std::int64_t files = 0;
        noted([&] { services_.store.read([&](store::Reader& reader) { verify_claims(reader); }); });
        noted([&] {
            files = services_.files.verify(org_, [&](const files::Fault& fault) {
                report_.add(fault.code, {{"hash", fault.hash}, {"named_by", named_by(fault.hash)}});
            });
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
    std::map<core::Id, std::string> rows_;  ///< numbers of the entries that name files
};

}  // namespace

Verified verify(const Services& services, core::OrgId org) {
    Verified verified;
    services.store.read([&](store::Reader& reader) {
        verified.report = registers::verify(services.registers, reader, org);
    });
    verified.files = FileVerification{services, org, verified.report}.run();
    return verified;
}

}  // namespace duban::api
