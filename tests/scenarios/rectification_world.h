// Those who rectify, and the ways through the pack that every scenario of its rows walks: typed in,
// refined, planned by three bodies and the principal, issued, closed.
//
//     const std::string finding = issued(refined({source("one", inspected(1))}));

#pragma once

#include "world.h"

namespace duban::scenarios {

struct People {
    core::Id principal, discipline, personnel, inspector;
    core::Id second_clerk;  ///< of the office
};

/// What an action is sent: fields, inputs.
[[nodiscard]] core::JsonObject with_fields(core::JsonObject fields);
[[nodiscard]] core::JsonObject with_inputs(core::JsonObject inputs);
[[nodiscard]] core::JsonObject reason();
[[nodiscard]] core::JsonArray ids(const std::vector<std::string>& paths);
[[nodiscard]] std::string id_of(const std::string& path);

class Rectification : public Scenario {
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();
    static const People& people() { return *people_; }

    /// Opens an entry; its path.
    static std::string opened(
        const core::Id& as,
        const std::string& register_name,
        core::JsonObject fields,
        const core::Id& unit = {}
    );
    /// Enters what happened before, for the finance department, under a decision (P08).
    static Reply backfilled(
        const core::Id& as,
        const std::string& register_name,
        core::JsonObject fields,
        core::JsonObject backfill
    );
    static Reply act(
        const core::Id& as,
        const std::string& path,
        const std::string& action,
        core::JsonObject body = {}
    );
    /// In both languages; nothing is changed by it.
    static Reply refused(
        const core::Id& as,
        const std::string& path,
        const std::string& action,
        core::JsonObject body,
        const std::string& code,
        int status = 422
    );
    static std::string field(const std::string& path, const std::string& name);
    static std::string state(const std::string& path);
    static std::string paper(const std::string& words = "a paper");
    /// Entries of a register by a filter: "finding=…".
    static std::vector<std::string> listed(
        const std::string& register_name, const std::string& query
    );

    static std::string inspection(int fed_back, const std::string& kind = "inspection");
    static std::string source(const std::string& inspection, const std::string& gist);
    /// An inspection with one problem, compared; the problem.
    static std::string compared_source(const std::string& gist);
    static core::JsonObject finding_fields(
        const std::string& heading, const std::vector<std::string>& sources
    );
    static std::string refined(core::JsonObject fields, const core::Id& unit = {});
    /// Through joint review and approval; the plan.
    static std::string plan(const std::vector<std::string>& findings);
    static void approve(const std::string& plan);
    /// A finding of one source, planned.
    static std::string planned(const std::string& heading, core::JsonObject more = {});
    static std::string issued(const std::string& heading, core::JsonObject more = {});
    /// A measure of the finding that does something, to be done in so many days.
    static std::string issued_measure(const std::string& finding, int finish_in = 30);
    /// The same from draft to struck off.
    static std::string done_measure(const std::string& finding);
    static void applied(const std::string& finding);
    static void struck_off(const std::string& finding);

private:
    static std::unique_ptr<People> people_;
};

}  // namespace duban::scenarios
