#include "declarations/model.h"

#include <algorithm>

#include "declarations/internal/words.h"

namespace duban::declarations {

namespace {

template <typename Item>
const Item* find_named(const std::vector<Item>& items, std::string_view name) {
    const auto found = std::find_if(items.begin(), items.end(), [name](const Item& item) {
        return item.name == name;
    });
    return found == items.end() ? nullptr : &*found;
}

void add_role(std::vector<Role>& roles, const Role& role) {
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) {
        roles.push_back(role);
    }
}

}  // namespace

std::string Role::text() const {
    for (const auto& [word, known] : kRolePlaces) {
        if (known == place) {
            return place == RolePlace::Self ? std::string{word} : std::string{word} + "." + name;
        }
    }
    return {};
}

std::string_view text_of(SignatureKind kind) {
    for (const auto& [word, known] : kSignatureKinds) {
        if (known == kind) {
            return word;
        }
    }
    return {};
}

std::optional<SignatureKind> find_signature_kind(std::string_view text) {
    for (const auto& [word, kind] : kSignatureKinds) {
        if (word == text) {
            return kind;
        }
    }
    return std::nullopt;
}

const State* Procedure::find_state(std::string_view name) const {
    return find_named(states, name);
}

const Action* Procedure::find_action(std::string_view name) const {
    return find_named(actions, name);
}

const Field* Register::find_field(std::string_view field) const {
    return find_named(fields, field);
}

std::vector<Role> Action::roles() const {
    std::vector<Role> roles = by;
    for (const SignatureRule& rule : signatures) {
        roles.push_back(rule.by);
    }
    return roles;
}

std::vector<Role> Register::readers() const {
    if (!read.empty()) {
        return read;
    }
    std::vector<Role> roles;
    for (const Action& action : procedure.actions) {
        for (const Role& role : action.by) {
            add_role(roles, role);
        }
        for (const SignatureRule& rule : action.signatures) {
            add_role(roles, rule.by);
        }
    }
    for (const Deadline& deadline : procedure.deadlines) {
        add_role(roles, deadline.holder);
    }
    return roles;
}

const Field* Register::title_field() const {
    const Field* first = nullptr;
    for (const Field& field : fields) {
        if (field.title_field) {
            return &field;
        }
        if (first == nullptr && field.type == FieldType::Text && !field.sealed) {
            first = &field;
        }
    }
    return first;
}

const core::Texts* Control::find_reason(std::string_view code) const {
    const auto found = std::find_if(reasons.begin(), reasons.end(), [&](const Choice& reason) {
        return reason.code == code;
    });
    return found == reasons.end() ? nullptr : &found->title;
}

Model::Model(std::vector<Pack> packs) : packs_{std::move(packs)} {
    for (std::size_t pack = 0; pack < packs_.size(); ++pack) {
        for (std::size_t at = 0; at < packs_[pack].registers.size(); ++at) {
            register_places_.emplace(packs_[pack].registers[at].name, std::pair{pack, at});
        }
    }
}

const Pack* Model::find_pack(std::string_view name) const {
    return find_named(packs_, name);
}

const Register* Model::find_register(std::string_view name) const {
    const auto found = register_places_.find(name);
    if (found == register_places_.end()) {
        return nullptr;
    }
    return &packs_[found->second.first].registers[found->second.second];
}

const Control* Model::find_control(std::string_view name) const {
    for (const Pack& pack : packs_) {
        if (const Control* control = find_named(pack.controls, name)) {
            return control;
        }
    }
    return nullptr;
}

std::vector<const Register*> Model::registers() const {
    std::vector<const Register*> all;
    for (const Pack& pack : packs_) {
        for (const Register& declared : pack.registers) {
            all.push_back(&declared);
        }
    }
    return all;
}

const core::Texts* Model::find_message(std::string_view code) const {
    for (const Pack& pack : packs_) {
        const auto found = pack.messages.find(std::string{code});
        if (found != pack.messages.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

const Parameter* Model::find_parameter(std::string_view pack, std::string_view name) const {
    const Pack* found = find_pack(pack);
    return found == nullptr ? nullptr : find_named(found->parameters, name);
}

}  // namespace duban::declarations
