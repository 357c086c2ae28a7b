#include "world.h"

#include <cstdlib>
#include <filesystem>
#include <regex>

#include "api/asking.h"
#include "api/openapi.h"
#include "app/locales.h"
#include "core/problem.h"
#include "crypto/encoding.h"

namespace duban::scenarios {

namespace {

constexpr std::int64_t kTokenMs = 24LL * 3600 * 1000;

std::string environment(const char* name, const std::string& otherwise) {
    const char* found = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return found == nullptr || *found == '\0' ? otherwise : found;
}

/// Whether `text` begins as `sentence` does between its placeholders.
bool begins_like(const std::string& text, const std::string& sentence) {
    static const std::regex kPlaceholder{"\\{[a-z_]+\\}"};
    std::sregex_token_iterator part{sentence.begin(), sentence.end(), kPlaceholder, -1};
    if (!text.starts_with(part->str())) {
        return false;
    }
    std::size_t at = 0;
    for (const std::sregex_token_iterator end; part != end; ++part) {
        at = text.find(part->str(), at);
        if (at == std::string::npos) {
            return false;
        }
        at += part->str().size();
    }
    return true;
}

/// A problem, or one of a field, is told in a sentence, and what its params hold fills that of
/// every language. A pack's own sentence stands under a code that the program does not know.
void expect_told(const core::Json& problem, const std::string& language) {
    const std::string code = text_of(problem, "code");
    const std::string detail = text_of(problem, "detail");
    EXPECT_FALSE(detail.empty() || detail == code) << core::json_text(problem);
    core::Params params;
    for (const auto& member : problem.at("params").as_object()) {
        params[std::string{member.key()}] = member.value().as_string();
    }
    static const std::regex kUnfilled{"\\{[a-z_]+\\}"};
    EXPECT_FALSE(std::regex_search(detail, kUnfilled)) << detail;
    for (const std::string& tag : app::sentences().languages()) {
        const std::string told = app::sentences().sentence(code, params, tag);
        EXPECT_FALSE(std::regex_search(told, kUnfilled)) << told;
    }
    // What is called by a pack's words is told by them: anything may stand between the rest.
    const std::string told = app::sentences().sentence(code, {}, language);
    EXPECT_TRUE(told == code || begins_like(detail, told)) << told << "\n" << detail;
}

core::Id id_in(const core::Json& object, std::string_view name) {
    return core::Id::parse(text_of(object, name)).value_or(core::Id{});
}

}  // namespace

access::Span since_2020() {
    return {.from = *calendar::Date::parse("2020-01-01"), .to = {}};
}

std::string text_of(const core::Json& object, std::string_view name) {
    return core::find_string(object, name).value_or("");
}

std::string entry_path(const std::string& register_name, const std::string& id) {
    return "/api/v1/registers/" + register_name + "/entries/" + id;
}

std::string Reply::text(std::string_view member) const {
    return text_of(body, member);
}

std::int64_t Reply::integer(std::string_view member) const {
    return core::find_integer(body, member).value_or(-1);
}

const core::JsonArray& Reply::list(std::string_view member) const& {
    static const core::JsonArray kNone;
    const core::Json* found = core::find_member(body, member);
    return found != nullptr && found->is_array() ? found->get_array() : kNone;
}

std::string Reply::header(std::string_view name) const {
    return std::string{headers.find(name).value_or("")};
}

std::string Reply::path() const {
    return entry_path(text("register"), id());
}

World::World() {
    settings_.directory = directory_.path("data");
    settings_.keys = directory_.path("keys");
    settings_.installation = "scenarios";
    settings_.demo = true;
    settings_.password_cost = crypto::kLeastPasswordCost;
    std::filesystem::create_directories(settings_.directory);
    if (environment("DUBAN_TEST_STORE", "sqlite") == "postgres") {
        schema_ = std::make_unique<store::TestSchema>();
        settings_.postgres = schema_->connection();
        settings_.schema = schema_->name();
    }
    crypto::SystemRandom random;
    app::make_keys(settings_, random);
    house_ = std::make_unique<app::House>(settings_, std::span<const api::WebFile>{}, clock_);
    app::make_demo(
        *house_, settings_, environment("DUBAN_SOURCE_DIR", ".") + "/samples/notice.txt"
    );
    house_->start_followers();
    const api::Services& services = house_->services();
    server_ = std::make_unique<http::Server>(
        house_->router(),
        http::ServerOptions{},
        http::ServerServices{
            .clock = house_->clock(),
            .random = house_->random(),
            .sentences = app::sentences(),
            .metrics = house_->metrics(),
            .access_log = {},
            .language_of = [&services](const http::Request& request
                           ) { return api::language_of(services, request); }
        }
    );
    server_->start();
    find_people();
}

World::~World() {
    server_->stop();
    server_.reset();
    house_.reset();
}

/// Who the accounts of the demonstration's commands belong to, as the house itself says.
void World::find_people() {
    const auto person = [&](const std::string& account) {
        std::string secret = app::read_file(settings_.path("tokens/" + account));
        secret.erase(secret.find_last_not_of('\n') + 1);
        http::Request request;
        request.path = "/api/v1/session";
        request.headers.set("Authorization", "Bearer " + secret);
        const http::Response answer = http::send("127.0.0.1", port(), request);
        const core::Json session = core::parse_json(answer.body);
        const core::Id id = id_in(session, "person");
        tokens_[{id, "zh"}] = secret;
        return std::pair{id, id_in(session.at("standings").as_array().at(0), "unit")};
    };
    std::tie(system_admin, std::ignore) = person("system.admin");
    std::tie(security_admin, std::ignore) = person("security.admin");
    std::tie(unit_clerk, finance) = person("unit.clerk");
    std::tie(unit_head, std::ignore) = person("unit.head");
    std::tie(office_clerk, office) = person("office.clerk");
    std::tie(office_head, std::ignore) = person("office.head");
    std::tie(reviewer, std::ignore) = person("office.reviewer");
    std::tie(second_reviewer, std::ignore) = person("office.reviewer2");
    const Reply directory = get(unit_clerk, "/api/v1/directory");
    for (const core::Json& unit : directory.list("units")) {
        if (text_of(unit, "kind") == "school") {
            school = id_in(unit, "id");
        }
    }
}

access::Access::Author World::author() const {
    return {
        .org = app::kFirstOrg,
        .person = system_admin,
        .approved_by = security_admin,
        .on = house_->services().registers.today(app::kFirstOrg).text()
    };
}

core::Id World::add_person(const std::string& name, const std::vector<Wanted>& posts) {
    const auto make_id = [&] { return core::make_id(house_->clock().now(), house_->random()); };
    const core::Id id = make_id();
    access::Access& access = house_->services().access;
    access.put(
        author(),
        std::vector<access::Person>{{.id = id, .name = name, .mobile = {}, .span = since_2020()}}
    );
    std::vector<access::Post> rows;
    for (const Wanted& post : posts) {
        rows.push_back(
            {.id = make_id(),
             .person = id,
             .unit = post.unit,
             .role = post.role,
             .outside = false,
             .span = since_2020()}
        );
    }
    access.put(author(), rows);
    return id;
}

void World::delegate(const core::Id& post, const core::Id& to) {
    house_->services().access.put(
        author(),
        std::vector<access::Delegation>{
            {.id = core::make_id(house_->clock().now(), house_->random()),
             .post = post,
             .delegate = to,
             .span =
                 {.from = since_2020().from,
                  .to = house_->services().registers.today(app::kFirstOrg).plus_days(90)},
             .paper = "Scenario 1/2026"}
        }
    );
}

std::vector<core::Id> World::posts_of(const core::Id& person, const std::string& role) const {
    std::vector<core::Id> out;
    const api::Services& services = house_->services();
    const auto directory = services.access.directory(app::kFirstOrg);
    for (const auto* post : directory->posts_of(person, services.registers.today(app::kFirstOrg))) {
        if (post->role == role) {
            out.push_back(post->id);
        }
    }
    return out;
}

std::string World::add_account(const core::Id& person, const std::string& name) {
    return house_->services()
        .accounts.create(author(), {.person = person, .name = name, .language = "zh"})
        .password;
}

std::string World::token(const core::Id& person, const std::string& language) {
    std::string& token = tokens_[{person, language}];
    if (!token.empty()) {
        return token;
    }
    access::Accounts& accounts = house_->services().accounts;
    access::Access::Author by = author();
    by.org = org_of(person);
    const std::string on = by.on;
    const std::string name = "scenario." + std::to_string(++accounts_);
    const auto created =
        accounts.create(by, {.person = person, .name = name, .language = language});
    const auto in = accounts.sign_in(
        {.org = by.org,
         .name = name,
         .password = created.password,
         .totp = {},
         .address = "192.0.2.1",
         .on = on}
    );
    const auto changed = accounts.change_password(
        in.secret,
        {.old_password = created.password,
         .new_password = crypto::base64url_encode(house_->random().bytes(24)),
         .on = on}
    );
    sessions_[person] = changed.secret;
    token = accounts
                .create_token(
                    changed.secret,
                    {.name = "scenario",
                     .scope = access::Scope::Act,
                     .expires_at_ms = core::to_ms(house_->clock().now()) + kTokenMs,
                     .on = on}
                )
                .secret;
    return token;
}

std::shared_ptr<const Contract> World::contract() const {
    const api::Services& services = house_->services();
    const auto adopted = services.registers.find_adopted();
    return current_.with([&](Current& current) {
        if (!current.contract || current.adopted != adopted) {
            current = {adopted, std::make_shared<Contract>(api::openapi(router(), services))};
        }
        return current.contract;
    });
}

Reply World::send(const core::Id& as, const Call& call, const std::string& language) {
    http::Request request;
    request.method = call.method;
    request.path = call.path;
    request.query = http::Query::parse(call.query).value_or(http::Query{});
    request.headers.set("Accept-Language", language);
    if (!as.is_nil()) {
        request.headers.set("Authorization", "Bearer " + token(as, language));
    }
    if (call.body) {
        request.body = core::json_text(*call.body);
        request.headers.set("Content-Type", "application/json");
    }
    if (!call.raw.empty()) {
        request.body = call.raw;
    }
    for (const auto& [name, value] : call.headers) {
        request.headers.set(name, value);
    }
    const http::Response answer = http::send("127.0.0.1", port(), request);
    EXPECT_EQ(contract()->fault_of(request, answer), "") << call.path << " " << call.query;
    Reply reply{.status = answer.status, .body = nullptr, .headers = answer.headers};
    const auto json = core::find_json(answer.body);
    reply.body = json ? *json : core::Json(answer.body);
    if (reply.header("Content-Type") == "application/problem+json") {
        expect_told(reply.body, reply.header("Content-Language"));
        for (const core::Json& error : reply.list("errors")) {
            expect_told(error, reply.header("Content-Language"));
        }
    }
    return reply;
}

Reply World::get(const core::Id& as, const std::string& path, const std::string& query) {
    return send(as, {.path = path, .query = query});
}

Reply World::open(
    const core::Id& as,
    const std::string& register_name,
    core::JsonObject fields,
    const core::Id& unit
) {
    core::JsonObject body = {{"fields", std::move(fields)}};
    if (!unit.is_nil()) {
        body["unit"] = unit.text();
    }
    return send(
        as,
        {.method = http::Method::Post,
         .path = "/api/v1/registers/" + register_name + "/entries",
         .body = std::move(body)}
    );
}

Call World::action(
    const std::string& entry_path,
    const std::string& action,
    std::int64_t revision,
    core::JsonObject body
) const {
    return {
        .method = http::Method::Post,
        .path = entry_path + "/actions/" + action,
        .body = std::move(body),
        .headers = {{"If-Match", "\"" + std::to_string(revision) + "\""}}
    };
}

Reply World::act(
    const core::Id& as,
    const std::string& entry_path,
    const std::string& action_name,
    core::JsonObject body
) {
    const std::int64_t revision = get(as, entry_path).revision();
    Reply reply = send(as, action(entry_path, action_name, revision, std::move(body)));
    EXPECT_EQ(reply.status, 200) << action_name << ": " << core::json_text(reply.body);
    return reply;
}

std::string World::upload(const core::Id& as, const std::string& bytes) {
    http::Request request;
    request.method = http::Method::Post;
    request.path = "/api/v1/files";
    request.query = http::Query::parse("name=approval.txt").value_or(http::Query{});
    request.headers.set("Authorization", "Bearer " + token(as, "zh"));
    request.headers.set("Content-Type", "application/octet-stream");
    request.body = bytes;
    const http::Response answer = http::send("127.0.0.1", port(), request);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return text_of(core::parse_json(answer.body), "hash");
}

Reply World::refuse(const core::Id& as, const Call& call, int status, const std::string& code) {
    Reply reply = send(as, call, "zh");
    const Reply english = send(as, call, "en");
    for (const Reply* one : {&std::as_const(reply), &english}) {
        EXPECT_EQ(one->status, status) << core::json_text(one->body);
        EXPECT_EQ(one->text("code"), code) << core::json_text(one->body);
        EXPECT_EQ(one->integer("status"), status);
        EXPECT_EQ(one->header("Content-Type"), "application/problem+json");
        EXPECT_FALSE(one->text("detail").empty());
        EXPECT_EQ(one->text("detail").find(code), std::string::npos) << one->text("detail");
        EXPECT_EQ(one->text("detail").find('{'), std::string::npos) << one->text("detail");
        for (const core::Json& error : one->list("errors")) {
            EXPECT_NE(text_of(error, "detail"), "") << core::json_text(error);
            EXPECT_NE(text_of(error, "detail"), text_of(error, "code"));
        }
    }
    EXPECT_NE(reply.text("detail"), english.text("detail"));
    EXPECT_EQ(reply.header("Content-Language"), "zh");
    EXPECT_EQ(english.header("Content-Language"), "en");
    return reply;
}

core::JsonObject World::post_fields(const core::Id& as, const std::string& body) {
    return {
        {"person", as.text()},
        {"category", "research_staff"},
        {"basis", "Rule 5"},
        {"body", body},
        {"body_kind", "association"},
        {"office", "director"},
        {"begins_on", "2026-10-01"},
        {"ends_on", "2027-09-30"},
        {"approval_no", "No. 5"},
        {"approval", upload(as, "The approval of " + body)}
    };
}

Reply World::application(const core::Id& as, const std::string& body) {
    Reply reply = open(as, "concurrent_post", post_fields(as, body));
    EXPECT_EQ(reply.status, 201) << core::json_text(reply.body);
    return reply;
}

Reply World::filed(const core::Id& as, const std::string& body) {
    return act(as, application(as, body).path(), "file");
}

std::unique_ptr<World> Scenario::world_;

void Scenario::SetUpTestSuite() {
    world_ = std::make_unique<World>();
}
void Scenario::TearDownTestSuite() {
    world_.reset();
}

}  // namespace duban::scenarios
