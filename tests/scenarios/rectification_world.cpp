#include "rectification_world.h"

namespace duban::scenarios {

core::JsonObject with_fields(core::JsonObject fields) {
    return {{"fields", std::move(fields)}};
}

core::JsonObject with_inputs(core::JsonObject inputs) {
    return {{"inputs", std::move(inputs)}};
}

core::JsonObject reason() {
    return with_inputs({{"reason", "for a reason"}});
}

std::string id_of(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

core::JsonArray ids(const std::vector<std::string>& paths) {
    core::JsonArray out;
    for (const std::string& path : paths) {
        out.emplace_back(id_of(path));
    }
    return out;
}

std::unique_ptr<People> Rectification::people_;

void Rectification::SetUpTestSuite() {
    Scenario::SetUpTestSuite();
    World& house = world();
    const core::Id outside = house.add_unit("An inspecting body", {}, access::UnitKind::Other);
    people_ = std::make_unique<People>(People{
        .principal = house.add_person("Principal", {{house.office, "principal"}}),
        .discipline = house.add_person("Discipline", {{house.office, "discipline"}}),
        .personnel = house.add_person("Personnel", {{house.office, "personnel"}}),
        .inspector = house.add_outsider("Inspector", outside, "inspector"),
        .second_clerk = house.add_person("Second clerk", {{house.office, "clerk"}})
    });
}

void Rectification::TearDownTestSuite() {
    people_.reset();
    Scenario::TearDownTestSuite();
}

std::string Rectification::opened(
    const core::Id& as,
    const std::string& register_name,
    core::JsonObject fields,
    const core::Id& unit
) {
    const Reply reply = world().open(as, register_name, std::move(fields), unit);
    EXPECT_EQ(reply.status, 201) << register_name << core::json_text(reply.body);
    return reply.path();
}

Reply Rectification::backfilled(
    const core::Id& as,
    const std::string& register_name,
    core::JsonObject fields,
    core::JsonObject backfill
) {
    Reply entered = world().send(
        as,
        {.method = http::Method::Post,
         .path = "/api/v1/registers/" + register_name + "/entries",
         .body =
             core::JsonObject{
                 {"unit", world().finance.text()},
                 {"fields", std::move(fields)},
                 {"backfill", std::move(backfill)}
             }}
    );
    EXPECT_EQ(entered.status, 201) << register_name << core::json_text(entered.body);
    return entered;
}

Reply Rectification::act(
    const core::Id& as, const std::string& path, const std::string& action, core::JsonObject body
) {
    return world().act(as, path, action, std::move(body));
}

Reply Rectification::refused(
    const core::Id& as,
    const std::string& path,
    const std::string& action,
    core::JsonObject body,
    const std::string& code,
    int status
) {
    const std::int64_t revision = world().get(world().office_clerk, path).revision();
    Reply reply =
        world().refuse(as, world().action(path, action, revision, std::move(body)), status, code);
    EXPECT_EQ(world().get(world().office_clerk, path).revision(), revision) << action;
    return reply;
}

std::string Rectification::field(const std::string& path, const std::string& name) {
    return text_of(world().get(world().office_clerk, path).body.at("fields"), name);
}

std::string Rectification::state(const std::string& path) {
    return world().get(world().office_clerk, path).state();
}

std::string Rectification::paper(const std::string& words) {
    static int number = 0;
    return world().upload(world().office_clerk, words + " " + std::to_string(++number));
}

std::vector<std::string> Rectification::listed(
    const std::string& register_name, const std::string& query
) {
    const Reply page = world().get(
        world().office_clerk,
        "/api/v1/registers/" + register_name + "/entries",
        query + "&limit=200"
    );
    EXPECT_EQ(page.status, 200) << core::json_text(page.body);
    std::vector<std::string> paths;
    for (const core::Json& entry : page.list("entries")) {
        paths.push_back(entry_path(register_name, text_of(entry, "id")));
    }
    return paths;
}

std::string Rectification::inspection(int fed_back, const std::string& kind) {
    return opened(
        world().office_clerk,
        "inspection",
        {{"heading", "Inspection of " + kind},
         {"kind", kind},
         {"body", "An inspecting body"},
         {"feedback_on", world().day(-30)},
         {"fed_back", fed_back},
         {"plan_due_on", world().day(15)},
         {"concentrated_to", world().day(60)}}
    );
}

std::string Rectification::source(const std::string& inspection, const std::string& gist) {
    return opened(
        world().office_clerk,
        "source_finding",
        {{"inspection", id_of(inspection)},
         {"gist", gist},
         {"words", "In the words of the feedback: " + gist}}
    );
}

std::string Rectification::compared_source(const std::string& gist) {
    const std::string inspected = inspection(1);
    std::string found = source(inspected, gist);
    act(world().reviewer, inspected, "compare");
    return found;
}

core::JsonObject Rectification::finding_fields(
    const std::string& heading, const std::vector<std::string>& sources
) {
    return {
        {"heading", heading},
        {"sources", ids(sources)},
        {"kind", "by_date"},
        {"lead_leader", people().principal.text()},
        {"responsible", world().unit_clerk.text()},
        {"finish_by", world().day(40)}
    };
}

std::string Rectification::refined(core::JsonObject fields, const core::Id& unit) {
    return opened(
        world().office_clerk, "finding", std::move(fields), unit.is_nil() ? world().finance : unit
    );
}

std::string Rectification::plan(const std::vector<std::string>& findings) {
    const std::string source = id_of(findings.empty() ? "" : findings.front());
    const std::string inspected = inspection(0);
    const std::string drafted = opened(
        world().office_clerk,
        "rectification_plan",
        {{"heading", "Plan " + source.substr(0, 8)},
         {"inspection", id_of(inspected)},
         {"findings", ids(findings)},
         {"paper", paper("plan")}}
    );
    act(world().office_clerk, drafted, "submit");
    return drafted;
}

void Rectification::approve(const std::string& plan) {
    for (const core::Id& body : {people().discipline, people().personnel, people().inspector}) {
        act(body, plan, "pass_review", {{"words", "agreed"}});
    }
    EXPECT_EQ(act(people().principal, plan, "approve").state(), "approved");
}

std::string Rectification::planned(const std::string& heading, core::JsonObject more) {
    core::JsonObject fields = finding_fields(heading, {compared_source(heading)});
    for (auto& member : more) {
        fields[member.key()] = member.value();
    }
    std::string finding = refined(std::move(fields));
    approve(plan({finding}));
    return finding;
}

std::string Rectification::issued(const std::string& heading, core::JsonObject more) {
    std::string finding = planned(heading, std::move(more));
    EXPECT_EQ(act(world().office_clerk, finding, "issue").state(), "issued");
    return finding;
}

std::string Rectification::issued_measure(const std::string& finding, int finish_in) {
    std::string measure = opened(
        world().office_clerk,
        "measure",
        {{"finding", id_of(finding)},
         {"kind", "action"},
         {"heading", "Do it"},
         {"sentence", "It is done."},
         {"responsible", world().unit_clerk.text()},
         {"finish_by", world().day(finish_in)}},
        world().finance
    );
    act(world().office_clerk, measure, "issue");
    return measure;
}

std::string Rectification::done_measure(const std::string& finding) {
    std::string measure = issued_measure(finding);
    act(world().unit_clerk, measure, "report", with_inputs({{"done", "Done."}}));
    act(world().unit_clerk, measure, "apply_close", with_fields({{"result", "It works."}}));
    act(world().unit_head, measure, "pass_unit");
    act(world().reviewer, measure, "strike_off");
    EXPECT_EQ(act(world().second_reviewer, measure, "strike_off").state(), "struck_off");
    return measure;
}

void Rectification::applied(const std::string& finding) {
    const core::JsonObject result = {
        {"result", "It works."},
        {"grade", "full"},
        {"proof", world().upload(world().unit_clerk, "proof of " + id_of(finding))}
    };
    EXPECT_EQ(
        act(world().unit_clerk, finding, "apply_close", with_fields(result)).state(), "unit_review"
    );
}

void Rectification::struck_off(const std::string& finding) {
    if (state(finding) == "issued") {
        act(world().unit_clerk, finding, "report", with_inputs({{"done", "Done."}}));
    }
    done_measure(finding);
    applied(finding);
    act(world().unit_head, finding, "pass_unit");
    act(people().principal, finding, "sign_leader");
    act(world().reviewer, finding, "strike_off");
    EXPECT_EQ(act(world().second_reviewer, finding, "strike_off").state(), "struck_off");
}

}  // namespace duban::scenarios
