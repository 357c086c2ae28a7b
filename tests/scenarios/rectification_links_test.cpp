// Row M60: what hangs together with a finding is told to each as far as he may read it.

#include <map>
#include <set>

#include "rectification_world.h"

namespace duban::scenarios {

namespace {

class M60Links : public Rectification {
protected:
    /// The ids that name the entry, by register and field.
    static std::map<std::string, std::set<std::string>> naming(
        const core::Id& as, const std::string& path
    ) {
        const Reply reply = world().get(as, path + "/links");
        EXPECT_EQ(reply.status, 200) << core::json_text(reply.body);
        std::map<std::string, std::set<std::string>> out;
        for (const core::Json& group : reply.list("links")) {
            auto& ids = out[text_of(group, "register") + "." + text_of(group, "field")];
            for (const core::Json& entry : group.at("entries").as_array()) {
                ids.insert(text_of(entry, "id"));
                EXPECT_FALSE(text_of(entry, "title").empty());
                EXPECT_NE(
                    core::find_member(reply.body.at("labels"), text_of(entry, "unit")), nullptr
                );
            }
        }
        return out;
    }
};

TEST_F(M60Links, what_names_a_finding_is_one_answer) {
    const std::string finding = issued("Named");
    const std::string measure = issued_measure(finding);
    const auto to_unit = naming(world().unit_clerk, finding);
    EXPECT_EQ(to_unit.at("measure.finding"), std::set{id_of(measure)});
    const auto to_office = naming(world().office_clerk, finding);
    EXPECT_EQ(to_office.at("measure.finding"), std::set{id_of(measure)});
    // The plan lies in the office, where the unit does not read it.
    EXPECT_EQ(to_office.at("rectification_plan.findings").size(), 1U);
    EXPECT_FALSE(to_unit.contains("rectification_plan.findings"));
    // By its view the same are listed.
    const Reply told = world().get(world().office_clerk, finding + "/links");
    for (const core::Json& group : told.list("links")) {
        if (text_of(group, "register") == "measure") {
            const auto all =
                listed("measure", "view=" + text_of(group, "view") + "&finding=" + id_of(finding));
            EXPECT_EQ(all, std::vector{measure});
        }
    }
}

TEST_F(M60Links, more_is_said_of_what_one_reads_alone) {
    const std::string finding = issued("Named by several");
    issued_measure(finding);
    issued_measure(finding);
    const auto measures = [&](const core::Id& as, const std::string& limit) {
        const Reply reply = world().get(as, finding + "/links", "limit=" + limit);
        for (const core::Json& group : reply.list("links")) {
            if (text_of(group, "register") == "measure") {
                return std::pair{group.at("entries").as_array().size(), group.at("more").as_bool()};
            }
        }
        return std::pair{std::size_t{0}, false};
    };
    EXPECT_EQ(measures(world().unit_clerk, "1"), (std::pair{std::size_t{1}, true}));
    EXPECT_EQ(measures(world().unit_clerk, "2"), (std::pair{std::size_t{2}, false}));
    world().refuse(
        world().unit_clerk,
        {.path = finding + "/links", .query = "limit=51"},
        400,
        "query.value_malformed"
    );
    // Who may not read the finding learns nothing of what names it.
    world().refuse(
        world().add_person("Elsewhere", {{world().school, "clerk"}}),
        {.path = finding + "/links"},
        404,
        "entry.not_found"
    );
}

}  // namespace

}  // namespace duban::scenarios
