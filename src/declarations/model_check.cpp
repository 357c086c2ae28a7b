// What only shows when every pack is seen together.

#include <algorithm>
#include <set>

#include "declarations/internal/faults.h"
#include "declarations/internal/names.h"
#include "declarations/reading.h"

namespace duban::declarations {

namespace {

constexpr int kEffectsDepthMax = 3;

core::Params named(std::string_view name) {
    return {{"name", std::string{name}}};
}

/// The places of YAML files lie in the pack's folder; across packs the folder must be told.
Place in_pack(const std::string& pack, Place place) {
    place.file = pack + "/" + place.file;
    return place;
}

Place of_pack(const Pack& pack) {
    return {.file = pack.name + "/pack.yaml", .line = 1, .column = 1};
}

class ModelCheck {
public:
    ModelCheck(const Model& model, Faults& faults) : model_{model}, faults_{faults} {}

    void run() {
        check_names();
        for (const Pack& pack : model_.packs()) {
            for (const std::string& need : pack.needs) {
                if (model_.find_pack(need) == nullptr) {
                    faults_.error(of_pack(pack), "pack.needs_missing", named(need));
                }
            }
            for (const Control& control : pack.controls) {
                if (model_.find_register(control.register_name) == nullptr) {
                    faults_.error(
                        in_pack(pack.name, control.place),
                        "register.unknown",
                        named(control.register_name)
                    );
                }
            }
        }
        for (const Register* declared : model_.registers()) {
            check_register(*declared);
        }
    }

private:
    void error(
        const Register& declared, const Place& place, std::string_view code, core::Params params
    ) {
        faults_.error(in_pack(declared.pack, place), code, std::move(params));
    }

    void check_names() {
        std::set<std::string> packs;
        std::set<std::string> controls;
        std::set<std::string> messages;
        std::set<std::string> tables;
        for (const Pack& pack : model_.packs()) {
            if (!packs.insert(pack.name).second) {
                faults_.error(of_pack(pack), "pack.twice", named(pack.name));
            }
            for (const RoleTitle& role : pack.roles) {
                if (!roles_.insert(role.name).second) {
                    faults_.error(of_pack(pack), "role.twice", named(role.name));
                }
            }
            for (const Control& control : pack.controls) {
                if (!controls.insert(control.name).second) {
                    faults_.error(
                        in_pack(pack.name, control.place), "control.twice", named(control.name)
                    );
                }
            }
            for (const auto& [code, texts] : pack.messages) {
                if (!messages.insert(code).second) {
                    faults_.error(of_pack(pack), "message.twice", {{"code", code}});
                }
            }
            for (const Register& declared : pack.registers) {
                if (!tables.insert(declared.name).second) {
                    error(declared, declared.place, "register.twice", named(declared.name));
                }
            }
        }
        check_child_tables(tables);
    }

    void check_child_tables(std::set<std::string>& tables) {
        for (const Register* declared : model_.registers()) {
            for (const Field& field : declared->fields) {
                const bool own =
                    field.type == FieldType::Links || field.type == FieldType::Rows || field.many;
                const std::string table = declared->name + "_" + field.name;
                if (own && !tables.insert(table).second) {
                    error(*declared, field.place, "register.table_clash", {{"table", table}});
                }
            }
        }
    }

    void check_register(const Register& declared) {
        for (const Field& field : declared.fields) {
            check_field(declared, field);
            for (const Field& column : field.rows) {
                check_field(declared, column);
            }
        }
        for (const Role& role : declared.read) {
            check_role(declared, declared.place, role);
        }
        for (const ReadThrough& way : declared.read_through) {
            check_way(declared, way);
        }
        for (const Action& action : declared.procedure.actions) {
            check_action(declared, action);
        }
        for (const Deadline& deadline : declared.procedure.deadlines) {
            check_role(declared, deadline.place, deadline.holder);
        }
    }

    void check_way(const Register& declared, const ReadThrough& way) {
        const Register* other = model_.find_register(way.register_name);
        const Field* field = other == nullptr ? nullptr : other->find_field(way.field);
        if (field == nullptr || field->to != declared.name || field->sealed) {
            error(
                declared,
                way.place,
                "register.bad_way",
                {{"text", way.register_name + "." + way.field}, {"name", declared.name}}
            );
        }
    }

    void check_field(const Register& declared, const Field& field) {
        if (!field.to.empty() && model_.find_register(field.to) == nullptr) {
            error(declared, field.place, "register.unknown", named(field.to));
        }
        if (field.set_by == SetBy::Procedure && field.type != FieldType::Computed &&
            !is_ever_set(declared, field.name)) {
            faults_.warn(in_pack(declared.pack, field.place), "field.never_set", named(field.name));
        }
    }

    bool is_ever_set(const Register& declared, const std::string& field) const {
        const auto sets = [&](const Action& action) {
            return !action.run.empty() ||
                   std::any_of(action.sets.begin(), action.sets.end(), [&](const SetRule& set) {
                       return set.field == field;
                   });
        };
        const auto hands_over = [&](const Action& action) {
            return std::any_of(action.opens.begin(), action.opens.end(), [&](const Opens& opens) {
                return opens.register_name == declared.name && opens.set.contains(field);
            });
        };
        const auto& own = declared.procedure.actions;
        const auto& clocks = declared.procedure.deadlines;
        const bool keeps = std::any_of(clocks.begin(), clocks.end(), [&](const Deadline& clock) {
            return clock.first_field == field;
        });
        if (keeps || std::any_of(own.begin(), own.end(), sets)) {
            return true;
        }
        const auto all = model_.registers();
        return std::any_of(all.begin(), all.end(), [&](const Register* other) {
            const auto& actions = other->procedure.actions;
            return std::any_of(actions.begin(), actions.end(), hands_over);
        });
    }

    void check_role(const Register& declared, const Place& place, const Role& role) {
        if (role.place != RolePlace::Self && !roles_.contains(role.name)) {
            const std::vector<std::string_view> known{roles_.begin(), roles_.end()};
            const auto near = nearest(role.name, known);
            core::Params params = named(role.name);
            if (near) {
                params.emplace("nearest", *near);
            }
            error(declared, place, "role.unknown", std::move(params));
        }
    }

    void check_action(const Register& declared, const Action& action) {
        if (action.reached_by_acts && !is_ever_caused(declared, action)) {
            error(declared, action.place, "action.never_caused", {{"action", action.name}});
        }
        for (const Role& role : action.by) {
            check_role(declared, action.place, role);
        }
        for (const SignatureRule& rule : action.signatures) {
            check_role(declared, action.place, rule.by);
        }
        for (const Field& input : action.inputs) {
            check_field(declared, input);
        }
        for (const Opens& opens : action.opens) {
            check_opens(declared, action, opens);
        }
        for (const Acts& acts : action.acts) {
            check_acts(declared, acts);
        }
        if (is_nobody_able(declared, action)) {
            error(declared, action.place, "action.nobody_can", {{"action", action.name}});
        }
        if (depth_of(declared, action, kEffectsDepthMax + 1) > kEffectsDepthMax) {
            error(
                declared,
                action.place,
                "effects.too_deep",
                {{"action", action.name}, {"most", std::to_string(kEffectsDepthMax)}}
            );
        }
    }

    bool is_ever_caused(const Register& declared, const Action& action) const {
        const auto opens_it = [&](const Opens& opens) {
            return action.name == "open" && opens.register_name == declared.name;
        };
        const auto causes = [&](const Register& other, const Action& cause) {
            return std::ranges::any_of(cause.opens, opens_it) ||
                   std::ranges::any_of(cause.acts, [&](const Acts& acts) {
                       const Field* link = other.find_field(acts.on);
                       return acts.action == action.name && link != nullptr &&
                              link->to == declared.name;
                   });
        };
        const auto all = model_.registers();
        return std::ranges::any_of(all, [&](const Register* other) {
            return std::ranges::any_of(other->procedure.actions, [&](const Action& cause) {
                return causes(*other, cause);
            });
        });
    }

    /// `self` is one person: he cannot be apart from what he alone did, nor sign beside himself.
    static bool is_nobody_able(const Register& declared, const Action& action) {
        std::int64_t signers = 0;
        bool only_self = !action.signatures.empty() || !action.by.empty();
        for (const SignatureRule& rule : action.signatures) {
            signers += rule.count.value;
            only_self = only_self && rule.by.place == RolePlace::Self;
        }
        for (const Role& role : action.by) {
            only_self = only_self && (role.place == RolePlace::Self || signers > 0);
        }
        const auto& apart = action.apart_from;
        const bool apart_from_itself =
            std::any_of(apart.begin(), apart.end(), [&](const std::string& name) {
                const Action* other = declared.procedure.find_action(name);
                const bool by_self = other != nullptr && other->by.size() == 1 &&
                                     other->by.front().place == RolePlace::Self;
                return name == "open" || by_self;
            });
        return only_self && (apart_from_itself || signers > 1);
    }

    void check_opens(const Register& declared, const Action& action, const Opens& opens) {
        const Register* target = model_.find_register(opens.register_name);
        if (target == nullptr) {
            error(declared, opens.place, "register.unknown", named(opens.register_name));
            return;
        }
        for (const auto& [name, source] : opens.set) {
            const Field* field = target->find_field(name);
            core::Params params{{"register", target->name}, {"name", name}};
            if (name == "unit") {
                const FieldType given = source_type(declared, action, opens, source).type;
                if (given != FieldType::Unit) {
                    error(declared, opens.place, "opens.type_differs", std::move(params));
                }
            } else if (field == nullptr || field->type == FieldType::Computed ||
                       field->type == FieldType::Rows) {
                error(declared, opens.place, "opens.unknown_field", std::move(params));
            } else if (!is_fitting(*field, source_type(declared, action, opens, source))) {
                error(declared, opens.place, "opens.type_differs", std::move(params));
            }
        }
        for (const Field& field : target->fields) {
            if (field.required && !field.initial && !opens.set.contains(field.name)) {
                error(
                    declared,
                    opens.place,
                    "opens.missing_field",
                    {{"register", target->name}, {"name", field.name}}
                );
            }
        }
    }

    struct Source {
        FieldType type = FieldType::Text;
        std::string to;
    };

    static Source source_type(
        const Register& declared,
        const Action& action,
        const Opens& opens,
        const std::string& source
    ) {
        const Field* list = opens.each.empty() ? nullptr : declared.find_field(opens.each);
        if (list != nullptr && source.starts_with("row.")) {
            for (const Field& column : list->rows) {
                if (source.substr(4) == column.name) {
                    return {.type = column.type, .to = column.to};
                }
            }
        }
        if (source == "id") {
            return {.type = FieldType::Link, .to = declared.name};
        }
        if (source == "unit") {
            return {.type = FieldType::Unit, .to = {}};
        }
        if (const Field* field = declared.find_field(source)) {
            const bool computed = field->type == FieldType::Computed;
            return {.type = computed ? field->computed_type : field->type, .to = field->to};
        }
        for (const Field& input : action.inputs) {
            if (source == "input('" + input.name + "')") {
                return {.type = input.type, .to = input.to};
            }
        }
        return {};
    }

    static bool is_fitting(const Field& field, const Source& source) {
        const auto is_words = [](FieldType type) {
            return type == FieldType::Text || type == FieldType::LongText;
        };
        const bool one_of_many = field.type == FieldType::Links && source.type == FieldType::Link;
        const bool fits = field.type == source.type || one_of_many ||
                          (is_words(field.type) && is_words(source.type));
        return fits && field.to == source.to;
    }

    void check_acts(const Register& declared, const Acts& acts) {
        const Field* link = declared.find_field(acts.on);
        const Register* target = link == nullptr ? nullptr : model_.find_register(link->to);
        if (target == nullptr) {
            return;
        }
        const Action* action = target->procedure.find_action(acts.action);
        core::Params params{{"register", target->name}, {"name", acts.action}};
        if (action == nullptr) {
            error(declared, acts.place, "acts.no_action", std::move(params));
        } else if (!action->signatures.empty()) {
            error(declared, acts.place, "acts.wants_signatures", std::move(params));
        }
    }

    /// How deep `action` leads into other entries; stops counting at `most`.
    int depth_of(const Register& declared, const Action& action, int most) const {
        int deepest = 0;
        const auto follow = [&](const Register* target, std::string_view name) {
            const Action* next = target == nullptr ? nullptr : target->procedure.find_action(name);
            if (next != nullptr && deepest < most) {
                deepest = std::max(deepest, 1 + depth_of(*target, *next, most - 1));
            }
        };
        if (most == 0) {
            return 0;
        }
        for (const Opens& opens : action.opens) {
            follow(model_.find_register(opens.register_name), "open");
        }
        for (const Acts& acts : action.acts) {
            const Field* link = declared.find_field(acts.on);
            follow(link == nullptr ? nullptr : model_.find_register(link->to), acts.action);
        }
        return deepest;
    }

    const Model& model_;
    Faults& faults_;
    std::set<std::string> roles_;
};

}  // namespace

std::vector<Fault> check_model(const Model& model) {
    Faults faults;
    ModelCheck{model, faults}.run();
    return faults.take();
}

}  // namespace duban::declarations
