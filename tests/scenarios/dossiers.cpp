#include "dossiers.h"

#include "store/store.h"

namespace duban::scenarios {

namespace {

using http::Method;

constexpr const char* kPack = R"yaml(name: dossiers
version: 1.0.0
title: {zh: ZH-DOSSIERS, en: Dossiers}
needs: organisation
)yaml";

constexpr const char* kDossier = R"yaml(register: dossier
title: {zh: ZH-DOSSIERS, en: Dossiers}
entry_title: {zh: ZH-DOSSIER, en: dossier}
number: {format: "DS-{year}-{seq:4}", at: open}
fields:
  heading: {type: text, max: 80, required: true, search: true, title_field: true}
  account: {type: long_text, max: 400, search: true}
  bearer: {type: person, indexed: true}
  earlier: {type: link, to: dossier}
  related: {type: links, to: dossier}
  stages: {type: rows, rows: {stage: {type: text, max: 80, required: true}}}
  scan: {type: file}
read: [self, unit.head, parent.head, district.clerk, leader.leader, office.reviewer, office.discipline, outside.inspector]
read_through: dossier.earlier
procedure:
  initial: draft
  states: {draft: , review: , agreed: {final: true}}
  actions:
    open: {by: [unit.clerk, unit.head]}
    amend: {from: draft, by: self, fields: [heading, account, bearer, earlier, related, stages, scan]}
    file:
      from: draft
      to: review
      by: self
      inputs: {reason: {type: long_text, required: true}, words: {type: text, max: 80}}
      opens: [{register: slip, set: {dossier: id, words: "input('words')"
}
}]
    consider:
      from: review
      to: agreed
      blind: true
      kinds: [own, paper]
      inputs: {
remark: {
type:
    text, max : 80
}
}
      signatures: [{by: office.reviewer, count: 2}]
  deadlines:
    review: {starts: file, stops: consider, term: {days: 5}, holder: office.reviewer}
views:
  all:
    columns: [number, unit, heading, account, bearer, earlier, scan, state, due]
    filters: [unit, state, bearer, earlier]
    sorts: [-changed_at, number, heading, due]
  filed:
    columns: [number, heading]
    filters: [unit]
    sorts: [number]
    states: [review]
)yaml";

constexpr const char* kSlip = R"yaml(register: slip
title: {zh: ZH-SLIPS, en: Slips}
fields:
  dossier: {type: link, to: dossier}
  words: {type: text, max: 80, search: true, title_field: true}
read: [office.clerk, unit.clerk]
procedure:
  initial: kept
  states: {kept: {final: true}}
  actions:
    open: {by: procedure}
)yaml";

constexpr const char* kVault = R"yaml(register: vault
title: {zh: ZH-VAULT, en: Vault}
fields:
  heading: {type: text, max: 80, required: true, search: true, title_field: true}
read: [office.personnel]
procedure:
  initial: kept
  states: {kept: {final: true}}
  actions:
    open: {by: office.clerk}
)yaml";

core::JsonObject file_of(const char* path, const char* text) {
    return {{"path", path}, {"text", text}};
}

core::Id id_at(const core::Json& object, std::string_view name) {
    return core::Id::parse(text_of(object, name)).value_or(core::Id{});
}

}  // namespace

Dossiers::Dossiers(World& world) : world_{world} {
    adopt();
    find_units();
    two_units =
        world_.add_person("Two Units", {{world_.school, "clerk"}, {world_.finance, "clerk"}});
    plant(world_.unit_clerk, world_.finance, "finance");
    plant(school_clerk, world_.school, "school");
    plant(other_school_clerk, other_school, "otherschool");
    plant(district_clerk, district, "district");
    plant(world_.office_clerk, world_.office, "office");
    // Linked by an entry that others may read.
    plant(two_units, world_.school, "linked");
    const auto linked = all();
    for (const Secret& one : linked) {
        if (one.register_name == "dossier" && !one.marks.empty() &&
            one.marks.front().find("linked") != std::string::npos) {
            plant(two_units, world_.finance, "linking", one.id.text());
        }
    }
    post(world_.unit_clerk, "financepost");
    post(school_clerk, "schoolpost");
    vault("vault");
}

void Dossiers::adopt() {
    const core::JsonArray files = {
        file_of("pack.yaml", kPack),
        file_of("registers/dossier.yaml", kDossier),
        file_of("registers/slip.yaml", kSlip),
        file_of("registers/vault.yaml", kVault)
    };
    const Reply proposed = world_.send(
        world_.system_admin,
        {.method = Method::Post,
         .path = "/api/v1/proposals",
         .body = core::JsonObject{{"kind", "pack"}, {"files", files}}}
    );
    ASSERT_EQ(proposed.status, 201) << core::json_text(proposed.body);
    const Reply approved = world_.send(
        world_.security_admin,
        {.method = Method::Post,
         .path = "/api/v1/proposals/" + proposed.id() + "/approve",
         .body = core::JsonObject{}}
    );
    ASSERT_EQ(approved.status, 200) << core::json_text(approved.body);
}

/// The school of the world, its district, and a school of another district.
void Dossiers::find_units() {
    const Reply directory = world_.get(world_.unit_clerk, "/api/v1/directory");
    for (const core::Json& unit : directory.list("units")) {
        if (id_at(unit, "id") == world_.school) {
            district = id_at(unit, "parent");
        }
    }
    for (const core::Json& unit : directory.list("units")) {
        if (text_of(unit, "kind") == "school" && id_at(unit, "parent") != district) {
            other_school = id_at(unit, "id");
        }
    }
    for (const core::Json& post : directory.list("posts")) {
        const core::Id unit = id_at(post, "unit");
        const core::Id person = id_at(post, "person");
        const bool clerk = text_of(post, "role") == "clerk";
        if (unit == world_.school) {
            (clerk ? school_clerk : school_head) = person;
        } else if (unit == other_school && clerk) {
            other_school_clerk = person;
        } else if (unit == district && clerk) {
            district_clerk = person;
        }
    }
}

std::string Dossiers::file(const core::Id& person, const std::string& mark) {
    return world_.upload(person, "The file of Zq" + mark + "bytes");
}

void Dossiers::plant(
    const core::Id& person,
    const core::Id& unit,
    const std::string& mark,
    const std::string& earlier
) {
    const std::string word = "Zq" + mark;
    const std::string hash = file(person, mark);
    core::JsonObject fields = {
        {"heading", std::string{kCommonWord} + " " + word + "heading"},
        {"account", word + "account"},
        {"bearer", person.text()},
        {"stages", core::JsonArray{core::JsonObject{{"stage", word + "stage"}}}},
        {"scan", hash}
    };
    if (!earlier.empty()) {
        fields["earlier"] = earlier;
        fields["related"] = core::JsonArray{core::Json(earlier)};
    }
    const Reply opened = world_.open(person, "dossier", fields, unit);
    ASSERT_EQ(opened.status, 201) << core::json_text(opened.body);
    const core::Id id = *core::Id::parse(opened.id());
    Secret& secret = marked_[id];
    secret.marks = {
        word + "heading",
        word + "account",
        word + "stage",
        word + "reason",
        word + "bytes",
        word + "words"
    };
    secret.files = {hash};
    const Reply filed = world_.act(
        person,
        opened.path(),
        "file",
        {{"inputs", core::JsonObject{{"reason", word + "reason"}, {"words", word + "words"}}}}
    );
    EXPECT_EQ(filed.state(), "review");
}

void Dossiers::post(const core::Id& person, const std::string& mark) {
    const std::string word = "Zq" + mark;
    core::JsonObject fields =
        world_.post_fields(person, std::string{kCommonWord} + " " + word + "body");
    const std::string hash = file(person, mark);
    fields["approval"] = hash;
    fields["basis"] = word + "basis";
    const Reply opened = world_.open(person, "concurrent_post", fields);
    ASSERT_EQ(opened.status, 201) << core::json_text(opened.body);
    Secret& secret = marked_[*core::Id::parse(opened.id())];
    secret.marks = {word + "body", word + "basis", word + "bytes"};
    secret.files = {hash};
    world_.act(person, opened.path(), "file");
}

/// Whoever opened it may not read it: the register has other readers.
void Dossiers::vault(const std::string& mark) {
    const std::string word = "Zq" + mark + "heading";
    const Reply opened = world_.open(
        world_.office_clerk, "vault", {{"heading", std::string{kCommonWord} + " " + word}}
    );
    EXPECT_EQ(opened.status, 404) << "opened, and not to be read by who opened it";
    EXPECT_EQ(core::json_text(opened.body).find(word), std::string::npos);
    for (const Secret& one : all()) {
        if (one.register_name == "vault") {
            marked_[one.id].marks = {word};
        }
    }
}

/// What its links hold: whoever reads it is told the ids, and of what he may not read no more.
void Dossiers::add_names(Secret& secret, const declarations::Register& declared) const {
    using declarations::FieldType;
    world_.services().store.read([&](store::Reader& reader) {
        for (const auto& field : declared.fields) {
            if (field.type != FieldType::Link && field.type != FieldType::Links) {
                continue;
            }
            const bool many = field.type == FieldType::Links;
            const std::string sql = many ? "select target from " + declared.name + "_" +
                                               field.name + " where org = 1 and entry = $1"
                                         : "select " + field.name + " from " + declared.name +
                                               " where org = 1 and id = $1 and " + field.name +
                                               " is not null";
            for (const store::Row& row :
                 reader.query({"test.links", sql}, {store::value(secret.id)})) {
                secret.names.insert(row.id(0).text());
            }
        }
    });
}

std::vector<Secret> Dossiers::all() const {
    std::vector<Secret> out;
    const api::Services& services = world_.services();
    const auto adopted = services.registers.adopted();
    services.store.read([&](store::Reader& reader) {
        out.clear();
        for (const auto* declared : adopted->model().registers()) {
            const std::string sql = "select id, unit, opened_by, state, number from " +
                                    declared->name + " where org = 1";
            for (const store::Row& row : reader.query({"test.entries", sql}, {})) {
                const auto found = marked_.find(row.id(0));
                Secret secret = found == marked_.end() ? Secret{} : found->second;
                secret.register_name = declared->name;
                secret.id = row.id(0);
                secret.lying = {.unit = row.id(1), .opened_by = row.id(2)};
                secret.state = row.text(3);
                secret.number = row.find_text(4).value_or("");
                out.push_back(std::move(secret));
            }
        }
    });
    for (Secret& secret : out) {
        add_names(secret, *adopted->table(secret.register_name).declared);
    }
    // What a slip says was written for its dossier, and is the slip's own.
    for (Secret& slip : out) {
        if (slip.register_name != "slip") {
            continue;
        }
        services.store.read([&](store::Reader& reader) {
            const auto rows = reader.query(
                {"test.slip", "select words from slip where org = 1 and id = $1"},
                {store::value(slip.id)}
            );
            slip.marks = {rows.at(0).text(0)};
        });
    }
    return out;
}

}  // namespace duban::scenarios
