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

TEST_F(M60Links, unit_reads_what_its_findings_came_from) {
    const std::string asked = compared_source("Fed back to the unit");
    const std::string elsewhere = compared_source("Fed back to a school");
    const std::string finding = refined(finding_fields("Of the unit", {asked}), world().finance);
    refined(finding_fields("Of the school", {elsewhere}), world().school);
    const core::Id school_head =
        world().add_person("Head of the school", {{world().school, "head"}});
    for (const core::Id& person : {world().unit_clerk, world().unit_head}) {
        const Reply label = world().get(person, finding);
        EXPECT_EQ(
            text_of(label.body.at("labels").at(id_of(asked)), "text"), "Fed back to the unit"
        );
        const Reply source = world().get(person, asked);
        EXPECT_EQ(
            text_of(source.body.at("fields"), "words"),
            "In the words of the feedback: Fed back to the unit"
        );
        EXPECT_EQ(source.list("actions").size(), 0U) << "it is read, and no more";
        EXPECT_EQ(world().get(person, asked + "/history").status, 200);
        EXPECT_EQ(world().get(person, elsewhere).status, 404);
        const Reply listed =
            world().get(person, "/api/v1/registers/source_finding/entries", "limit=200");
        std::set<std::string> shown;
        for (const core::Json& one : listed.list("entries")) {
            shown.insert(text_of(one, "id"));
        }
        EXPECT_TRUE(shown.contains(id_of(asked)));
        EXPECT_FALSE(shown.contains(id_of(elsewhere)));
        EXPECT_EQ(
            core::find_integer(listed.body.at("total"), "count"),
            static_cast<std::int64_t>(shown.size())
        );
    }
    EXPECT_EQ(world().get(school_head, asked).status, 404);
    EXPECT_EQ(world().get(school_head, elsewhere).status, 200);
    world().refuse(
        world().unit_head,
        world().action(asked, "close", world().get(world().office_clerk, asked).revision()),
        403,
        "action.not_yours"
    );
}

}  // namespace

}  // namespace duban::scenarios
